package client

// dotnetTexts are the errors of .NET and PowerShell. The flags of a chain
// (X509ChainStatusFlags) stand behind the sentence that they belong to.
const dotnetTexts = `
W f | @verify @shake | | The SSL connection could not be established, see inner exception. / The SSL connection could not be established, see inner exception / System.Net.Http.HttpRequestException:
W f | @verify hostname_mismatch | | System.Security.Authentication.AuthenticationException: / ---> System.Security.Authentication.AuthenticationException:
W g | @verify hostname_mismatch | | The remote certificate is invalid according to the validation procedure / The remote certificate was rejected by the provided RemoteCertificateValidationCallback / The remote certificate is invalid because of errors in the certificate chain
W | hostname_mismatch ip_mismatch no_san | | The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch
W | hostname_mismatch unknown_root self_signed | | The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch, RemoteCertificateChainErrors
W | unknown_root @verify | | The remote certificate is invalid according to the validation procedure: RemoteCertificateChainErrors
W | handshake_failure closed | | The remote certificate is invalid according to the validation procedure: RemoteCertificateNotAvailable
R | @verify hostname_mismatch ip_mismatch | | The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel
R | protocol_version no_shared_cipher handshake_failure client_cert_required | | The request was aborted: Could not create SSL/TLS secure channel / Could not create SSL/TLS secure channel
R | protocol_version closed | | The underlying connection was closed: An unexpected error occurred on a send
R | closed plain_http | | Received an unexpected EOF or 0 bytes from the transport stream / Authentication failed because the remote party has closed the transport stream
R | plain_http wrong_protocol | | Cannot determine the frame size or a corrupted frame was received / The handshake failed due to an unexpected packet format
R | protocol_version no_shared_cipher | | The client and server cannot communicate, because they do not possess a common algorithm
R | client_cert_unreadable | | The credentials supplied to the package were not recognized / The server mode SSL must use a certificate with the associated private key / Keyset does not exist
R | client_cert_unreadable | | The specified network password is not correct
R f | handshake_failure @verify @shake | | SSL Handshake failed with OpenSSL error - SSL_ERROR_SSL
R f | | | OpenSslCryptographicException: / Interop.OpenSsl.SslException / System.Net.WebException: / System.ComponentModel.Win32Exception ({hex}):
R | timeout | | System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout / System.Net.WebException: The operation has timed out
R | refused | | No connection could be made because the target machine actively refused it / System.Net.Sockets.SocketException (111): Connection refused / System.Net.Sockets.SocketException (10061)
R | dns | | No such host is known / The remote name could not be resolved: '{host}' / nodename nor servname provided, or not known
R | reset | | An existing connection was forcibly closed by the remote host / Unable to read data from the transport connection: Connection reset by peer
`

// dotnetFlags are the flags of X509ChainStatusFlags, as they stand behind the
// sentence about errors in the certificate chain, alone or in a list.
const dotnetFlags = `
W | expired not_yet_valid expired_intermediate clock_skew | NotTimeValid 0x1 |
R x | expired | NotTimeNested 0x2 |
W | revoked | Revoked 0x4 |
R | bad_signature | NotSignatureValid 0x8 |
R | wrong_purpose | NotValidForUsage 0x10 |
W | unknown_root self_signed self_signed_in_chain interception | UntrustedRoot 0x20 |
W | revocation_unknown | RevocationStatusUnknown 0x40 |
R | malformed | Cyclic 0x80 |
R | malformed | InvalidExtension 0x100 |
R | other | InvalidPolicyConstraints 0x200 |
R | issuer_not_ca path_length | InvalidBasicConstraints 0x400 |
R | name_constraint | InvalidNameConstraints 0x800 |
R | name_constraint | HasNotSupportedNameConstraint 0x1000 |
R | name_constraint | HasNotDefinedNameConstraint 0x2000 |
R | name_constraint | HasNotPermittedNameConstraint 0x4000 |
R | name_constraint | HasExcludedNameConstraint 0x8000 |
W | missing_intermediate unknown_root interception | PartialChain 0x10000 |
R | other | CtlNotTimeValid 0x20000 |
R | other | CtlNotSignatureValid 0x40000 |
R | other | CtlNotValidForUsage 0x80000 |
R | weak_signature | HasWeakSignature 0x100000 |
W | revocation_unknown | OfflineRevocation 0x1000000 |
R | other | NoIssuanceChainPolicy 0x2000000 |
R | distrusted | ExplicitDistrust 0x4000000 |
R | unknown_critical | HasNotSupportedCriticalExtension 0x8000000 |
`

// dotnetWrappers are the tools on .NET that pass these errors on.
const dotnetWrappers = `
R f | | nuget | error NU1301: / NU1301: Unable to load the service index for source / Unable to load the service index for source https://{host}/
R f | | powershell | Invoke-WebRequest : / Invoke-RestMethod : / Invoke-WebRequest: / Invoke-RestMethod:
`
