package client

// gnutlsTexts are the sentences of GnuTLS about a certificate, and its errors.
const gnutlsTexts = `
M g | @verify hostname_mismatch ip_mismatch staple_missing revocation_unknown | | The certificate is NOT trusted.
M | unknown_root missing_intermediate self_signed self_signed_in_chain interception | | The certificate issuer is unknown.
M | issuer_not_ca | | The certificate issuer is not a CA.
M | weak_signature | | The certificate chain uses insecure algorithm.
M | not_yet_valid clock_skew | | The certificate chain uses not yet valid certificate.
M | expired expired_intermediate expired_root clock_skew | | The certificate chain uses expired certificate.
M | bad_signature | | The signature in the certificate is invalid.
M | hostname_mismatch ip_mismatch no_san | | The name in the certificate does not match the expected.
M | path_length name_constraint issuer_not_ca | | The certificate chain violates the signer's constraints.
M | unknown_critical | | The certificate contains an unknown critical extension.
S | revoked | | The certificate chain is revoked. / The certificate chain revoked. / The certificate was revoked via OCSP
S | staple_missing | | The certificate requires the server to include an OCSP status in its response, but the OCSP status is missing.
S | revocation_unknown | | The revocation or OCSP data are issued with a future date. / The revocation or OCSP data are old and have been superseded. / The received OCSP status response is invalid.
S | wrong_purpose | | The certificate chain does not match the intended purpose.
S | pin_mismatch | | The certificate doesn't match the local copy (TOFU).
M f | @verify hostname_mismatch ip_mismatch | -348 GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR | Error in the certificate verification.
M t | @verify hostname_mismatch ip_mismatch | | *** PKI verification of server certificate failed...
M g | @verify hostname_mismatch ip_mismatch staple_missing revocation_unknown | -43 GNUTLS_E_CERTIFICATE_ERROR | Error in the certificate.
M g | handshake_failure @shake client_cert_rejected alpn other | -12 GNUTLS_E_FATAL_ALERT_RECEIVED | A TLS fatal alert has been received.
M g | unrecognized_name other | -16 GNUTLS_E_WARNING_ALERT_RECEIVED | A TLS warning alert has been received.
M | plain_http wrong_protocol | -15 GNUTLS_E_UNEXPECTED_PACKET | An unexpected TLS packet was received.
M | closed | -110 GNUTLS_E_PREMATURE_TERMINATION | The TLS connection was non-properly terminated.
M | reset closed | -54 GNUTLS_E_PULL_ERROR | Error in the pull function.
S | closed reset | -53 GNUTLS_E_PUSH_ERROR | Error in the push function.
M | plain_http wrong_protocol | -9 GNUTLS_E_UNEXPECTED_PACKET_LENGTH | Error decoding the received TLS packet. / A TLS packet with unexpected length was received.
M | plain_http wrong_protocol | -417 GNUTLS_E_RECORD_OVERFLOW | A TLS record packet with invalid length was received.
S | protocol_version | -8 GNUTLS_E_UNSUPPORTED_VERSION_PACKET | A packet with illegal or unsupported version was received. / A record packet with illegal version was received.
S | no_shared_cipher protocol_version | -21 GNUTLS_E_UNKNOWN_CIPHER_SUITE | Could not negotiate a supported cipher suite.
S | no_shared_cipher | -87 GNUTLS_E_NO_CIPHER_SUITES | No supported cipher suites have been found.
S | no_shared_cipher | -423 GNUTLS_E_NO_COMMON_KEY_SHARE | No common key share with peer.
S | no_shared_cipher | -321 GNUTLS_E_ECC_NO_SUPPORTED_CURVES | No supported ECC curves were found
S | weak_key | -63 GNUTLS_E_DH_PRIME_UNACCEPTABLE | The Diffie-Hellman prime sent by the server is not acceptable (not long enough).
S | handshake_failure | -19 GNUTLS_E_UNEXPECTED_HANDSHAKE_PACKET | An unexpected TLS handshake packet was received.
S | handshake_failure | -89 GNUTLS_E_PK_SIG_VERIFY_FAILED | Public key signature verification has failed.
S | handshake_failure | -24 GNUTLS_E_DECRYPTION_FAILED | Decryption has failed.
S | handshake_failure | -55 GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER | An illegal parameter has been received.
S | handshake_failure | -59 GNUTLS_E_INTERNAL_ERROR | GnuTLS internal error.
S | closed client_cert_required | -10 GNUTLS_E_INVALID_SESSION | The specified session has been invalidated for some reason. / The specified session has been invalidated for some reason..
S | client_cert_required | -112 GNUTLS_E_CERTIFICATE_REQUIRED | Certificate is required.
S | client_cert_required no_shared_cipher | -49 GNUTLS_E_NO_CERTIFICATE_FOUND | No certificate was found. / The peer did not send any certificate.
S | alpn | -344 GNUTLS_E_NO_APPLICATION_PROTOCOL | No common application protocol could be negotiated.
S | wrong_purpose | -48 GNUTLS_E_KEY_USAGE_VIOLATION | Key usage violation in certificate has been detected. / Peer's certificate does not allow encryption. Key usage violation detected.
S | weak_signature no_shared_cipher | -106 GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM | The signature algorithm is not supported.
S | weak_signature weak_key | -217 GNUTLS_E_INSUFFICIENT_SECURITY | One of the involved algorithms has insufficient security level.
S n | timeout | -319 GNUTLS_E_TIMEDOUT | The operation timed out
M | revocation_unknown ca_file_unreadable | -426 GNUTLS_E_CRL_VERIFICATION_ERROR | Error in the CRL verification.
M f | ca_file_unreadable | | Error setting the x509 CRL file:
S | client_cert_unreadable | -60 GNUTLS_E_CERTIFICATE_KEY_MISMATCH | The certificate and the given key do not match.
S | client_cert_unreadable | -64 GNUTLS_E_FILE_ERROR | Error while reading file.
S | client_cert_unreadable | -207 GNUTLS_E_BASE64_UNEXPECTED_HEADER_ERROR | Base64 unexpected header error.
S | malformed | -34 GNUTLS_E_BASE64_DECODING_ERROR | Base64 decoding error.
S | unrecognized_name | -294 GNUTLS_E_UNRECOGNIZED_NAME | The SNI host name not recognised.
S | expired not_yet_valid | -29 GNUTLS_E_EXPIRED | The session or certificate has expired.
S | unknown_critical | -47 GNUTLS_E_X509_UNSUPPORTED_CRITICAL_EXTENSION | Unsupported critical extension in X.509 certificate.
S | closed | -328 GNUTLS_E_SESSION_EOF | Peer has terminated the connection
S | protocol_version | -347 GNUTLS_E_INAPPROPRIATE_FALLBACK | A connection with inappropriate fallback was attempted.
S | handshake_failure | -108 GNUTLS_E_UNSAFE_RENEGOTIATION_DENIED | Unsafe renegotiation denied. / Safe renegotiation failed.
S | client_cert_unreadable | | Error loading cert/key file / Error reading cert file
M f | @shake @verify | | *** Fatal error: / *** Handshake has failed / TLS client handshake failed / Could not connect to {host}:{port}:
S | ca_file_unreadable | | Error setting the x509 trust file
`
