package client

// rustTexts are the errors of rustls and of what is built on it, and on
// native-tls: cargo, reqwest, ureq, uv, Deno, linkerd.
const rustTexts = `
S f | @verify hostname_mismatch | | invalid peer certificate: / invalid certificate: / InvalidCertificateData("invalid peer certificate: / InvalidCertificate(
@ from 0.23.16 on
S | hostname_mismatch no_san | | certificate not valid for name "{host}"; certificate is only valid for {rest} / certificate not valid for name "{host}"; certificate is not valid for any names (according to its subjectAltName extension) / certificate not valid for name "{host}"
S | expired expired_intermediate clock_skew | | certificate expired: verification time {time} (UNIX), but certificate is not valid after {time} ({n} seconds ago)
S | not_yet_valid clock_skew | | certificate not valid yet: verification time {time} (UNIX), but certificate is not valid before {time} ({n} seconds in future)
S | revocation_unknown | | certificate revocation list expired:
S | wrong_purpose | | certificate does not allow extended key usage for
@
S | plain_http wrong_protocol | | received corrupt message of type InvalidContentType / received corrupt message
S | no_shared_cipher protocol_version | | peer is incompatible: NoCipherSuitesInCommon / peer is incompatible: no cipher suites in common / NoCipherSuitesInCommon
S | protocol_version | | peer is incompatible: ServerDoesNotSupportTls12Or13 / peer is incompatible: ServerTlsVersionIsDisabled / ServerDoesNotSupportTls12Or13
S | no_shared_cipher | | peer is incompatible: NoKxGroupsInCommon / peer is incompatible: NoSignatureSchemesInCommon / peer is incompatible: NoEcPointFormatsInCommon
S | handshake_failure | | peer is incompatible: / peer misbehaved:
S | unrecognized_name | | received fatal alert: UnrecognisedName
S | handshake_failure | | peer sent no certificates
S | alpn | | peer doesn't support any known protocol
R n | closed | | unexpected end of file
R | closed | | peer closed connection without sending TLS close_notify / tls handshake eof
R | client_cert_required | | NoCertificatesPresented
R f | | | error sending request for url (https://{host}/ / error trying to connect: / hyper::Error(Connect, / reqwest::Error {
R | dns | | dns error: failed to lookup address information
R | refused | | tcp connect error: Connection refused / tcp connect error
R | ca_file_unreadable | | no native root CA certificates found / failed to load native root certificates
`

// rustlsErrors are the variants of rustls's CertificateError, and of webpki's
// Error, as they stand behind "invalid peer certificate:".
const rustlsErrors = `
S | malformed | BadEncoding |
S | expired expired_intermediate clock_skew | Expired |
S | not_yet_valid clock_skew | NotValidYet |
S | not_yet_valid clock_skew | NotYetValid |
S | revoked | Revoked |
S | unknown_critical | UnhandledCriticalExtension |
S | unknown_root missing_intermediate self_signed self_signed_in_chain interception | UnknownIssuer |
S | revocation_unknown | UnknownRevocationStatus |
S | revocation_unknown | ExpiredRevocationList |
S | bad_signature | BadSignature |
S | hostname_mismatch ip_mismatch no_san | NotValidForName |
S | wrong_purpose | InvalidPurpose |
S | @verify | ApplicationVerificationFailure |
S | wrong_purpose self_signed | CaUsedAsEndEntity |
S | issuer_not_ca | EndEntityUsedAsCa |
S | expired expired_intermediate clock_skew | CertExpired |
S | not_yet_valid clock_skew | CertNotValidYet |
S | hostname_mismatch ip_mismatch no_san | CertNotValidForName |
S | revoked | CertRevoked |
S | malformed | BadDer |
S | malformed | BadDerTime |
S | malformed | ExtensionValueInvalid |
S | malformed | InvalidCertValidity |
S | malformed | InvalidSerialNumber |
S | malformed | MalformedDnsIdentifier |
S | malformed | MalformedExtensions |
S | malformed | MalformedNameConstraint |
S | malformed | TrailingData |
S | malformed | UnsupportedCertVersion |
= A certificate is X.509 version 1 or 2, which webpki does not take. It was most likely made with openssl without extensions.
S | name_constraint | InvalidNetworkMaskConstraint |
S | name_constraint | NameConstraintViolation |
S | name_constraint | MaximumNameConstraintComparisonsExceeded |
S | @verify | MaximumSignatureChecksExceeded |
S | path_length | PathLenConstraintViolated |
S | path_length | MaximumPathDepthExceeded |
S | wrong_purpose | RequiredEkuNotFound |
S | bad_signature | InvalidSignatureForPublicKey |
S | malformed | SignatureAlgorithmMismatch |
S | unknown_critical | UnsupportedCriticalExtension |
S | weak_signature weak_key | UnsupportedSignatureAlgorithm |
S | weak_signature weak_key | UnsupportedSignatureAlgorithmForPublicKey |
S | revocation_unknown | InvalidCrlNumber |
S | revocation_unknown | InvalidCrlSignatureForPublicKey |
S | revocation_unknown | IssuerNotCrlSigner |
S | revocation_unknown | UnsupportedCrlVersion |
`

// rustWrappers are the programs on it.
const rustWrappers = `
R f | | cargo | [60] SSL peer certificate or SSH remote key was not OK / [35] SSL connect error / [77] Problem with the SSL CA cert / failed to download from / spurious network error ({any}): / error: failed to get
R f | | uv | error: Request failed after {n} retries
R f | | deno | error: Import 'https://{host}/ / error sending request from
R f | | rustup | error: could not download file from 'https://{host}/
R f | | linkerd | linkerd_app
R f | handshake_failure @verify @shake | dart | HandshakeException: Handshake error in client
`
