package client

// javaTexts are the errors of Java's own TLS and path checks (JSSE, PKIX), and of
// the HTTP clients of Java.
const javaTexts = `
M f | handshake_failure @shake | | javax.net.ssl.SSLHandshakeException: / javax.net.ssl.SSLException: / javax.net.ssl.SSLPeerUnverifiedException: / javax.net.ssl.SSLProtocolException: / sun.security.validator.ValidatorException:
M g | unknown_root missing_intermediate self_signed self_signed_in_chain interception | | PKIX path building failed
M | unknown_root missing_intermediate self_signed self_signed_in_chain interception | | unable to find valid certification path to requested target
= Java found no path from the server's certificate to a certificate of its trust store (cacerts).
M f | @verify | | PKIX path validation failed: / java.security.cert.CertPathValidatorException:
M | expired not_yet_valid expired_intermediate clock_skew | | validity check failed
M d | expired expired_intermediate clock_skew | | java.security.cert.CertificateExpiredException: NotAfter: {rest} / java.security.cert.CertificateExpiredException / CertificateExpiredException: NotAfter:
M d | not_yet_valid clock_skew | | java.security.cert.CertificateNotYetValidException: NotBefore: {rest} / java.security.cert.CertificateNotYetValidException / CertificateNotYetValidException: NotBefore:
M | bad_signature | | signature check failed / java.security.SignatureException: Signature does not match. / java.security.SignatureException: Signature does not match
M | path_length | | basic constraints check failed: pathLenConstraint violated - this cert must be the last cert in the certification path / pathLenConstraint violated - this cert must be the last cert in the certification path
R | issuer_not_ca | | basic constraints check failed: this is not a CA certificate
M | issuer_not_ca | | CA key usage check failed: keyCertSign bit is not set
M | name_constraint | | name constraints check failed
M | unknown_critical | | unrecognized critical extension(s)
R | weak_signature | | Algorithm constraints check failed on signature algorithm: {word}
R | weak_key | | Algorithm constraints check failed on keysize limits: / Algorithm constraints check failed on keysize limits
R | weak_signature weak_key | | Algorithm constraints check failed on disabled algorithm: / Certificates do not conform to algorithm constraints / Certificates does not conform to algorithm constraints / java.security.cert.CertPathValidatorException: Algorithm constraints check failed
R | revoked | | Certificate has been revoked, reason: {word}
R | unknown_root missing_intermediate interception | | Path does not chain with any of the trust anchors / Trust anchor for certification path not found.
R | revocation_unknown | | Could not determine revocation status / Unable to determine revocation status due to network error / Response is unreliable: its validity interval is out-of-date
M | wrong_purpose | | Extended key usage does not permit use for TLS server authentication / Extended key usage does not permit use for TLS client authentication / KeyUsage does not allow digital signatures / KeyUsage does not allow key encipherment
M | hostname_mismatch | | No subject alternative DNS name matching {host} found
R | no_san hostname_mismatch | | No subject alternative names present
M | ip_mismatch | | No subject alternative names matching IP address {host} found
R | hostname_mismatch no_san | | No name matching {host} found
R | hostname_mismatch ip_mismatch no_san | | Hostname {host} not verified / Certificate for <{host}> doesn't match any of the subject alternative names: / Certificate for <{host}> doesn't match common name of the certificate subject: / Host name '{host}' does not match the certificate subject provided by the peer / java.security.cert.CertificateException: No name matching / HTTPS hostname wrong: should be <{host}> / hostname in certificate didn't match: <{host}>
M | plain_http wrong_protocol | | Unsupported or unrecognized SSL message / Unrecognized SSL message, plaintext connection?
M g | closed reset client_cert_required | | Remote host terminated the handshake
M | closed | | SSL peer shut down incorrectly / Remote host closed connection during handshake / Connection has closed: javax.net.ssl
M | reset | | java.net.SocketException: Connection reset / java.net.SocketException: Connection reset by peer
M | closed client_cert_required | | java.net.SocketException: Broken pipe / java.io.IOException: Error writing to server / java.net.SocketException: Software caused connection abort / java.io.IOException: HTTP/1.1 header parser received no bytes
R | closed | | java.net.SocketException: Unexpected end of file from server / java.io.EOFException
M g | refused timeout dns | | java.net.ConnectException
M | refused | | java.net.ConnectException: Connection refused / Connect to {host}:{port} failed: Connection refused
M | timeout | | java.net.SocketTimeoutException: Read timed out / java.net.SocketTimeoutException: Connect timed out / java.net.SocketTimeoutException: connect timed out / java.net.SocketTimeoutException / java.net.http.HttpTimeoutException / java.net.http.HttpConnectTimeoutException / java.net.ConnectException: Connection timed out
M | dns | | java.net.UnknownHostException: {host} / java.net.UnknownHostException / java.nio.channels.UnresolvedAddressException
R | protocol_version no_shared_cipher | | No appropriate protocol (protocol is disabled or cipher suites are inappropriate)
= Java's own configuration (jdk.tls.disabledAlgorithms, or an option) leaves it nothing to offer.
R | protocol_version | | The server selected protocol version {word} is not accepted by client preferences / Server chose {word}, but that protocol version is not enabled or not supported by the client. / Received handshake_failure from an old server
R | no_shared_cipher | | no cipher suites in common / Server selected improper ciphersuite
R | client_cert_required | | null cert chain / Empty client certificate chain / Empty server certificate chain
R | no_shared_cipher | | Could not generate DH keypair / Prime size must be multiple of 64
= Java 6 and 7 know no Diffie-Hellman parameters of more than 1024 bits, and the server's are larger.
R | weak_key | | DH ServerKeyExchange does not comply to algorithm constraints / The keysize of the key is not supported
R | ca_file_unreadable unknown_root | | the trustAnchors parameter must be non-empty
= Java's trust store is empty, or could not be found.
! file Correct the path of Java's trust store (javax.net.ssl.trustStore), or install its cacerts anew.
R | ca_file_unreadable client_cert_unreadable | | keystore password was incorrect / Keystore was tampered with, or password was incorrect / Keystore password is incorrect / Get Key failed: Given final block not properly padded / failed to decrypt safe contents entry: javax.crypto.BadPaddingException: Given final block not properly padded
= The password of the key store is wrong, or the file is damaged.
! storepass Give the password of this key store: keytool asks for it when none is named.
R | ca_file_unreadable client_cert_unreadable | | toDerInputStream rejects tag type {n} / DerInputStream.getLength(): lengthTag={n}, too big. / Invalid keystore format / java.io.IOException: Invalid keystore format / Unrecognized keystore format
= The key store is of another type than was said: JKS and PKCS#12 are not the same.
R | client_cert_unreadable | | Get Key failed: / java.security.UnrecoverableKeyException: Cannot recover key / Alias name [{word}] does not identify a key entry
M | client_cert_unreadable | | Public keys in reply and keystore don't match
= The certificate is for another key than the one of this entry in the key store.
! file Import it to the entry whose key the request was made of, or have it issued again for this key.
M | missing_intermediate | | Failed to establish chain from reply
= keytool found the issuers of the certificate neither in the file nor in the key store.
! chain Import a file that has the certificate and all of its issuers, or import the issuers first.
R d | pin_mismatch | | Certificate pinning failure!
R f | | | java.security.cert.CertificateException:
R | alpn | | No ALPN protocols in common / No negotiated application protocol
`

// javaWrappers are the tools and libraries that pass these errors on.
const javaWrappers = `
R f | | maven | Could not transfer artifact / [ERROR] Failed to execute goal / Failed to read artifact descriptor
R f | | gradle | Could not GET 'https://{host}/ / Could not HEAD 'https://{host}/ / Could not resolve all files for configuration / Could not resolve all artifacts for configuration
R f | | sbt | [error] sbt.librarymanagement.ResolveException
R f | | jenkins | hudson.util.IOException2 / hudson.plugins.git.GitException
R f | | okhttp | okhttp3.internal.connection.RealConnection
R f | | pgjdbc | org.postgresql.util.PSQLException: SSL error: / org.postgresql.util.PSQLException: The connection attempt failed.
R f | | mysql-connector-j | com.mysql.cj.jdbc.exceptions.CommunicationsException: / com.mysql.cj.exceptions.CJCommunicationsException:
R f | | keytool | keytool error:
R f | | android | E/AndroidRuntime / W/System.err:
`
