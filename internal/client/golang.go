package client

// goTexts are the errors of crypto/x509, crypto/tls, net and net/http, which all
// programs in Go print: docker, kubectl, terraform, gh, traefik ...
const goTexts = `
@ from 1.20 on
M f | @verify | | tls: failed to verify certificate:
@
M | unknown_root missing_intermediate self_signed self_signed_in_chain interception | | x509: certificate signed by unknown authority
? It leaves open whether the root is private (or belongs to a program that re-signs connections), whether the server left out its intermediate certificate, whether its certificate is self-signed, or whether the trust store of this machine or container is empty: Go says the same for all of them.
M d | unknown_root bad_signature | | x509: certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "{dn}") / x509: certificate signed by unknown authority (possibly because of "x509: Ed25519 verification failure" while trying to verify candidate authority certificate "{dn}") / x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "{dn}")
= The signature of a certificate does not verify with the key of the CA of that name: it was changed, or another CA has the same name.
! trust Get the CA's certificate anew (kubeconfig, or caBundle of a webhook): most likely a CA of the same name was made since.
M d | issuer_not_ca | | x509: certificate signed by unknown authority (possibly because of "x509: invalid signature: parent certificate cannot sign this kind of certificate" while trying to verify candidate authority certificate "{dn}")
M d | weak_signature | | x509: certificate signed by unknown authority (possibly because of "x509: cannot verify signature: insecure algorithm {word}
S d | weak_signature malformed | | x509: certificate signed by unknown authority (possibly because of "x509: cannot verify signature: algorithm unimplemented" while trying to verify candidate authority certificate "{dn}")
M | expired expired_intermediate expired_root clock_skew | | x509: certificate has expired or is not yet valid: current time {time} is after {time}
M | not_yet_valid clock_skew | | x509: certificate has expired or is not yet valid: current time {time} is before {time}
R | expired not_yet_valid expired_intermediate clock_skew | | x509: certificate has expired or is not yet valid
M | hostname_mismatch | | x509: certificate is valid for {names}, not {host}
S | hostname_mismatch | | x509: certificate is valid for {n} names, but none matched {host}
S | no_san hostname_mismatch | | x509: certificate is not valid for any names, but wanted to match {host}
M | no_san | | x509: certificate relies on legacy Common Name field, use SANs instead / x509: certificate relies on legacy Common Name field, use SANs or temporarily enable Common Name matching with GODEBUG=x509ignoreCN=0
M | ip_mismatch | | x509: cannot validate certificate for {host} because it doesn't contain any IP SANs
S | ip_mismatch | | x509: certificate is valid for {n} IP SANs, but none matched {host}
M | wrong_purpose | | x509: certificate specifies an incompatible key usage
M | path_length | | x509: too many intermediates for path length constraint
M | name_constraint | | x509: a root or intermediate certificate is not authorized to sign for this name: DNS name "{host}" is not permitted by any constraint / x509: a root or intermediate certificate is not authorized to sign for this name: DNS name "{host}" is excluded by constraint "{word}"
S | name_constraint | | x509: a root or intermediate certificate is not authorized to sign for this name:
S | wrong_purpose | | x509: a root or intermediate certificate is not authorized for an extended key usage:
S | issuer_not_ca | | x509: certificate is not authorized to sign other certificates / x509: invalid signature: parent certificate cannot sign this kind of certificate
S | unknown_root missing_intermediate | | x509: issuer name does not match subject from issuing certificate
S | name_constraint no_san | | x509: issuer has name constraints but leaf doesn't have a SAN extension
S | name_constraint | | x509: issuer has name constraints but leaf contains unknown or unconstrained name:
S | @verify | | x509: no valid chains built
M | unknown_critical | | x509: unhandled critical extension
S | @verify | | x509: signature check attempts limit reached while verifying certificate chain
S | ca_file_unreadable unknown_root | | x509: failed to load system roots and no roots provided / x509: system root pool is not available on Windows
S | weak_signature | | x509: cannot verify signature: insecure algorithm {word}
S | bad_signature | | x509: ECDSA verification failure / x509: Ed25519 verification failure
S | bad_signature weak_signature | | x509: cannot verify signature: algorithm unimplemented
S | bad_signature | | crypto/rsa: verification error
@ macOS
R | unknown_root self_signed interception | | x509: "{dn}" certificate is not trusted
R | expired expired_intermediate clock_skew | | x509: "{dn}" certificate is expired
R | malformed no_san weak_key | | x509: "{dn}" certificate is not standards compliant
R | hostname_mismatch no_san | | x509: "{dn}" certificate name does not match input
R | revoked | | x509: "{dn}" certificate is revoked
@
S | malformed | | x509: malformed certificate / x509: malformed tbs certificate / x509: malformed version / x509: invalid version / x509: malformed serial number / x509: negative serial number / x509: malformed signature algorithm identifier / x509: inner and outer signature algorithm identifiers don't match / x509: malformed issuer / x509: malformed validity / x509: unsupported time format / x509: malformed UTCTime / x509: malformed GeneralizedTime / x509: malformed spki / x509: malformed public key algorithm identifier / x509: malformed subjectPublicKey / x509: malformed subject public key / x509: malformed extensions / x509: malformed extension
S | malformed | | x509: certificate contains duplicate extension with OID "{word}" / x509: certificate contains duplicate extensions / x509: invalid subject alternative name / x509: SAN dNSName is malformed / x509: SAN rfc822Name is malformed / x509: SAN uniformResourceIdentifier is malformed / x509: cannot parse dnsName / x509: cannot parse rfc822Name / x509: cannot parse URI / x509: cannot parse IP address of length {n} / x509: certificate contained IP address of length {n}
S | malformed | | x509: invalid basic constraints / x509: invalid key usage / x509: invalid extended key usages / x509: invalid NameConstraints extension / x509: empty name constraints extension / x509: IP constraint contained invalid mask / x509: failed to parse dnsName constraint / x509: failed to parse rfc822Name constraint / x509: failed to parse URI constraint / x509: invalid CRL distribution point / x509: invalid authority key identifier / x509: authority key identifier incorrectly marked critical / x509: subject key identifier incorrectly marked critical / x509: authority info access incorrectly marked critical / x509: invalid authority info access / x509: invalid certificate policies / x509: invalid subject key identifier / x509: RSA modulus is not a positive number / x509: invalid RSA modulus / x509: invalid RSA public exponent / x509: RSA public exponent is not a positive number / x509: unsupported elliptic curve / x509: invalid elliptic curve parameters / x509: failed to unmarshal elliptic curve point / x509: unknown public key algorithm / x509: trailing data / x509: trailing data after X.509 / x509: RSA key missing NULL parameters / x509: zero or negative DSA parameter
S f | malformed | | tls: failed to parse certificate from server: / tls: failed to parse client certificate:
M | wrong_protocol plain_http | | tls: first record does not look like a TLS handshake
M | plain_http | | http: server gave HTTP response to HTTPS client
S | closed plain_http wrong_protocol | | malformed HTTP response / malformed HTTP status code
S | protocol_version | | tls: server selected unsupported protocol version {hex} / tls: server selected TLS 1.3 using the legacy version field / tls: no supported versions satisfy MinVersion and MaxVersion / tls: protocol version not supported
S | no_shared_cipher | | tls: server chose an unconfigured cipher suite / tls: server selected unsupported group / tls: server selected unsupported curve / tls: no key exchanges supported by both client and server
R | handshake_failure @shake | | tls: handshake failure
S | handshake_failure weak_signature | | tls: certificate used with invalid signature algorithm
S | handshake_failure bad_signature | | tls: invalid signature by the server certificate:
S | handshake_failure | | tls: server's Finished message was incorrect / tls: received unexpected handshake message of type / tls: server did not send a key share / tls: unexpected message / tls: bad record MAC / tls: illegal parameter / local error: tls: bad record MAC / local error: tls: unexpected message
S | alpn | | tls: server selected unadvertised ALPN protocol / tls: server did not select an ALPN protocol
S | weak_key | | tls: server sent certificate containing RSA key larger than {n} bits / crypto/rsa: {n}-bit keys are insecure
S | malformed | | tls: server's certificate contains an unsupported type of public key
S | closed | | tls: use of closed connection / tls: unexpected EOF
R n | closed plain_http reset | | ": EOF / : EOF / unexpected EOF
M | client_cert_unreadable | | tls: private key does not match public key / tls: private key type does not match public key type
= The private key does not belong to the certificate.
M | client_cert_unreadable ca_file_unreadable | | tls: failed to find any PEM data in certificate input / tls: failed to find any PEM data in key input / tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched / tls: found a certificate rather than a key in the PEM for the private key / tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: / tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input / tls: failed to parse private key
S | client_cert_unreadable | | tls: no certificates configured / tls: neither Certificates, GetCertificate, nor GetConfigForClient set in Config
M n | timeout | | context deadline exceeded
S | timeout | | net/http: TLS handshake timeout / net/http: request canceled while waiting for connection / context deadline exceeded (Client.Timeout exceeded while awaiting headers) / Client.Timeout exceeded / dial tcp {host}:{port}: i/o timeout / dial tcp {host}:{port}: connect: connection timed out
M | refused | | dial tcp {host}:{port}: connect: connection refused
S | refused | | connectex: No connection could be made because the target machine actively refused it.
M | dns | | dial tcp: lookup {host}: no such host / dial tcp: lookup {host} on {word}:{n}: no such host / lookup {host}: no such host / lookup {host} on {any}: no such host / lookup {host} on {any}: server misbehaving / lookup {host}: Temporary failure in name resolution / lookup {host} on {any}: i/o timeout
M | reset | | read: connection reset by peer / write: connection reset by peer / wsarecv: An existing connection was forcibly closed by the remote host.
S | closed client_cert_required | | write: broken pipe
S | ca_file_unreadable | | unable to load root certificates: / unable to parse bytes as PEM block / could not read CA certificate / failed to append certificate
R t | | | remote error: tls:
`

// goServerTexts are what a server in Go writes about its clients.
const goServerTexts = `
M f | handshake_failure @shake | | http: TLS handshake error from {any}:{n}:
S | protocol_version | | tls: client offered only unsupported versions:
S | no_shared_cipher | | tls: no cipher suite supported by both client and server
S | client_cert_required | | tls: client didn't provide a certificate
S | client_cert_rejected unknown_root | | tls: failed to verify client certificate: / tls: failed to verify client's certificate:
S | plain_http | | client sent an HTTP request to an HTTPS server
S | alpn | | tls: client requested unsupported application protocols
S | protocol_version | | tls: client using inappropriate protocol fallback
S | no_shared_cipher | | tls: peer doesn't support any of the certificate's signature algorithms / tls: no ECDHE curve supported by both client and server / tls: no supported elliptic curves offered
S | unrecognized_name | | certificate is not valid for requested server name:
`
