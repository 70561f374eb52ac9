package client

// curlExits are the exit codes of curl that have to do with TLS and the
// connection below it. An exit code is less than the message behind it, and
// stands for itself where that is not known.
const curlExits = `
S f | dns | 5 CURLE_COULDNT_RESOLVE_PROXY | Could not resolve proxy name / Couldn't resolve proxy name
S f | dns | 6 CURLE_COULDNT_RESOLVE_HOST | Could not resolve hostname / Couldn't resolve host name
S f | refused timeout dns | 7 CURLE_COULDNT_CONNECT | Could not connect to server / Couldn't connect to server
S f | alpn other | 16 CURLE_HTTP2 | Error in the HTTP2 framing layer
S f | timeout | 28 CURLE_OPERATION_TIMEDOUT | Timeout was reached
S f | handshake_failure @shake | 35 CURLE_SSL_CONNECT_ERROR | SSL connect error
S fq | hostname_mismatch @verify | 51 | SSL peer certificate or SSH remote key was not OK
S f | closed plain_http | 52 CURLE_GOT_NOTHING | Server returned nothing (no headers, no data)
S f | other | 53 CURLE_SSL_ENGINE_NOTFOUND | SSL crypto engine not found
S f | other | 54 CURLE_SSL_ENGINE_SETFAILED | Can not set SSL crypto engine as default
S f | closed client_cert_required reset | 55 CURLE_SEND_ERROR | Failed sending data to the peer
S f | closed client_cert_required reset | 56 CURLE_RECV_ERROR | Failure when receiving data from the peer
S f | client_cert_unreadable | 58 CURLE_SSL_CERTPROBLEM | Problem with the local SSL certificate
S f | no_shared_cipher | 59 CURLE_SSL_CIPHER | Could not use specified SSL cipher / Couldn't use specified SSL cipher
S f | @verify hostname_mismatch ip_mismatch client_cert_rejected | 60 CURLE_PEER_FAILED_VERIFICATION CURLE_SSL_CACERT | SSL peer certificate or SSH remote key was not OK / Peer certificate cannot be authenticated with given CA certificates
= curl could not verify a certificate; the words behind the number say why.
S f | wrong_protocol | 64 CURLE_USE_SSL_FAILED | Requested SSL level failed
S f | other | 66 CURLE_SSL_ENGINE_INITFAILED | Failed to initialize SSL crypto engine / Failed to initialise SSL crypto engine
S f | ca_file_unreadable | 77 CURLE_SSL_CACERT_BADFILE | Problem with the SSL CA cert (path? access rights?)
S f | closed | 80 CURLE_SSL_SHUTDOWN_FAILED | Failed to shut down the SSL connection
S f | ca_file_unreadable | 82 CURLE_SSL_CRL_BADFILE | Failed to load CRL file (path? access rights?, format?)
S f | unknown_root | 83 CURLE_SSL_ISSUER_ERROR | Issuer check against peer certificate failed
S f | pin_mismatch | 90 CURLE_SSL_PINNEDPUBKEYNOTMATCH | SSL public key does not match pinned public key
S f | staple_missing revocation_unknown revoked | 91 CURLE_SSL_INVALIDCERTSTATUS | SSL server certificate status verification FAILED
S f | other alpn | 92 CURLE_HTTP2_STREAM | Stream error in the HTTP/2 framing layer
S f | other | 95 CURLE_HTTP3 | HTTP/3 error
S f | handshake_failure @shake | 96 CURLE_QUIC_CONNECT_ERROR | QUIC connection error
S f | other | 97 CURLE_PROXY | proxy handshake error
S f | client_cert_required | 98 CURLE_SSL_CLIENTCERT | SSL Client Certificate required
S f | handshake_failure | 101 CURLE_ECH_REQUIRED | ECH attempted but failed
`

// curlTexts are curl's own messages, of all its TLS libraries. Most of them pass
// on the words of the library, which stand in its table.
const curlTexts = `
M f | @verify | | SSL certificate problem: / SSL certificate problem, verify that the CA cert is OK. Details:
M t | | | More details here: https://curl.se/docs/sslcerts.html / More details here: http://curl.haxx.se/docs/sslcerts.html / More details here: https://curl.haxx.se/docs/sslcerts.html / see https://curl.haxx.se/libcurl/c/libcurl-errors.html / see https://curl.se/libcurl/c/libcurl-errors.html
@ up to 8.5
M | hostname_mismatch ip_mismatch no_san | | SSL: no alternative certificate subject name matches target host name '{host}'
@ from 8.6 on
S | hostname_mismatch ip_mismatch no_san | | SSL: no alternative certificate subject name matches target hostname '{host}'
S | ip_mismatch | | SSL: no alternative certificate subject name matches target ipv4 address '{host}' / SSL: no alternative certificate subject name matches target ipv6 address '{host}'
@
M | hostname_mismatch ip_mismatch no_san | | SSL: certificate subject name ({dn}) does not match target host name '{host}' / SSL: certificate subject name ({dn}) does not match target hostname '{host}'
S | hostname_mismatch ip_mismatch no_san | | SSL: certificate subject name '{dn}' does not match target host name '{host}' / SSL: certificate subject name '{dn}' does not match target hostname '{host}'
S | hostname_mismatch no_san | | SSL: unable to obtain common name from peer certificate / SSL: illegal cert name field
M g | client_cert_rejected @verify | | SSL certificate verification failed
? It leaves open which side refused: curl says so too when the server sends the alert certificate_expired about the client's certificate.
M | dns | | Could not resolve host: {host} / Could not resolve proxy: {host} / Couldn't resolve host '{host}' / Couldn't resolve proxy '{host}'
M f | refused timeout | | Failed to connect to {host} port {port}
M | refused timeout | | Couldn't connect to server / Could not connect to server
M | refused | | connect to {host} port {port} failed: Connection refused
S | timeout | | Connection timed out after {n} milliseconds / Operation timed out after {n} milliseconds with {n} / Resolving timed out after {n} milliseconds / Connection timeout after {n} ms / SSL connection timeout / Failed to connect to {host} port {port} after {n} ms: Timeout was reached
M | reset | | Recv failure: Connection reset by peer / Recv failure: Connection was reset / Send failure: Connection was reset / Send failure: Connection reset by peer
M | closed client_cert_required | | Send failure: Broken pipe
M | closed client_cert_required | | getpeername() failed with errno {n}: Transport endpoint is not connected
M | closed reset | | OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to {host}:{port} / BoringSSL SSL_connect: SSL_ERROR_SYSCALL in connection to {host}:{port} / LibreSSL SSL_connect: SSL_ERROR_SYSCALL in connection to {host}:{port} / OpenSSL/{any} SSL_connect: SSL_ERROR_SYSCALL in connection to {host}:{port}
R | reset | | OpenSSL SSL_connect: Connection reset by peer in connection to {host}:{port} / LibreSSL SSL_connect: Connection reset by peer in connection to {host}:{port}
@ up to 7.50
S | closed reset | | Unknown SSL protocol error in connection to {host}:{port} / Unknown SSL protocol error in connection to {host}
@
S f | @shake | | OpenSSL SSL_read: / OpenSSL SSL_write: / TLS connect error: / TLS cert problem: / OpenSSL/{any}: error:
S f | | | OpenSSL SSL_connect: / LibreSSL SSL_connect: / BoringSSL SSL_connect:
S | closed | | Empty reply from server
S | closed plain_http | | Received HTTP/0.9 when not allowed
M | client_cert_unreadable | | could not load PEM client certificate from {file}, OpenSSL error / could not load ASN1 client certificate from {file}, OpenSSL error / could not load PKCS12 client certificate, OpenSSL error / could not load PEM client certificate, OpenSSL error / unable to set client certificate
M | client_cert_unreadable | | unable to set private key file: '{file}' type {word} / could not parse PKCS12 file, check password, OpenSSL error / Private key does not match the certificate public key / private key from PKCS12 file '{file}' does not match certificate in same file
= curl could not use the client's private key: the file is unreadable, or the key does not belong to the certificate.
S | client_cert_unreadable | | error reading X.509 key or certificate file / NSS: client certificate from file not found / NSS: client certificate not found / NSS: private key from file not found / schannel: Failed to import cert file {file}, password is bad / schannel: Failed to read cert file / SSL: can't load the certificate
S | other | | SSL Engine '{word}' not found
M | no_shared_cipher | | failed setting cipher list: {rest} / failed setting TLS 1.3 cipher suite: {rest} / Error {n} setting GnuTLS cipher list starting with
= The list of cipher suites that was configured names none that the program knows.
@ up to 7.x
M | ca_file_unreadable | | error setting certificate file: {file} / error setting certificate path: {file}
S | ca_file_unreadable | | error setting certificate verify locations / error setting certificate verify locations: CAfile: {file} CApath: {word}
@ from 8 on
S | ca_file_unreadable | | error adding trust anchors from file: {file} / error adding trust anchors from path: {file} / error adding trust anchors from certificate blob / error importing CA certificate blob
@
S | ca_file_unreadable | | error reading ca cert file {file} / Error reading ca cert file {file} / schannel: failed to open CA file '{file}' / schannel: invalid path name for CA file '{file}' / schannel: did not add any certificates from CA file '{file}' / SSL: can't load CA certificate file {file} / rustls: failed to parse trusted certificates
M | ca_file_unreadable | | error loading CRL file: {file}
S | unknown_root | | SSL: Certificate issuer check failed ({file}) / SSL certificate issuer check failed / server certificate issuer check failed (IssuerCert: {file})
S | ca_file_unreadable | | SSL: Unable to open issuer cert ({file}) / SSL: Unable to read issuer cert ({file})
M | pin_mismatch | | SSL: public key does not match pinned public key / SSL public key does not match pinned public key / schannel: pinned public key does not match
M | staple_missing | | No OCSP response received
S | revocation_unknown | | Invalid OCSP response / OCSP response has expired / OCSP response verification failed / Could not find certificate ID in OCSP response / Server certificate status is unknown / certificate is on hold
S | revoked | | SSL certificate revocation reason: {any} ({n}) / Server certificate was revoked: {rest}
S | wrong_protocol | | STARTTLS not supported. / STARTTLS not available. / STLS not supported. / STARTTLS denied / STARTTLS denied, code {n}
S | handshake_failure | | ECH required:
S t | | | continuing anyway

@ up to 8.5, GnuTLS
M | @verify | | server certificate verification failed. CAfile: {file} CRLfile: {file}
= The certificate was refused. curl with GnuTLS, and git with it, collapse all reasons but a wrong name into this sentence.
@ from 8.14 on, GnuTLS
S f | @verify | | server verification failed: / SSL certificate verification failed:
S t | | | (CAfile: {file} CRLfile: {file})
@ GnuTLS
S | expired expired_intermediate clock_skew | | server certificate expiration date has passed.
S | not_yet_valid clock_skew | | server certificate not activated yet.
S f | @shake | | gnutls_handshake() failed: / GnuTLS, handshake failed: / GnuTLS recv error ({sn}): / gnutls_handshake() warning:
@ Schannel
S f | @shake | | schannel: next InitializeSecurityContext failed: / schannel: initial InitializeSecurityContext failed: / schannel: InitializeSecurityContext failed:
S | unknown_root missing_intermediate interception | | schannel: the certificate or certificate chain is based on an untrusted root
S | missing_intermediate unknown_root | | schannel: the certificate chain is incomplete
S | expired not_yet_valid expired_intermediate clock_skew | | schannel: this certificate or one of the certificates in the certificate chain is not time valid
S | hostname_mismatch ip_mismatch no_san | | schannel: CertGetNameString() failed to match connection hostname ({host}) against server certificate names / schannel: server certificate name verification failed
S f | hostname_mismatch ip_mismatch no_san | | schannel: SNI or certificate check failed:
S | revoked | | schannel: trust for this certificate or one of the certificates in the certificate chain has been revoked
S | revocation_unknown | | schannel: the revocation status is unknown / schannel: the revocation status for this certificate or one of the certificates in the certificate chain is unknown
S | closed | | schannel: failed to receive handshake, SSL/TLS connection failed / schannel: server closed abruptly (missing close_notify) / schannel: failed to send initial handshake data
S | unknown_root @verify | | schannel: CertGetCertificateChain failed / schannel: CertGetCertificateChain error
@ up to 8.14.1, SecureTransport
S | @verify | | SSL: peer not verified: Deny / SSL: peer not verified: RecoverableTrustFailure / SSL: peer not verified
S | unknown_root interception | | SSL certificate problem: Untrusted root certificate
S | unknown_root missing_intermediate | | SSL certificate problem: No root certificate
S | @verify | | SSL certificate problem: Invalid certificate chain
S | expired expired_intermediate clock_skew | | SSL certificate problem: Certificate chain had an expired certificate
S | not_yet_valid clock_skew | | SSL certificate problem: The certificate chain had a certificate that is not yet valid
S | hostname_mismatch ip_mismatch no_san | | SSL certificate peer verification failed, the certificate did not match "{host}"
S | revoked | | SSL certificate problem: The certificate was revoked
S | client_cert_required handshake_failure | | SSL peer handshake failed, the server most likely requires a client certificate to connect
S | client_cert_rejected | | SSL server rejected the client certificate due to the certificate being signed by an unknown certificate authority
S | plain_http wrong_protocol | | SSL protocol error / Server aborted the SSL handshake due to protocol error
S | closed | | Server aborted the SSL handshake / Server dropped the connection during the SSL handshake
@ from 8.17 on, SecTrust
S f | @verify | | Apple SecTrust verification failed: error {sn} / Apple SecTrust failure {sn}
@ rustls
S | closed | | rustls: peer closed TCP connection without first closing TLS connection
@ wolfSSL
S | unknown_root missing_intermediate | | CA signer not available for verification / ASN no signer error to confirm failure
S | expired expired_intermediate clock_skew | | server verification failed: certificate has expired.
S | not_yet_valid clock_skew | | server verification failed: certificate not valid yet.
S | hostname_mismatch ip_mismatch no_san | | subject alt name(s) or common name do not match "{host}"
@ mbedTLS
S | @verify hostname_mismatch | | mbedTLS: certificate verification error 0x{hex} / peer certificate could not be verified
R | unknown_root missing_intermediate | | The certificate is not correctly signed by the trusted CA
R | expired expired_intermediate clock_skew | | The certificate validity has expired
R | hostname_mismatch ip_mismatch no_san | | The certificate Common Name (CN) does not match with the expected CN
R | not_yet_valid clock_skew | | The certificate validity starts in the future
R | revoked | | The certificate has been revoked (is on a CRL)
R | handshake_failure | | ssl_handshake returned - mbedTLS:
@ NSS
S f | | | NSS error {sn}
@
`
