package fix

// procedures are all tasks and how they are done. See readProcedures. The names of
// files are those that the page saves: {chain} is the corrected chain, {ca} the CA
// to trust.
const procedures = `
@chain ¦ server ¦ Send the whole chain{name} ¦ A server must send its own certificate first and then every intermediate, because most clients do not fetch what is missing. The root need not be sent.
- ¦ ¦ $ cat server.pem intermediate.pem > {chain} ;; {s_client} ¦ Put the certificates into one file in this order, point the server at it, reload, and look at what it sends.
nginx ¦ with nginx ¦ ssl_certificate {chain}; ↵ ssl_certificate_key {key}; ;; $ nginx -t && nginx -s reload
apache ¦ with Apache ¦ SSLCertificateFile {chain} ↵ SSLCertificateKeyFile {key} ;; $ apachectl configtest && apachectl graceful ¦ Since 2.4.8 the chain stands in SSLCertificateFile; SSLCertificateChainFile is for older versions.
haproxy ¦ with HAProxy ¦ $ (umask 077; cat {chain} {key} > site.pem) ;; bind :{port} ssl crt /etc/haproxy/site.pem ¦ HAProxy reads chain and key from one file.
caddy ¦ with Caddy ¦ tls {chain} {key} ¦ Needed only for certificates that Caddy does not get by itself.
traefik ¦ with Traefik ¦ tls: ↵   certificates: ↵     - certFile: {chain} ↵       keyFile: {key} ¦ In the dynamic configuration.
envoy ¦ with Envoy ¦ tls_certificates: ↵ - certificate_chain: {filename: {chain}} ↵   private_key: {filename: {key}}
iis windows ¦ with IIS ¦ $ openssl pkcs12 -export -in {chain} -inkey {key} -out site.pfx ;; Import-PfxCertificate -FilePath site.pfx -CertStoreLocation Cert:\LocalMachine\My -Password (Read-Host -AsSecureString) ¦ Windows sends the intermediates that stand in the store Intermediate Certification Authorities of the computer; import them there, then bind the certificate to the site anew. Windows Server 2016 and older read only what openssl pkcs12 writes with -legacy.
tomcat jetty ¦ with Tomcat ¦ <Certificate certificateFile="conf/{chain}" certificateKeyFile="conf/{key}"/> ;; $ openssl pkcs12 -export -in {chain} -inkey {key} -name server -out keystore.p12 ¦ The second is for a server that wants a keystore.
kubernetes ¦ with a Kubernetes Ingress or Gateway ¦ $ kubectl create secret tls NAME --cert={chain} --key={key} --dry-run=client -o yaml | kubectl apply -f - ¦ tls.crt must hold the whole chain. Ingress names the secret in spec.tls, a Gateway in listeners.tls.certificateRefs.
cert-manager ¦ with cert-manager ¦ $ kubectl describe certificate NAME ;; $ cmctl renew NAME ¦ cert-manager writes the chain into tls.crt itself; a CA issuer needs the chain in its own secret.
aws ¦ with AWS Certificate Manager ¦ $ aws acm import-certificate --certificate-arn ARN --certificate fileb://server.pem --private-key fileb://{key} --certificate-chain fileb://intermediate.pem
gcp ¦ with a Google Cloud load balancer ¦ $ gcloud compute ssl-certificates create NAME --certificate={chain} --private-key={key} ;; $ gcloud compute target-https-proxies update PROXY --ssl-certificates=NAME
azure ¦ with Azure Application Gateway ¦ $ openssl pkcs12 -export -in {chain} -inkey {key} -out site.pfx ;; $ az network application-gateway ssl-cert update -g GROUP --gateway-name GATEWAY -n NAME --cert-file site.pfx --cert-password PASSWORD
postfix ¦ with Postfix ¦ smtpd_tls_chain_files = {key}, {chain} ;; $ postfix reload ¦ From Postfix 3.4; the key comes first. Before, smtpd_tls_cert_file holds the chain.
dovecot ¦ with Dovecot ¦ ssl_cert = <{chain} ↵ ssl_key = <{key} ;; $ doveadm reload ¦ Dovecot 2.4 calls them ssl_server_cert_file and ssl_server_key_file.
postgres psql ¦ with PostgreSQL ¦ ssl_cert_file = '{chain}' ↵ ssl_key_file = '{key}' ;; SELECT pg_reload_conf();
mysql mysqld ¦ with MySQL ¦ [mysqld] ↵ ssl_cert = {chain} ↵ ssl_key = {key} ;; ALTER INSTANCE RELOAD TLS; ¦ In MariaDB: FLUSH SSL;
ldap slapd ¦ with OpenLDAP ¦ dn: cn=config ↵ changetype: modify ↵ replace: olcTLSCACertificateFile ↵ olcTLSCACertificateFile: /etc/ldap/intermediate.pem ¦ For ldapmodify -Y EXTERNAL -H ldapi:///. slapd sends the intermediates that it finds among its CA certificates.
node-server ¦ with a Node.js server ¦ https.createServer({cert: fs.readFileSync("{chain}"), key: fs.readFileSync("{key}")}, app)
go-server ¦ with a Go server ¦ http.ListenAndServeTLS(":{port}", "{chain}", "{key}", handler)
python-server ¦ with a Python server ¦ context.load_cert_chain("{chain}", "{key}")

@trust ¦ client ¦ Trust the CA{name} ¦ Get the CA's certificate from those who run it, over a way that nobody can tamper with, and compare its fingerprint. The client then verifies as before, with one CA more. ¦ Whoever holds the key of that CA can from then on speak for every host to this client.
- ¦ ¦ $ openssl x509 -in {ca} -noout -subject -fingerprint -sha256 ¦ For all programs of a machine add it to the system's store; a setting of one program counts for that one alone.
curl ¦ in curl ¦ $ curl --cacert {ca} {url} ;; $ export CURL_CA_BUNDLE={ca} ¦ The file replaces the built-in list; --capath names a directory instead.
git ¦ in Git ¦ $ git config --global {urlkey} "$PWD/{ca}" ¦ It holds for this server alone. On Windows Git mostly uses schannel, and so the system's store.
wget ¦ in Wget ¦ $ wget --ca-certificate={ca} {url}
python requests urllib urllib3 httpx aiohttp azure-cli gcloud ansible poetry uv conda ¦ in Python ¦ $ cat "$(python3 -m certifi)" {ca} > ca-all.pem ↵ export SSL_CERT_FILE="$PWD/ca-all.pem" REQUESTS_CA_BUNDLE="$PWD/ca-all.pem" ¦ requests reads REQUESTS_CA_BUNDLE, ssl and httpx SSL_CERT_FILE; both replace the list, so the file holds certifi's too. In code: verify="ca-all.pem". The package truststore uses the system's store.
pip ¦ in pip ¦ $ cat "$(python3 -m pip._vendor.certifi)" {ca} > ca-all.pem ↵ pip config set global.cert "$PWD/ca-all.pem" ¦ From 24.2 pip uses the system's store as well.
node electron npm yarn pnpm bun deno ¦ in Node.js ¦ $ export NODE_EXTRA_CA_CERTS="$PWD/{ca}" ;; $ node --use-system-ca app.js ¦ The variable adds to the built-in list and is read when Node.js starts; npm, yarn and pnpm obey it; Deno reads DENO_CERT. The option is there from 22.15 and 23.8.
npm pnpm ¦ in npm ¦ $ npm config set cafile "$PWD/{ca}" ¦ cafile replaces the built-in list; NODE_EXTRA_CA_CERTS adds to it.
java maven gradle sbt jenkins kafka pgjdbc mysql-connector-j okhttp keytool ¦ in Java ¦ $ keytool -importcert -cacerts -alias private-ca -file {ca} -storepass changeit -noprompt ¦ It holds for this Java installation. Java 8 has -keystore $JAVA_HOME/jre/lib/security/cacerts in place of -cacerts. On Windows -Djavax.net.ssl.trustStoreType=Windows-ROOT uses the system's store.
go kubectl helm terraform gh rclone vault prometheus ¦ in Go programs ¦ $ export SSL_CERT_FILE="$PWD/{ca}" ¦ On Linux; on macOS and Windows they use the system's store. In code: x509.SystemCertPool and AppendCertsFromPEM, as RootCAs.
kubernetes kubectl ¦ in kubectl ¦ $ kubectl config set-cluster CLUSTER --certificate-authority={ca} --embed-certs=true
dotnet nuget powershell ¦ in .NET ¦ $ export SSL_CERT_FILE="$PWD/{ca}" ¦ On Linux; on Windows and macOS it uses the system's store. In code: X509ChainPolicy.CustomTrustStore with TrustMode CustomRootTrust.
ruby bundler ¦ in Ruby ¦ $ export SSL_CERT_FILE="$PWD/{ca}"
php composer guzzle ¦ in PHP ¦ openssl.cafile = /etc/ssl/certs/ca-certificates.crt ↵ curl.cainfo = /etc/ssl/certs/ca-certificates.crt ¦ In php.ini, after the CA was added to the system's store; on RHEL that is /etc/pki/tls/certs/ca-bundle.crt.
rust cargo rustup ¦ in Cargo ¦ [http] ↵ cainfo = "{ca}" ¦ In .cargo/config.toml. Programs with rustls-native-certs obey SSL_CERT_FILE.
docker containerd podman ¦ in the Docker daemon ¦ $ sudo install -D -m 644 {ca} /etc/docker/certs.d/{registry}/ca.crt ¦ The directory is named for the registry as images name it. Where a proxy re-signs all registries, add the CA to the system's store and restart Docker.
image-debian docker ¦ in a Debian or Ubuntu image ¦ COPY {ca} /usr/local/share/ca-certificates/private-ca.crt ↵ RUN apt-get update && apt-get install -y ca-certificates && update-ca-certificates
image-alpine docker ¦ in an Alpine image ¦ COPY {ca} /usr/local/share/ca-certificates/private-ca.crt ↵ RUN cat /usr/local/share/ca-certificates/private-ca.crt >> /etc/ssl/certs/ca-certificates.crt && apk add --no-cache ca-certificates && update-ca-certificates
image-rhel docker ¦ in a RHEL or UBI image ¦ COPY {ca} /etc/pki/ca-trust/source/anchors/private-ca.pem ↵ RUN update-ca-trust
debian openssl apt gnutls system ¦ on Debian and Ubuntu ¦ $ sudo install -m 644 {ca} /usr/local/share/ca-certificates/private-ca.crt && sudo update-ca-certificates ¦ The name must end in .crt.
rhel openssl yum ¦ on RHEL and Fedora ¦ $ sudo install -m 644 {ca} /etc/pki/ca-trust/source/anchors/private-ca.pem && sudo update-ca-trust
alpine ¦ on Alpine ¦ $ apk add ca-certificates && cp {ca} /usr/local/share/ca-certificates/private-ca.crt && update-ca-certificates
macos apple chrome ¦ on macOS ¦ $ sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {ca}
windows chrome ¦ on Windows ¦ Import-Certificate -FilePath {ca} -CertStoreLocation Cert:\LocalMachine\Root ¦ In a PowerShell of an administrator; certutil -addstore Root does the same.
firefox ¦ in Firefox ¦ {"policies": {"Certificates": {"ImportEnterpriseRoots": true}}} ¦ In policies.json, on Windows and macOS; elsewhere "Install": ["/path/to/ca.pem"] in its place. Firefox has a list of its own besides.
chrome ¦ in Chrome on Linux ¦ $ certutil -d "sql:$HOME/.pki/nssdb" -A -t C,, -n private-ca -i {ca}
android okhttp ¦ on Android ¦ <network-security-config><base-config><trust-anchors> ↵ <certificates src="system"/><certificates src="@raw/ca"/> ↵ </trust-anchors></base-config></network-security-config> ¦ For an app of one's own. A CA that a user installs counts for browsers, and not for apps that do not ask for it.
ios apple ¦ on iOS ¦ ¦ Install the CA as a profile, and then switch it on in Settings, General, About, Certificate Trust Settings.
psql postgres ¦ in PostgreSQL clients ¦ $ export PGSSLMODE=verify-full PGSSLROOTCERT="$PWD/{ca}"
mysql ¦ in MySQL clients ¦ $ mysql --host={host} --ssl-mode=VERIFY_IDENTITY --ssl-ca={ca} ¦ In MariaDB: --ssl-verify-server-cert.
ldap ¦ in LDAP clients ¦ $ export LDAPTLS_CACERT="$PWD/{ca}" ¦ In ldap.conf it is TLS_CACERT.
aws ¦ in the AWS command line ¦ $ export AWS_CA_BUNDLE="$PWD/{ca}"
nginx ¦ in nginx as a proxy ¦ proxy_ssl_verify on; ↵ proxy_ssl_trusted_certificate {ca};
apache ¦ in Apache as a proxy ¦ SSLProxyCACertificateFile {ca}
haproxy ¦ in HAProxy ¦ server NAME {host}:{port} ssl verify required ca-file {ca} sni str({host}) verifyhost {host}
envoy ¦ in Envoy ¦ validation_context: {trusted_ca: {filename: {ca}}}
postfix ¦ in Postfix ¦ smtp_tls_CAfile = {ca}
openssl ¦ in OpenSSL ¦ $ {handshake} -CAfile {ca} </dev/null

@store ¦ client ¦ Bring the trust store up to date{name} ¦ An old or missing list of roots does not know the CAs of today.
debian curl wget git openssl gnutls python ruby php ¦ on Debian and Ubuntu ¦ $ sudo apt-get update && sudo apt-get install ca-certificates
postfix ¦ in Postfix ¦ smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt ;; $ postconf smtp_tls_CAfile smtp_tls_CApath ;; $ sudo postfix reload ¦ In main.cf; Postfix trusts no CA before it is given a file. On RHEL: /etc/pki/tls/certs/ca-bundle.crt.
alpine curl wget git ¦ on Alpine ¦ $ apk add --upgrade ca-certificates
rhel curl wget git ¦ on RHEL and Fedora ¦ $ sudo dnf upgrade ca-certificates
image-scratch docker go ¦ in an image from scratch ¦ COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ ¦ From a stage that has them.
python requests pip ¦ in Python ¦ $ python3 -m pip install --upgrade certifi
node npm ¦ in Node.js ¦ $ node --version ¦ Each version brings its own list: install a current one, or start it with --use-system-ca.
java ¦ in Java ¦ $ keytool -list -cacerts -storepass changeit ¦ Each version brings its own list: install a current one.
windows ¦ on Windows ¦ certutil -generateSSTFromWU roots.sst ¦ Windows fetches roots when it needs them; a machine that may not reach the update service gets none.
apple ¦ on macOS and iOS ¦ ¦ The list comes with the system: update it.

@renew ¦ server ¦ Renew the certificate{name} ¦ Clients refuse a certificate outside of its dates, and a new one is mostly free and quick. Reload the server afterwards: it goes on sending the old one until then.
- ¦ ¦ $ openssl x509 -in {chain} -noout -dates ;; {s_client} ¦ Compare the dates of the file with those of what is sent: where the file is new, the server was not reloaded.
certbot nginx apache haproxy postfix dovecot ¦ with Certbot ¦ $ sudo certbot renew --deploy-hook "systemctl reload nginx" ;; $ systemctl list-timers '*certbot*' ¦ Put your own server into the hook; a certificate that was revoked before its time needs --force-renewal --cert-name NAME; the second line shows whether renewal runs by itself.
caddy traefik ¦ with Caddy or Traefik ¦ ¦ They renew by themselves: their log says why it failed, mostly because port 80 or the DNS record does not reach them.
cert-manager kubernetes ¦ with cert-manager ¦ $ cmctl renew NAME ;; $ kubectl describe certificaterequest,order,challenge
kubeadm kubectl kubernetes ¦ of a kubeadm cluster ¦ $ sudo kubeadm certs check-expiration ;; $ sudo kubeadm certs renew all ¦ Restart the pods of the control plane afterwards, and copy /etc/kubernetes/admin.conf anew: it holds a client certificate.
aws ¦ with AWS Certificate Manager ¦ $ aws acm describe-certificate --certificate-arn ARN --query Certificate.RenewalSummary ¦ It renews by itself while the record of validation stays in DNS.
iis windows ¦ with IIS ¦ Get-ChildItem Cert:\LocalMachine\My -ExpiringInDays 30 ¦ Bind the new certificate to the site; the old binding stays until then.

@issue ¦ ca ¦ Have a certificate issued for the right names and use{name} ¦ A certificate cannot be changed: it has to be issued again. Clients look at the subject alternative names alone.
- ¦ ¦ $ openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout new.key -out request.pem -subj / -addext {san} -addext extendedKeyUsage=serverAuth ¦ Give request.pem to the CA; the key stays with you. Ask for SHA-256 or better.
certbot nginx apache ¦ with Certbot ¦ $ sudo certbot certonly --cert-name {host} -d {host} ¦ Give -d for every name: those that are left out are gone.
private-ca ¦ from a private CA ¦ $ openssl x509 -req -in request.pem -CA {ca} -CAkey ca.key -days 90 -sha256 -copy_extensions copy -out server.pem ¦ From OpenSSL 3; look at what the request asks for first. The CA itself needs basicConstraints critical,CA:TRUE, keyUsage critical,keyCertSign,cRLSign and subjectKeyIdentifier.
cert-manager kubernetes ¦ with cert-manager ¦ spec: ↵   {names} ↵   privateKey: {algorithm: ECDSA, size: 256}

@vhost ¦ server ¦ Answer for this name{name} ¦ A server picks the certificate by the name that the client sends, and takes the first or default one when it knows no such name.
nginx ¦ with nginx ¦ server { ↵   listen {port} ssl; ↵   server_name {host}; ↵   ssl_certificate {chain}; ↵   ssl_certificate_key {key}; ↵ }
apache ¦ with Apache ¦ <VirtualHost *:{port}> ↵   ServerName {host} ↵   SSLEngine on ↵   SSLCertificateFile {chain} ↵   SSLCertificateKeyFile {key} ↵ </VirtualHost>
haproxy ¦ with HAProxy ¦ bind :{port} ssl crt /etc/haproxy/certs/ ¦ It picks the file whose certificate has the name.
kubernetes ¦ with a Kubernetes Ingress ¦ tls: ↵ - hosts: [{host}] ↵   secretName: NAME ¦ Without a secret that fits, the controller sends a certificate of its own.
iis ¦ with IIS ¦ New-WebBinding -Name SITE -Protocol https -Port {port} -HostHeader {host} -SslFlags 1
tomcat java ¦ with Tomcat or Java ¦ <SSLHostConfig hostName="{host}"/> ¦ A client of Java 7 and 8 stops at the alert unrecognized_name; the server then needs the name.

@name ¦ client ¦ Connect by a name that the certificate has{name} ¦ The name in the URL is what counts, not the address behind it.
- ¦ ¦ {s_client} ;; $ curl --resolve {server}:ADDRESS {url} ¦ The first shows the names; the second connects to an address by the right name, for a test.
openssl ¦ with OpenSSL ¦ $ openssl s_client -connect ADDRESS:{port} -servername {host} -verify_hostname {host} </dev/null
nginx ¦ with nginx as a proxy ¦ proxy_ssl_server_name on; ↵ proxy_ssl_name {host}; ¦ Without these it sends no name, or that of the upstream.
hosts ¦ by an entry of one's own ¦ ADDRESS {host} ¦ In /etc/hosts, for a name that DNS does not have yet.

@clock ¦ client ¦ Set the clock{name} ¦ Dates are compared with the clock of the machine that complains.
debian system linux openssl rhel ¦ on Linux ¦ $ date -u ;; $ sudo timedatectl set-ntp true
docker wsl ¦ in a virtual machine or WSL ¦ $ sudo hwclock --hctosys ¦ Its clock stands still while the host sleeps.
macos apple ¦ on macOS ¦ $ sudo sntp -sS time.apple.com
windows ¦ on Windows ¦ w32tm /resync

@listen ¦ server ¦ Switch TLS on for the port{name} ¦ A server that answers in plain text on this port has not been told to speak TLS there.
nginx ¦ with nginx ¦ listen {port} ssl;
apache ¦ with Apache ¦ Listen {port} https ↵ <VirtualHost *:{port}> ↵   SSLEngine on ↵ </VirtualHost>
haproxy ¦ with HAProxy ¦ bind :{port} ssl crt /etc/haproxy/site.pem
tomcat java ¦ with Tomcat ¦ <Connector port="{port}" SSLEnabled="true" scheme="https" secure="true"/>
postfix ¦ with Postfix ¦ smtps inet n - y - - smtpd ↵   -o smtpd_tls_wrappermode=yes ¦ In master.cf, for port 465; ports 25 and 587 use STARTTLS: smtpd_tls_security_level = may in main.cf.
postgres psql ¦ with PostgreSQL ¦ ssl = on ↵ ssl_cert_file = '{chain}' ↵ ssl_key_file = '{key}'
mysql mysqld ¦ with MySQL ¦ [mysqld] ↵ ssl_cert = {chain} ↵ ssl_key = {key}
docker containerd podman ¦ with a registry ¦ REGISTRY_HTTP_TLS_CERTIFICATE=/certs/{chain} ↵ REGISTRY_HTTP_TLS_KEY=/certs/{key} ¦ In the environment of its container.
kubernetes ¦ behind a load balancer ¦ ¦ Where it ends TLS itself, connect to what is behind it without TLS, or give that a certificate too.

@port ¦ client ¦ Use the right port and protocol{name} ¦ Something else than TLS is spoken here: plain HTTP, or a protocol in which TLS begins with STARTTLS. A proxy that is set as https:// and speaks plain HTTP does the same.
- ¦ ¦ $ curl -v telnet://{server} ;; {s_client} ¦ The first shows the greeting: 220 is mail or FTP, * OK is IMAP, +OK is POP3.
smtp postfix ¦ for mail ¦ $ openssl s_client -starttls smtp -connect {host}:587 </dev/null ¦ 465, 993 and 995 are TLS from the start; 25, 587, 143 and 110 use STARTTLS.
psql postgres ¦ for PostgreSQL ¦ $ openssl s_client -starttls postgres -connect {host}:5432 </dev/null
mysql ¦ for MySQL ¦ $ openssl s_client -starttls mysql -connect {host}:3306 </dev/null
ldap slapd ¦ for LDAP ¦ $ ldapsearch -ZZ -H ldap://{host} -x -s base ¦ 389 uses STARTTLS, 636 is TLS from the start.
curl git pip npm requests ¦ through a proxy ¦ $ env | grep -i _proxy ¦ https_proxy is mostly an http:// URL: it says how to talk to the proxy, not what is fetched.

@mtls ¦ client ¦ Give a client certificate{name} ¦ The server wants to know who connects. Ask those who run it for a certificate of a CA that it accepts; the list is in what openssl s_client prints.
- ¦ ¦ $ {handshake} -cert client.pem -key client.key </dev/null
curl ¦ with curl ¦ $ curl --cert client.pem --key client.key {url}
git ¦ with Git ¦ $ git config --global http.sslCert "$PWD/client.pem" ↵ git config --global http.sslKey "$PWD/client.key"
wget ¦ with Wget ¦ $ wget --certificate=client.pem --private-key=client.key {url}
python requests urllib3 httpx ¦ with Python ¦ requests.get(url, cert=("client.pem", "client.key"))
node npm ¦ with Node.js ¦ https.request({cert: fs.readFileSync("client.pem"), key: fs.readFileSync("client.key")})
java maven ¦ with Java ¦ $ openssl pkcs12 -export -in client.pem -inkey client.key -out client.p12 ;; -Djavax.net.ssl.keyStore=client.p12 -Djavax.net.ssl.keyStoreType=PKCS12 -Djavax.net.ssl.keyStorePassword=...
go ¦ with Go ¦ tls.LoadX509KeyPair("client.pem", "client.key")
dotnet windows ¦ with .NET ¦ handler.ClientCertificates.Add(X509CertificateLoader.LoadPkcs12FromFile("client.p12", password)); ¦ Before .NET 9: new X509Certificate2("client.p12", password).
psql postgres ¦ with PostgreSQL ¦ $ export PGSSLCERT="$PWD/client.pem" PGSSLKEY="$PWD/client.key"
mysql ¦ with MySQL ¦ $ mysql --host={host} --ssl-cert=client.pem --ssl-key=client.key
docker ¦ with Docker ¦ $ sudo install -m 644 client.cert /etc/docker/certs.d/{registry}/client.cert && sudo install -m 600 client.key /etc/docker/certs.d/{registry}/client.key
kubectl kubernetes ¦ with kubectl ¦ $ kubectl config set-credentials USER --client-certificate=client.pem --client-key=client.key --embed-certs=true
nginx ¦ with nginx as a proxy ¦ proxy_ssl_certificate client.pem; ↵ proxy_ssl_certificate_key client.key;
chrome firefox apple ¦ in a browser ¦ $ openssl pkcs12 -export -in client.pem -inkey client.key -out client.p12 ¦ Import client.p12 as a certificate of your own.

@clientca ¦ server ¦ Accept the CA of the clients{name} ¦ The server compares client certificates with a list of its own, and refuses what it cannot build a path for; the client must send its intermediates.
- ¦ ¦ $ openssl verify -purpose sslclient -CAfile clients-ca.pem client.pem
nginx ¦ with nginx ¦ ssl_client_certificate clients-ca.pem; ↵ ssl_verify_client on; ↵ ssl_verify_depth 3;
apache ¦ with Apache ¦ SSLCACertificateFile clients-ca.pem ↵ SSLVerifyClient require ↵ SSLVerifyDepth 3
haproxy ¦ with HAProxy ¦ bind :{port} ssl crt site.pem ca-file clients-ca.pem verify required
postgres ¦ with PostgreSQL ¦ ssl_ca_file = 'clients-ca.pem' ¦ pg_hba.conf says who must show one: clientcert=verify-full.
kubernetes ¦ with ingress-nginx ¦ nginx.ingress.kubernetes.io/auth-tls-secret: NAMESPACE/NAME

@tls ¦ server ¦ Offer TLS 1.2 and 1.3, with current cipher suites{name} ¦ Old versions are broken and refused by today's clients; suites must also fit the key of the certificate, RSA or ECDSA.
- ¦ ¦ $ {handshake} -tls1_2 </dev/null ;; $ {handshake} -tls1_3 </dev/null ¦ They show which version the server takes.
nginx ¦ with nginx ¦ ssl_protocols TLSv1.2 TLSv1.3; ↵ ssl_ciphers HIGH:!aNULL:!MD5;
apache ¦ with Apache ¦ SSLProtocol -all +TLSv1.2 +TLSv1.3 ↵ SSLCipherSuite HIGH:!aNULL:!MD5
haproxy ¦ with HAProxy ¦ ssl-default-bind-options ssl-min-ver TLSv1.2
postfix ¦ with Postfix ¦ smtpd_tls_protocols = >=TLSv1.2 ¦ From Postfix 3.6.
dovecot ¦ with Dovecot ¦ ssl_min_protocol = TLSv1.2
tomcat java ¦ with Tomcat ¦ <SSLHostConfig protocols="TLSv1.2+TLSv1.3"/>
iis windows ¦ with Windows ¦ Get-TlsCipherSuite ¦ Versions are switched under SCHANNEL\Protocols in the registry.
postgres ¦ with PostgreSQL ¦ ssl_min_protocol_version = 'TLSv1.2'
mysql ¦ with MySQL ¦ tls_version = TLSv1.2,TLSv1.3

@dh ¦ server ¦ Exchange keys by ECDHE, or by Diffie-Hellman of 2048 bits{name} ¦ Small Diffie-Hellman parameters can be broken, whatever the key of the certificate; "dh key too small" is about them.
nginx ¦ with nginx ¦ $ openssl dhparam -out dhparam.pem 2048 ;; ssl_dhparam dhparam.pem;
- ¦ ¦ $ {handshake} -tls1_2 -cipher 'ECDHE:@SECLEVEL=2' </dev/null ¦ It shows whether the server can do ECDHE.

@update ¦ client ¦ Update the program that connects{name} ¦ A program without TLS 1.2 has not been maintained for years; what a newer one refuses, it refuses for a reason.
- ¦ ¦ $ openssl version ;; $ curl --version
curl ¦ with curl ¦ $ curl -v --tlsv1.2 {url}
java ¦ in Java ¦ -Djdk.tls.client.protocols=TLSv1.2,TLSv1.3 ¦ Java 7 has TLS 1.2 and does not offer it by itself.
dotnet powershell windows ¦ in .NET Framework ¦ [Net.ServicePointManager]::SecurityProtocol = 'Tls12' ¦ From 4.7 it takes the system's versions when nothing is set.

@alpn ¦ server ¦ Agree on an application protocol{name} ¦ Client and server name the protocols that they speak inside of TLS, and have none in common.
- ¦ ¦ $ {handshake} -alpn h2,http/1.1 </dev/null
nginx ¦ with nginx ¦ http2 on;
haproxy ¦ with HAProxy ¦ bind :{port} ssl crt site.pem alpn h2,http/1.1

@staple ¦ server ¦ Staple an OCSP response{name} ¦ A certificate can demand that the server sends a fresh OCSP response along.
nginx ¦ with nginx ¦ ssl_stapling on; ↵ ssl_stapling_verify on; ↵ ssl_trusted_certificate {chain}; ↵ resolver 9.9.9.9;
apache ¦ with Apache ¦ SSLUseStapling on ↵ SSLStaplingCache shmcb:/var/run/ocsp(128000)
- ¦ ¦ $ {handshake} -status </dev/null ¦ Or have the certificate issued again without the demand (must-staple): some CAs, as Let's Encrypt since 2025, answer no OCSP.

@revocation ¦ client ¦ Make revocation checkable{name} ¦ The client found no current list or response. The hosts that the certificate names for them must be reachable from where it runs.
- ¦ ¦ $ openssl x509 -in server.pem -noout -ocsp_uri -ext crlDistributionPoints ¦ Let a firewall or proxy pass these URLs.
windows ¦ on Windows ¦ certutil -verify -urlfetch server.cer
curl ¦ in curl with Schannel ¦ $ curl --ssl-revoke-best-effort {url} ¦ It goes on where nothing can be found out, and still refuses what is known to be revoked.

@file ¦ client ¦ Correct the file{name} ¦ The file is missing, unreadable for the user that the program runs as, of another form, or holds something else.
- ¦ ¦ $ ls -l {file} ;; $ openssl x509 -in {file} -noout -subject -dates ;; $ openssl pkey -in {file} -noout -check ;; $ env | grep -E 'CA_BUNDLE|CA_CERTS|SSL_CERT|CAINFO' ¦ The second reads a certificate, the third a key, the last shows settings that name such files. A file in DER becomes PEM with: openssl x509 -inform der -in file.cer -out file.pem.
p12 java node dotnet ¦ when an old PKCS#12 file cannot be read ¦ $ openssl pkcs12 -legacy -in old.p12 -out all.pem ;; $ openssl pkcs12 -export -in all.pem -out new.p12

@storepass ¦ client ¦ Open the key store with its password{name} ¦ A key store has a password of its own, which the program that uses it must be given. A lost one cannot be found again: a store of CAs is made anew, a key is exported from where it still is.
java keytool maven gradle tomcat android ¦ in Java ¦ $ keytool -list -keystore {file} ;; $ keytool -list -cacerts -storepass changeit ¦ The first asks for the password; the second opens Java's own store, whose password is changeit unless somebody changed it. Programs are given it as -Djavax.net.ssl.trustStorePassword, -Djavax.net.ssl.keyStorePassword or in their configuration.

@pair ¦ server ¦ Compare certificate and key{name} ¦ The private key must be that of the certificate.
- ¦ ¦ $ openssl x509 -in {chain} -noout -pubkey | openssl sha256 ;; $ openssl pkey -in {file} -pubout | openssl sha256 ¦ Both must print the same. A file that holds both is named twice.

@build ¦ client ¦ Update the build tool{name} ¦ Node.js 17 and later have OpenSSL 3, without MD4.
npm node yarn pnpm ¦ with npm ¦ $ npm install webpack@5

@pin ¦ client ¦ Bring the pin up to date{name} ¦ A pin names one key; after a new key the old pin fits no longer. Make sure first that the new key is really the server's.
- ¦ ¦ $ {handshake} </dev/null | openssl x509 -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64
curl ¦ in curl ¦ $ curl --pinnedpubkey 'sha256//BASE64' {url}
android okhttp ¦ on Android ¦ <pin digest="SHA-256">BASE64</pin> ¦ Ship the pin of the next key along with the current one.

@reach ¦ client ¦ Find out what keeps the connection from the server{name} ¦ No certificate is involved yet.
- ¦ ¦ $ getent ahosts {host} ;; $ nc -vz {host} {port} ;; $ curl -v --connect-timeout 10 {url} ¦ The first asks for the address, the second for the port, the third shows whether a proxy is used.
windows powershell ¦ on Windows ¦ Resolve-DnsName {host} ;; Test-NetConnection {host} -Port {port}
kubernetes kubectl ¦ in Kubernetes ¦ $ kubectl run look --rm -it --image=busybox --restart=Never -- nc -vz {host} {port}

@log ¦ server ¦ Read the server's log for this connection{name} ¦ The side that ended the handshake knows why, and says so in its own log.
- ¦ ¦ {s_client} -msg ¦ The last lines show which side sent the alert, and after which message.
nginx ¦ of nginx ¦ error_log /var/log/nginx/error.log info;
apache ¦ of Apache ¦ LogLevel ssl:debug
java tomcat ¦ of Java ¦ -Djavax.net.debug=ssl:handshake
windows iis ¦ of Windows ¦ Get-WinEvent -FilterHashtable @{LogName='System'; ProviderName='Schannel'} -MaxEvents 20

@bypass ¦ client ¦ Ask IT about the program that re-signs connections{name} ¦ Something between client and server ends TLS and signs a certificate of its own. Either its root belongs into the client's store, rolled out by those who run it, or this host is to be taken off inspection.
- ¦ ¦ {s_client} ¦ Ask for the root certificate and its fingerprint, and for an exception for hosts that use client certificates or pinning. On a network where nobody may do this, do not go on.
`
