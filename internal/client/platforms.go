package client

// appleErrors are the OSStatus numbers of Secure Transport and of the Security
// framework.
const appleErrors = `
W | plain_http handshake_failure wrong_protocol | -9800 errSSLProtocol |
W | no_shared_cipher | -9801 errSSLNegotiation |
W | handshake_failure | -9802 errSSLFatalAlert |
W | other | -9803 errSSLWouldBlock |
W | other | -9804 errSSLSessionNotFound |
W | closed | -9805 errSSLClosedGraceful |
W | closed | -9806 errSSLClosedAbort |
W | unknown_root missing_intermediate self_signed @verify | -9807 errSSLXCertChainInvalid |
W | malformed @verify | -9808 errSSLBadCert |
W | handshake_failure | -9809 errSSLCrypto |
W | other | -9810 errSSLInternal |
W | other | -9811 errSSLModuleAttach |
W | unknown_root interception self_signed | -9812 errSSLUnknownRootCert |
W | unknown_root missing_intermediate | -9813 errSSLNoRootCert |
W | expired expired_intermediate clock_skew | -9814 errSSLCertExpired |
W | not_yet_valid clock_skew | -9815 errSSLCertNotYetValid |
W | closed | -9816 errSSLClosedNoNotify |
W | other | -9817 errSSLBufferOverflow |
W | no_shared_cipher | -9818 errSSLBadCipherSuite |
W | handshake_failure | -9819 errSSLPeerUnexpectedMsg |
W | handshake_failure | -9820 errSSLPeerBadRecordMac |
W | handshake_failure | -9821 errSSLPeerDecryptionFail |
W | handshake_failure | -9822 errSSLPeerRecordOverflow |
W | handshake_failure | -9823 errSSLPeerDecompressFail |
W | handshake_failure no_shared_cipher client_cert_required | -9824 errSSLPeerHandshakeFail |
W | client_cert_rejected client_cert_required | -9825 errSSLPeerBadCert |
W | client_cert_rejected | -9826 errSSLPeerUnsupportedCert |
W | client_cert_rejected | -9827 errSSLPeerCertRevoked |
W | client_cert_rejected | -9828 errSSLPeerCertExpired |
W | client_cert_rejected client_cert_required | -9829 errSSLPeerCertUnknown |
W | handshake_failure | -9830 errSSLIllegalParam |
W | client_cert_rejected | -9831 errSSLPeerUnknownCA |
W | client_cert_rejected | -9832 errSSLPeerAccessDenied |
W | handshake_failure | -9833 errSSLPeerDecodeError |
W | handshake_failure | -9834 errSSLPeerDecryptError |
W | no_shared_cipher | -9835 errSSLPeerExportRestriction |
W | protocol_version | -9836 errSSLPeerProtocolVersion |
W | no_shared_cipher | -9837 errSSLPeerInsufficientSecurity |
W | handshake_failure unrecognized_name | -9838 errSSLPeerInternalError |
W | other | -9839 errSSLPeerUserCancelled |
W | other | -9840 errSSLPeerNoRenegotiation |
W | other | -9841 errSSLPeerAuthCompleted |
W | client_cert_required | -9842 errSSLClientCertRequested |
W | hostname_mismatch ip_mismatch no_san | -9843 errSSLHostNameMismatch |
W | refused | -9844 errSSLConnectionRefused |
W | handshake_failure | -9845 errSSLDecryptionFail |
W | handshake_failure | -9846 errSSLBadRecordMac |
W | handshake_failure plain_http | -9847 errSSLRecordOverflow |
W | other | -9848 errSSLBadConfiguration |
W | handshake_failure plain_http | -9849 errSSLUnexpectedRecord |
W | weak_key | -9850 errSSLWeakPeerEphemeralDHKey |
W | other | -9851 errSSLClientHelloReceived |
W | reset | -9852 errSSLTransportReset |
W | timeout | -9853 errSSLNetworkTimeout |
W | other | -9854 errSSLConfigurationFailed |
W | handshake_failure | -9855 errSSLUnsupportedExtension |
W | handshake_failure | -9856 errSSLUnexpectedMessage |
W | handshake_failure | -9857 errSSLDecompressFail |
W | handshake_failure @shake | -9858 errSSLHandshakeFail |
W | handshake_failure | -9859 errSSLDecodeError |
W | protocol_version | -9860 errSSLInappropriateFallback |
W | handshake_failure | -9861 errSSLMissingExtension |
W | revocation_unknown | -9862 errSSLBadCertificateStatusResponse |
W | client_cert_required | -9863 errSSLCertificateRequired |
W | handshake_failure | -9864 errSSLUnknownPSKIdentity |
W | unrecognized_name | -9865 errSSLUnrecognizedName |
W | weak_key weak_signature protocol_version | -9880 errSSLATSViolation |
W | protocol_version | -9881 errSSLATSMinimumVersionViolation |
W | no_shared_cipher | -9882 errSSLATSCiphersuiteViolation |
W | weak_key | -9883 errSSLATSMinimumKeySizeViolation |
W | weak_signature | -9884 errSSLATSLeafCertificateHashAlgorithmViolation |
W | weak_signature | -9885 errSSLATSCertificateHashAlgorithmViolation |
W | unknown_root @verify | -67843 errSecNotTrusted |
W | @verify | -67808 errSecVerifyFailed |
R | expired clock_skew | -67818 errSecCertificateExpired |
R | revoked | -67820 errSecCertificateRevoked |
R | hostname_mismatch no_san | -67602 errSecHostNameMismatch |
R | @verify | -25318 errSecCreateChainFailed |
R | malformed | -67901 errSecCertificateValidityPeriodTooLong |
`

// nsurlErrors are the errors of NSURLErrorDomain, of all that uses Apple's
// Foundation, and of React Native and Flutter there.
const nsurlErrors = `
R | handshake_failure @verify @shake | -1200 NSURLErrorSecureConnectionFailed | An SSL error has occurred and a secure connection to the server cannot be made.
R | expired not_yet_valid clock_skew | -1201 NSURLErrorServerCertificateHasBadDate |
R | @verify hostname_mismatch ip_mismatch | -1202 NSURLErrorServerCertificateUntrusted | The certificate for this server is invalid. You might be connecting to a server that is pretending to be "{host}" / The certificate for this server is invalid.
R | unknown_root self_signed interception missing_intermediate | -1203 NSURLErrorServerCertificateHasUnknownRoot |
R | not_yet_valid clock_skew | -1204 NSURLErrorServerCertificateNotYetValid |
R | client_cert_rejected | -1205 NSURLErrorClientCertificateRejected |
R | client_cert_required | -1206 NSURLErrorClientCertificateRequired |
R | timeout | -1001 NSURLErrorTimedOut |
R | dns | -1003 NSURLErrorCannotFindHost | A server with the specified hostname could not be found.
R | refused timeout | -1004 NSURLErrorCannotConnectToHost | Could not connect to the server.
R | closed reset | -1005 NSURLErrorNetworkConnectionLost |
R | protocol_version plain_http | -1022 NSURLErrorAppTransportSecurityRequiresSecureConnection | The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.
`

// appleTexts are what Safari and Apple's tools say in words.
const appleTexts = `
R f | @verify hostname_mismatch | | This Connection Is Not Private / Safari can't verify the identity of the website / NSURLSession/NSURLConnection HTTP load failed (kCFStreamErrorDomainSSL, / CFNetwork SSLHandshake failed ( / boringssl_context_handle_fatal_alert / Error Domain=NSURLErrorDomain Code= / NSURLErrorDomain error
R | handshake_failure @verify | | Safari can't establish a secure connection to the server '{host}' / Safari can't open the page because Safari can't establish a secure connection to the server
R | unknown_root self_signed interception | | " certificate is not trusted
`

// windowsErrors are the codes of Schannel and of Windows' path checks, with the
// sentences of Windows.
const windowsErrors = `
S | other | 0x80090300 SEC_E_INSUFFICIENT_MEMORY |
S | other | 0x80090302 SEC_E_UNSUPPORTED_FUNCTION |
S | hostname_mismatch | 0x80090303 SEC_E_TARGET_UNKNOWN |
S | handshake_failure | 0x80090304 SEC_E_INTERNAL_ERROR | The Local Security Authority cannot be contacted
W | plain_http wrong_protocol handshake_failure | 0x80090308 SEC_E_INVALID_TOKEN | The token supplied to the function is invalid
S | client_cert_unreadable | 0x8009030E SEC_E_NO_CREDENTIALS | No credentials are available in the security package
S | client_cert_unreadable | 0x8009030D SEC_E_UNKNOWN_CREDENTIALS | The credentials supplied to the package were not recognized
S | handshake_failure bad_signature | 0x8009030F SEC_E_MESSAGE_ALTERED | The message or signature supplied for verification has been altered
S | other | 0x80090311 SEC_E_NO_AUTHENTICATING_AUTHORITY |
S | closed | 0x80090317 SEC_E_CONTEXT_EXPIRED |
S | closed | 0x80090318 SEC_E_INCOMPLETE_MESSAGE | The supplied message is incomplete. The signature was not verified.
S | client_cert_required | 0x80090320 SEC_E_INCOMPLETE_CREDENTIALS | The credentials supplied were not complete, and could not be verified.
S | other | 0x80090321 SEC_E_BUFFER_TOO_SMALL |
S | hostname_mismatch ip_mismatch no_san | 0x80090322 SEC_E_WRONG_PRINCIPAL | The target principal name is incorrect.
W | unknown_root self_signed missing_intermediate interception | 0x80090325 SEC_E_UNTRUSTED_ROOT | The certificate chain was issued by an authority that is not trusted.
S | handshake_failure @shake | 0x80090326 SEC_E_ILLEGAL_MESSAGE | The message received was unexpected or badly formatted. / This error usually occurs when a fatal SSL/TLS alert is received (e.g. handshake failed).
S | @verify | 0x80090327 SEC_E_CERT_UNKNOWN | An unknown error occurred while processing the certificate.
S | expired expired_intermediate clock_skew | 0x80090328 SEC_E_CERT_EXPIRED | The received certificate has expired.
S | handshake_failure | 0x80090330 SEC_E_DECRYPT_FAILURE | The specified data could not be decrypted.
S | no_shared_cipher protocol_version | 0x80090331 SEC_E_ALGORITHM_MISMATCH | The client and server cannot communicate, because they do not possess a common algorithm.
S | other | 0x80090332 SEC_E_SECURITY_QOS_FAILED |
S | wrong_purpose | 0x80090349 SEC_E_CERT_WRONG_USAGE |
S | unknown_root | 0x80090352 SEC_E_ISSUING_CA_UNTRUSTED |
S | revocation_unknown | 0x80090353 SEC_E_REVOCATION_OFFLINE_C |
S | alpn | 0x80090367 SEC_E_APPLICATION_PROTOCOL_MISMATCH |
R | pin_mismatch | 0x80090346 SEC_E_BAD_BINDINGS |
W | revoked | 0x80092010 CRYPT_E_REVOKED | The certificate is revoked.
S | revocation_unknown | 0x80092011 CRYPT_E_NO_REVOCATION_DLL |
W | revocation_unknown interception | 0x80092012 CRYPT_E_NO_REVOCATION_CHECK | The revocation function was unable to check revocation for the certificate.
? It leaves open whether the certificate names no place to ask, or whether something on the way re-signs connections: certificates of proxies and anti-virus programs name none.
W | revocation_unknown | 0x80092013 CRYPT_E_REVOCATION_OFFLINE | The revocation function was unable to check revocation because the revocation server was offline.
S | revocation_unknown | 0x80092014 CRYPT_E_NOT_IN_REVOCATION_DATABASE |
R | client_cert_unreadable | 0x80092004 CRYPT_E_NOT_FOUND |
S | malformed | 0x8009310B CRYPT_E_ASN1_BADTAG |
S | malformed | 0x80093102 CRYPT_E_ASN1_EOD |
S | bad_signature weak_signature | 0x80096004 TRUST_E_CERT_SIGNATURE | The signature of the certificate cannot be verified
S | issuer_not_ca | 0x80096019 TRUST_E_BASIC_CONSTRAINTS |
S | malformed | 0x800B0100 TRUST_E_NOSIGNATURE |
S | @verify | 0x800B010B TRUST_E_FAIL |
S | distrusted | 0x800B0111 TRUST_E_EXPLICIT_DISTRUST |
S | expired not_yet_valid expired_intermediate clock_skew | 0x800B0101 CERT_E_EXPIRED | A required certificate is not within its validity period
S x | expired | 0x800B0102 CERT_E_VALIDITYPERIODNESTING |
S | issuer_not_ca wrong_purpose | 0x800B0103 CERT_E_ROLE |
S | path_length | 0x800B0104 CERT_E_PATHLENCONST |
S | unknown_critical | 0x800B0105 CERT_E_CRITICAL |
S | wrong_purpose | 0x800B0106 CERT_E_PURPOSE |
S | missing_intermediate unknown_root | 0x800B0107 CERT_E_ISSUERCHAINING |
S | malformed | 0x800B0108 CERT_E_MALFORMED |
S | unknown_root self_signed self_signed_in_chain interception | 0x800B0109 CERT_E_UNTRUSTEDROOT | A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider.
S | missing_intermediate unknown_root interception | 0x800B010A CERT_E_CHAINING | A certificate chain could not be built to a trusted root authority.
S | revoked | 0x800B010C CERT_E_REVOKED |
S | unknown_root | 0x800B010D CERT_E_UNTRUSTEDTESTROOT |
S | revocation_unknown | 0x800B010E CERT_E_REVOCATION_FAILURE |
S | hostname_mismatch ip_mismatch no_san | 0x800B010F CERT_E_CN_NO_MATCH | The certificate's CN name does not match the passed value.
S | wrong_purpose | 0x800B0110 CERT_E_WRONG_USAGE | The certificate is not valid for the requested usage.
S | unknown_root distrusted | 0x800B0112 CERT_E_UNTRUSTEDCA |
S | other | 0x800B0113 CERT_E_INVALID_POLICY |
S | hostname_mismatch name_constraint | 0x800B0114 CERT_E_INVALID_NAME |
`

// windowsTexts are what else Windows says, above all Schannel in the event log.
const windowsTexts = `
S | unknown_root self_signed missing_intermediate interception | | CERT_TRUST_IS_UNTRUSTED_ROOT
S | missing_intermediate unknown_root interception | | CERT_TRUST_IS_PARTIAL_CHAIN
S | expired not_yet_valid expired_intermediate clock_skew | | CERT_TRUST_IS_NOT_TIME_VALID
S | revoked | | CERT_TRUST_IS_REVOKED
S | revocation_unknown interception | | CERT_TRUST_REVOCATION_STATUS_UNKNOWN
R f | handshake_failure | | A fatal alert was received from the remote endpoint. / A fatal alert was generated and sent to the remote endpoint. / A fatal error occurred while creating a TLS client credential. / An TLS 1.2 connection request was received from a remote client application, but none of the cipher suites
R | unknown_root self_signed | | The certificate received from the remote server was issued by an untrusted certificate authority. / This certificate cannot be verified up to a trusted certification authority / The security certificate presented by this website was not issued by a trusted certificate authority.
R | hostname_mismatch no_san | | The certificate received from the remote server does not contain the expected name. / The security certificate presented by this website was issued for a different website's address.
R | expired not_yet_valid | | The certificate received from the remote server has either expired or is not yet valid. / The security certificate presented by this website has expired or is not yet valid.
R | revoked | | The certificate received from the remote server has been revoked.
R | unknown_root @verify | | The remote certificate has errors: / Event 36882
`
