package client

// serverTexts are what servers write into their logs. What they say of a
// handshake is about the client: "unknown ca" in nginx's log means that the client
// does not trust nginx. Where a server speaks of its own files, it does not start,
// or does not take the new configuration.
const serverTexts = `
S f | handshake_failure @shake | nginx | SSL_do_handshake() failed (SSL: / SSL_do_handshake() failed / SSL_read() failed (SSL: / SSL_write() failed (SSL: / SSL_shutdown() failed (SSL:
S t | | nginx | while SSL handshaking, client: / while waiting for request, client: / while reading client request headers, client:
M g | closed reset | nginx | peer closed connection in SSL handshake
S | plain_http | nginx | 400 The plain HTTP request was sent to HTTPS port / The plain HTTP request was sent to HTTPS port / client sent plain HTTP request to HTTPS port
S | client_cert_required | nginx | 400 No required SSL certificate was sent / No required SSL certificate was sent / client sent no required SSL certificate
S | client_cert_rejected | nginx | 400 The SSL certificate error / The SSL certificate error / client SSL certificate verify error: / client SSL certificate verify error: ({n}:
S f | client_cert_unreadable malformed | nginx | cannot load certificate "{file}": / cannot load certificate key "{file}": / cannot load certificate "{file}": PEM_read_bio_X509_AUX() failed / cannot load certificate key "{file}": PEM_read_bio_PrivateKey() failed
= nginx could not read its own certificate or key file.
S f | client_cert_unreadable | nginx | SSL_CTX_use_PrivateKey("{file}") failed / SSL_CTX_use_certificate("{file}") failed / SSL_use_PrivateKey("{file}") failed
= nginx could not use its own certificate with its key.
S f | ca_file_unreadable | nginx | SSL_CTX_load_verify_locations("{file}") failed / SSL_load_client_CA_file("{file}") failed
S | no_shared_cipher | nginx | SSL_CTX_set_cipher_list("{word}") failed / SSL_CTX_set_cipher_list("{any}") failed
S | staple_missing | nginx | "ssl_stapling" ignored, issuer certificate not found for certificate "{file}" / "ssl_stapling" ignored, issuer certificate not found / "ssl_stapling" ignored, no OCSP responder URL in the certificate "{file}" / "ssl_stapling" ignored, no OCSP responder URL in the certificate
= nginx staples no OCSP response. That is harmless unless the certificate demands one.
S | revocation_unknown | nginx | certificate status not found in the OCSP response / OCSP responder timed out / OCSP_basic_verify() failed / no OCSP responder URL in certificate
S | client_cert_unreadable | nginx | no "ssl_certificate" is defined for the "listen / no "ssl_certificate" is defined in server listening on SSL port while SSL handshaking / no "ssl_certificate" is defined
R | handshake_failure @shake | haproxy | SSL handshake failure / Connection closed during SSL handshake / Connection error during SSL handshake (
R f | | haproxy | SSL handshake failure (error:
R | closed timeout | haproxy | Timeout during SSL handshake
R | client_cert_rejected | haproxy | SSL client certificate not trusted / SSL client CA chain cannot be verified
S | client_cert_unreadable | haproxy | unable to load SSL private key / unable to load SSL private key from PEM file '{file}' / unable to load SSL certificate from PEM file '{file}' / unable to load SSL certificate into SSL Context '{file}' / unable to load certificate from file '{file}' / unable to load private key from file '{file}' / No Private Key found in '{file}' / unable to stat SSL certificate
S | client_cert_unreadable | haproxy | inconsistencies between private key and certificate loaded / inconsistencies between private key and certificate loaded from PEM file '{file}' / inconsistencies between private key and certificate loaded '{file}'
= The private key that HAProxy was given does not belong to the certificate.
! pair Name a certificate and a key that belong together: their public keys are the same.
R f | @shake | envoy | TLS error: {n}: / TLS_error:|{n}: / TLS error: Secret is not supplied by SDS
R | client_cert_unreadable | envoy | TLS error: Secret is not supplied by SDS / Failed to load certificate chain from / Failed to load private key from / Invalid path: {file}
R f | handshake_failure @shake | postfix | SSL_accept error from {any}: / SSL_accept error from {any}[{any}]:
R f | | postfix | postfix/smtpd[
R | closed | postfix | SSL_accept error from {any}: lost connection / SSL_accept error from {any}: Connection timed out
S | client_cert_unreadable | postfix | cannot get RSA certificate from file "{file}" / cannot get RSA private key from file "{file}" / cannot get ECDSA private key from file / cannot load certificate / disabling TLS support / error loading private keys and certificates from: {file}
S | client_cert_unreadable | postfix | No server certs available. TLS won't be enabled / 454 4.7.0 TLS not available due to local problem
S | client_cert_required client_cert_rejected | postfix | Client certificate not trusted / No client certificate presented
R f | handshake_failure @shake | dovecot | SSL_accept() failed: / TLS handshaking: / TLS handshaking: SSL_accept() failed: / SSL_accept() syscall failed: / TLS handshaking failed:
S f | closed | dovecot | Disconnected: Connection closed: SSL_accept / Connection closed: SSL_accept / SSL connection closed during handshake
S | client_cert_unreadable | dovecot | Can't load SSL private key / Couldn't parse private SSL key / Key is for a different cert than ssl_cert / There is no valid PEM certificate. / Can't load SSL certificate / SSL private key file is password protected, but password isn't given / The file contains a private key (you've mixed ssl_cert and ssl_key settings)
R f | handshake_failure @shake | exim | TLS error on connection from {any} (SSL_accept): / TLS error on connection from / TLS error on connection from {any} (gnutls_handshake):
R f | handshake_failure @shake | sendmail | STARTTLS=server, error: accept failed=
S f | handshake_failure @shake | slapd | TLS: can't accept: / TLS negotiation failure / connection_read({n}): TLS accept failure
S f | handshake_failure @shake | postgres | could not accept SSL connection: / LOG: could not accept SSL connection:
S | closed | postgres | could not accept SSL connection: EOF detected / could not accept SSL connection: Success
S | client_cert_unreadable | postgres | could not load server certificate file "{file}": / could not load server certificate file "{file}" / could not load private key file "{file}" / private key file "{file}" has group or world access
S | ca_file_unreadable | postgres | could not load root certificate file "{file}"
S | client_cert_required | postgres | connection requires a valid client certificate / FATAL: connection requires a valid client certificate
R f | handshake_failure @shake | mysqld | Aborted connection {n} to db: / [Warning] Aborted connection
R | client_cert_unreadable | mysqld | SSL error: Unable to get certificate from '{file}' / SSL error: Unable to get private key from '{file}' / Failed to setup SSL
R f | handshake_failure @shake | redis | Error accepting a client connection:
R f | handshake_failure @shake | mosquitto | OpenSSL Error[{n}]: / Socket error on client
R f | handshake_failure @shake | stunnel | SSL_accept:
R f | handshake_failure unknown_root client_cert_rejected | freeradius | eap_tls: / (TLS) TLS - / ERROR: (TLS) / TLS Alert read:fatal:
R f | handshake_failure @shake | openvpn-server | TLS_ERROR: BIO read tls_read_plaintext error / TLS Error: TLS handshake failed / TLS Error: TLS object -> incoming plaintext read error
R | timeout | openvpn-server | TLS Error: TLS key negotiation failed to occur within
R f | handshake_failure @shake | tomcat | org.apache.tomcat.util.net / org.apache.coyote
R | client_cert_unreadable | tomcat | Keystore file [{file}] / java.io.FileNotFoundException: {file} (No such file or directory)
R f | handshake_failure @shake | jetty | org.eclipse.jetty
R | no_shared_cipher | nginx | SSL no shared ciphers
R f | handshake_failure @shake | iis | The following fatal alert was received:
`

// gatewayTexts are what servers say of the servers behind them.
const gatewayTexts = `
S t | | nginx | while SSL handshaking to upstream / while connecting to upstream
S f | @verify hostname_mismatch | nginx | upstream SSL certificate verify error: / upstream SSL certificate verify error: ({n}:
S | hostname_mismatch no_san | nginx | upstream SSL certificate does not match "{host}" / upstream SSL certificate does not match
M | wrong_protocol closed | nginx | upstream prematurely sent response
S | closed plain_http | nginx | upstream prematurely closed connection
S | refused | nginx | connect() failed (111: Connection refused) while connecting to upstream
S | timeout | nginx | upstream timed out (110: Connection timed out) while SSL handshaking to upstream / upstream timed out (110: Connection timed out) while connecting to upstream / upstream timed out
R | handshake_failure @verify @shake | haproxy | Layer6 invalid response / Layer6 timeout / reason: Layer6 invalid response
R | client_cert_rejected | haproxy | Server presented an SSL certificate different from the configured one
R | @verify | envoy | upstream connect error or disconnect/reset before headers. reset reason: connection failure, transport failure reason: TLS error / upstream connect error or disconnect/reset before headers
R | hostname_mismatch no_san | envoy | verify SAN list / SAN matcher / X509_verify_cert: certificate verification error at depth {depth}: verify subject alt name
R f | @verify | envoy | X509_verify_cert: certificate verification error at depth {depth}:
R f | | postfix | postfix/smtp[
S f | | postfix | certificate verification failed for {host}: / certificate verification failed for {host}[{any}]:{n}: / certificate verification failed for {host}[{any}]: / server certificate verification failed for {host}[{any}]:{n}:
S | unknown_root missing_intermediate self_signed | postfix | certificate verification failed for {host}: untrusted issuer {dn} / certificate verification failed for {host}[{any}]:{n}: untrusted issuer {dn} / untrusted issuer {dn}
S | unknown_root | postfix | not trusted by local or TLSA policy
S | self_signed | postfix | certificate verification failed for {host}[{any}]:{n}: self-signed certificate
S | wrong_purpose | postfix | not designated for use as a server certificate / not designated for use as a client certificate
S | path_length | postfix | certificate chain longer than limit({n})
S f | | postfix | server certificate verification failed for {any}: num={n}: / SSL_connect error to {host}: / SSL_connect error to {host}:{port}: / SSL_connect error to {host}[{any}]:{port}:
S | handshake_failure @shake | postfix | Cannot start TLS: handshake failure
S g | @verify hostname_mismatch | postfix | Server certificate not verified / Server certificate not trusted
S | wrong_protocol | postfix | TLS is required, but was not offered by host {host} / TLS is required, but host {host} refused to start TLS
R | unknown_root missing_intermediate self_signed hostname_mismatch | postfix | Untrusted TLS connection established to {host}:{port} / Untrusted TLS connection established
= Mail was sent, encrypted, to a server whose certificate was not trusted; that is usual, and no error by itself.
S | hostname_mismatch | dovecot | SSL certificate doesn't match expected host name {host}
S f | @verify | dovecot | Received invalid SSL certificate: / Received invalid SSL certificate
`

// systemTexts are the words of the operating system's libraries, which any
// program prints.
const systemTexts = `
M n | refused | | Connection refused
M n | reset | | Connection reset by peer / Connection was reset
M n | timeout | | Connection timed out / Operation timed out / Connection timeout
M n | closed client_cert_required | | Broken pipe
S n | closed | | Connection closed by peer / Connection closed by remote host
M n | dns | | Name or service not known / Temporary failure in name resolution / nodename nor servname provided, or not known / No address associated with hostname / Name does not resolve / Could not resolve hostname / gethostbyname failure / Host not found
S n | other | | No route to host / Network is unreachable
`
