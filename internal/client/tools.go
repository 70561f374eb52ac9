package client

// rubyTexts are the errors of Ruby's OpenSSL.
const rubyTexts = `
W f | handshake_failure @verify @shake | | SSL_connect returned={n} errno={n} state={word}: / SSL_connect returned={n} errno={n} peeraddr={any} state={any}: / SSL_connect returned={n} errno={n} state={any}: / SSL_connect SYSCALL returned={n} errno={n}
W f | @verify hostname_mismatch | | certificate verify failed (
W | closed reset | | SSL_connect SYSCALL returned=5 errno=0 / Errno::EPIPE
R | hostname_mismatch no_san | | hostname "{host}" does not match the server certificate
R f | @verify | | OpenSSL::SSL::SSLError:
W t | | | (OpenSSL::SSL::SSLError)
R | refused | | Errno::ECONNREFUSED / Failed to open TCP connection to {host}:{port} (Connection refused
R | reset | | Errno::ECONNRESET
R | timeout | | Net::OpenTimeout / Net::ReadTimeout
R | dns | | Failed to open TCP connection to {host}:{port} (getaddrinfo / SocketError: getaddrinfo
`

// phpTexts are the errors of PHP's streams.
const phpTexts = `
S f | handshake_failure @verify @shake | | SSL operation failed with code 1. OpenSSL Error messages: / SSL operation failed with code {n}. OpenSSL Error messages:
S | hostname_mismatch no_san ip_mismatch | | Peer certificate CN='{any}' did not match expected CN='{host}' / Unable to locate peer certificate CN
S | pin_mismatch | | peer_fingerprint match failure / Peer fingerprint doesn't match
S t | | | Failed to enable crypto / failed to open stream: operation failed
R | ca_file_unreadable | | failed loading cafile stream: {file} / Unable to set verify locations {file}
R | client_cert_unreadable | | Unable to set local cert chain file {file} / Unable to set private key file {file}
R | timeout | | SSL: Handshake timed out
R | closed | | stream_socket_enable_crypto(): SSL: Success
R | reset | | stream_socket_enable_crypto(): SSL: Connection reset by peer
R | dns | | php_network_getaddresses: getaddrinfo failed: / php_network_getaddresses: getaddrinfo for {host} failed:
`

// wgetTexts are the errors of both builds of wget.
const wgetTexts = `
@ GnuTLS
M g | @verify | | The certificate of '{host}' is not trusted.
M | unknown_root missing_intermediate self_signed self_signed_in_chain interception | | The certificate of '{host}' doesn't have a known issuer.
M | expired expired_intermediate expired_root clock_skew | | The certificate of '{host}' has expired.
M n | expired expired_intermediate expired_root clock_skew | | The certificate has expired
M | not_yet_valid clock_skew | | The certificate of '{host}' is not yet activated.
M n | not_yet_valid clock_skew | | The certificate has not yet been activated
M | weak_signature | | The certificate of '{host}' was signed using an insecure algorithm.
M | issuer_not_ca | | The certificate signer of '{host}' was not a CA.
S | revoked | | The certificate of '{host}' has been revoked.
M | hostname_mismatch ip_mismatch no_san | | The certificate's owner does not match hostname '{host}'
S | handshake_failure | | No certificate found
M f | | | GnuTLS:
@ OpenSSL
S f | @verify | | ERROR: cannot verify {host}'s certificate, issued by '{dn}':
S | missing_intermediate unknown_root interception | | Unable to locally verify the issuer's authority.
S | self_signed self_signed_in_chain | | Self-signed certificate encountered.
S | not_yet_valid clock_skew | | Issued certificate not yet valid.
S | expired expired_intermediate clock_skew | | Issued certificate has expired.
S | hostname_mismatch ip_mismatch no_san | | certificate common name '{dn}' doesn't match requested host name '{host}' / no certificate subject alternative name matches requested host name '{host}' / no certificate subject alternative name matches
S f | | | OpenSSL: error:
@
S | handshake_failure | | ERROR: no certificate presented by {host}
S t | | | To connect to {host} insecurely, use '--no-check-certificate'
M t | handshake_failure @shake timeout | | Unable to establish SSL connection.
M | refused | | failed: Connection refused. / Connecting to {host}|{any}|:{port}... failed: Connection refused
M | timeout | | failed: Connection timed out. / Read error (Connection timed out) in headers. / Connecting to {host}|{any}|:{port}... failed: Connection timed out
M | dns | | wget: unable to resolve host address '{host}' / unable to resolve host address '{host}'
M | reset | | Read error (Connection reset by peer) in headers.
M f | closed client_cert_required | | Failed writing HTTP request:
R f | | | No data received. / Read error (
`

// toolWrappers are other programs that pass errors on.
const toolWrappers = `
M f | | git | fatal: unable to access 'https://{host}/ / fatal: unable to access 'http://{host}/ / fatal: unable to access
R f | | svn | svn: E120171: Error running context:
R f | @verify | svn | svn: E230001: / svn: E230001: Server SSL certificate verification failed:
R f | | docker | Error response from daemon: Get "https://{host}/ / Error response from daemon: / failed to do request: Head "https://{host}/ / failed to resolve reference / ERROR: failed to solve: / error pulling image configuration: / failed to pull and unpack image
R f | | containerd | rpc error: code = Unknown desc = failed to pull and unpack image
R f | | podman | pinging container registry {host}: Get "https://{host}/ / error pinging docker registry {host}: / initializing source docker://
M f | | kubectl | client rate limiter Wait returned an error: context deadline exceeded - error from a previous attempt:
M f | | kubectl | Unable to connect to the server: / The connection to the server {host} was refused / error: error validating / couldn't get current server API group list: Get "https://{host}/
R f | | kubernetes | Failed to pull image / failed calling webhook / Error from server (InternalError):
R f | | helm | Error: INSTALLATION FAILED: / Error: looks like "https://{host}/ / Error: Kubernetes cluster unreachable:
M f | | terraform | Error: Failed to query available provider packages / Error: Failed to install provider / could not connect to {host}: Failed to request discovery document: / Error: Failed to get existing workspaces: / Error loading state: / Error refreshing state: / Error: error loading state:
R f | | vault | Error checking seal status: Get "https://{host}/ / Error making API request.
R f | | prometheus | err="Get \"https://{host}/
R f | | gh | error connecting to {host}
R f | | rclone | Failed to create file system for
R f | | go | Get "https://{host}/ / Post "https://{host}/ / Head "https://{host}/ / Put "https://{host}/
R f | | apt | Err:{n} https://{host}/ / W: Failed to fetch https://{host}/ / E: Failed to fetch https://{host}/ / Certificate verification failed: The certificate is NOT trusted.
R f | | yum | Curl error ({n}): / [Errno 14] curl#{n} - / Cannot download repomd.xml
R f | | composer | The "https://{host}/ / curl error {n} while downloading https://{host}/
R f | @verify | guzzle | GuzzleHttp\Exception\RequestException
R f | @verify | bundler | Could not verify the SSL certificate for https://{host}/
R f | | bundler | Bundler::Fetcher / Gem::RemoteFetcher::FetchError
R f | | openvpn | VERIFY ERROR: depth={depth}, error=
R f | | redis-cli | Could not connect to Redis at {host}:{port}: / SSL_connect failed:
R f | | mongodb | MongoServerSelectionError: / MongoNetworkError: / SSLHandshakeFailed: / SSL peer certificate validation failed:
R f | | rabbitmq | TLS client: In state / {tls_alert,
R f | | kafka | org.apache.kafka.common.errors.SslAuthenticationException: / SSL handshake failed: / [thrd:ssl://{host}/bootstrap]:
R f | | lftp | Fatal error: Certificate verification:
R f | | socat | SSL_connect(): / E SSL_connect(): / E certificate is valid but
R f | | stunnel | CERT: Pre-verification error: / CERT: Verification error: / SSL_connect: Peer suddenly disconnected
R f | | filebeat | Failed to connect to backoff(elasticsearch(https://{host}
R f | | perl | SSL connect attempt failed / Can't connect to {host}:{port} (
`

// toolTexts are the errors of clients that have words of their own.
const toolTexts = `
R | hostname_mismatch ip_mismatch no_san | lftp | Fatal error: Certificate verification: certificate common name doesn't match requested host name '{host}'
R | unknown_root missing_intermediate self_signed | lftp | Certificate verification: Not trusted
R | unknown_root missing_intermediate self_signed @verify | svn | The certificate is not issued by a trusted authority. / Server SSL certificate untrusted / Server SSL certificate verification failed: issuer is not trusted
R | hostname_mismatch | svn | Server SSL certificate verification failed: certificate issued for a different hostname
R | expired | svn | Server SSL certificate verification failed: certificate has expired
M | hostname_mismatch ip_mismatch no_san | perl | hostname verification failed
M | ca_file_unreadable | kubectl | unable to read certificate-authority {file} for
S | client_cert_unreadable | kubectl | unable to read client-cert {file} for / unable to read client-key {file} for
M | timeout | perl | SSL wants a read first
M | ca_file_unreadable | perl | SSL_ca_file {file} can't be used
S | client_cert_unreadable | perl | SSL_cert_file {file} can't be used / SSL_key_file {file} can't be used
M | refused timeout | docker | Cannot connect to the Docker daemon at tcp://{host} / Cannot connect to the Docker daemon at
M | ca_file_unreadable client_cert_unreadable | docker | unable to resolve docker endpoint: open {file}: no such file or directory
M | ca_file_unreadable | docker | ca.pem seems invalid
M | client_cert_unreadable | docker | Failed to initialize: no valid private key found
R | hostname_mismatch ip_mismatch no_san | socat | certificate is valid but its commonName does not match hostname '{host}' / certificate is valid but its commonName does not match hostname
R | self_signed unknown_root | workerd | TLS peer's certificate is not trusted; reason = self signed certificate
W f | @verify | workerd | TLS peer's certificate is not trusted; reason =
S | refused timeout closed | workerd | proxy request failed, cannot connect to the specified address
S | refused | workerd | Connections to port 25 are prohibited
S | other | workerd | TCP Loop detected
R | @verify handshake_failure | acme | urn:ietf:params:acme:error:tls
R | dns | acme | urn:ietf:params:acme:error:dns
R | refused timeout | acme | urn:ietf:params:acme:error:connection
R | other | acme | urn:ietf:params:acme:error:caa / urn:ietf:params:acme:error:unauthorized / urn:ietf:params:acme:error:rateLimited
R | client_cert_required | mongodb | no SSL certificate provided by peer; connection rejected
R | hostname_mismatch ip_mismatch no_san | mongodb | The server certificate does not match the host name. Hostname: {host} does not match / The server certificate does not match the remote host name
R | hostname_mismatch | strongswan | no trusted RSA public key found for '{host}'
R | unknown_root | strongswan | no issuer certificate found for "{dn}" / issuer certificate not found
`

// databaseTexts are the errors of the clients of databases and directories.
const databaseTexts = `
S f | handshake_failure @verify @shake | psql | connection to server at "{host}" ({any}), port {port} failed: / connection to server at "{host}", port {port} failed: / could not connect to server:
R | hostname_mismatch ip_mismatch no_san | psql | server certificate for "{names}" does not match host name "{host}" / server certificate for "{names}" (and {n} other names) does not match host name "{host}" / server certificate for "{names}" (and {n} other name) does not match host name "{host}"
S | ca_file_unreadable | psql | root certificate file "{file}" does not exist / could not read root certificate file "{file}"
S | plain_http wrong_protocol | psql | server does not support SSL, but SSL was required / received invalid response to SSL negotiation: {any}
= The server speaks its own protocol without TLS.
S | client_cert_unreadable | psql | certificate present, but not private key file "{file}" / could not open certificate file "{file}" / could not read certificate file "{file}" / could not load private key file "{file}" / private key file "{file}" has group or world access / certificate does not match private key file "{file}"
S | client_cert_required | psql | connection requires a valid client certificate
S | closed | psql | SSL SYSCALL error: EOF detected / SSL connection has been closed unexpectedly / server closed the connection unexpectedly / SSL SYSCALL error: Success
S | reset | psql | SSL SYSCALL error: Connection reset by peer
S n | timeout | psql | timeout expired
S | dns | psql | could not translate host name "{host}" to address:
S | protocol_version | psql | This may indicate that the server does not support any SSL protocol version between
R f | handshake_failure @verify @shake | mysql | ERROR 2026 (HY000): / SSL connection error: / TLS/SSL error:
R | @verify hostname_mismatch | mysql | SSL certificate validation failure / Certificate verification failure: / SSL certificate is validated failed
M | ca_file_unreadable client_cert_unreadable | mysql | TLS/SSL error: No such file or directory
M | hostname_mismatch no_san ip_mismatch | mysql | Validation of SSL server certificate failed / Failed to verify the server certificate
S | plain_http wrong_protocol | mysql | SSL is required, but the server does not support it / SSL connection error: SSL is required but the server doesn't support it
= The server speaks its own protocol without TLS.
R | unknown_root | mysql | The certificate chain was issued by an authority that is not trusted
R | refused | mysql | ERROR 2002 (HY000): / ERROR 2003 (HY000): / Can't connect to MySQL server on '{host}' / Can't connect to server on '{host}'
R | dns | mysql | ERROR 2005 (HY000): / Unknown MySQL server host '{host}' / Unknown server host '{host}'
R | closed | mysql | ERROR 2013 (HY000): / Lost connection to server at / Lost connection to MySQL server at
R f | | ldap | ldap_start_tls: Connect error (-11) / ldap_sasl_bind(SIMPLE): Can't contact LDAP server (-1) / ldap_bind: Can't contact LDAP server / additional info: / TLS: can't connect:
S | hostname_mismatch ip_mismatch no_san | ldap | TLS: hostname does not match CN in peer certificate / TLS: hostname does not match subjectAltName in peer certificate / TLS: hostname does not match name in peer certificate / TLS: hostname ({host}) does not match common name in certificate ({dn}) / TLS: hostname ({host}) does not match subjectAltName in certificate
S | @verify | ldap | TLS: peer cert untrusted or revoked (0x{hex})
S | expired clock_skew | ldap | TLS: peer certificate is expired
S | not_yet_valid clock_skew | ldap | TLS: peer certificate not yet active
S | pin_mismatch | ldap | TLS: public key hash does not match provided pin
S | ca_file_unreadable | ldap | TLS: could not use CA certificate file '{file}' / TLS: warning: no certificate loaded from CA certificate file '{file}'
S | client_cert_unreadable | ldap | TLS: could not use private key file '{file}' / TLS: could not use certificate file '{file}' / TLS: could not use private key: / TLS: could not use certificate:
S | handshake_failure | ldap | TLS: unable to get peer certificate.
`
