package client

// chromeErrors are the network errors of Chromium that have to do with TLS and
// the connection below it, of Chrome, Edge, Opera, Electron and Android's WebView.
// The page says NET:: before those about certificates.
const chromeErrors = `
S | hostname_mismatch no_san ip_mismatch | ERR_CERT_COMMON_NAME_INVALID -200 |
S | expired not_yet_valid clock_skew expired_intermediate | ERR_CERT_DATE_INVALID -201 | Your clock is behind / Your clock is ahead
S | unknown_root self_signed missing_intermediate self_signed_in_chain interception | ERR_CERT_AUTHORITY_INVALID -202 |
? It leaves open whether the root is private, the certificate self-signed, an intermediate missing that could not be fetched either, or something on the way re-signs connections. Chrome fetches missing intermediates by itself where the certificate names a place, so a missing one is less likely than with other clients.
S | @verify | ERR_CERT_CONTAINS_ERRORS -203 |
S | revocation_unknown | ERR_CERT_NO_REVOCATION_MECHANISM -204 |
S | revocation_unknown | ERR_CERT_UNABLE_TO_CHECK_REVOCATION -205 |
S | revoked | ERR_CERT_REVOKED -206 |
S | malformed path_length wrong_purpose unknown_critical issuer_not_ca bad_signature | ERR_CERT_INVALID -207 |
S | weak_signature | ERR_CERT_WEAK_SIGNATURE_ALGORITHM -208 |
S | hostname_mismatch | ERR_CERT_NON_UNIQUE_NAME -210 |
= A public CA issued the certificate for a name that is not unique on the Internet, as in an internal host name.
S | weak_key | ERR_CERT_WEAK_KEY -211 |
S | name_constraint | ERR_CERT_NAME_CONSTRAINT_VIOLATION -212 |
S | malformed | ERR_CERT_VALIDITY_TOO_LONG -213 |
= The certificate is valid for longer than the rules for public CAs allow (398 days since September 2020, 200 since March 2026).
S | ct_required | ERR_CERTIFICATE_TRANSPARENCY_REQUIRED -214 |
S | distrusted | ERR_CERT_SYMANTEC_LEGACY -215 |
S | interception | ERR_CERT_KNOWN_INTERCEPTION_BLOCKED -217 |
S | protocol_version | ERR_SSL_OBSOLETE_VERSION -218 |
R | self_signed | ERR_CERT_SELF_SIGNED_LOCAL_NETWORK -219 |
S | plain_http handshake_failure protocol_version wrong_protocol | ERR_SSL_PROTOCOL_ERROR -107 | sent an invalid response.
S | client_cert_required | ERR_SSL_CLIENT_AUTH_CERT_NEEDED -110 |
S | client_cert_required client_cert_rejected | ERR_BAD_SSL_CLIENT_AUTH_CERT -117 | didn't accept your login certificate, or one may not have been provided.
S | protocol_version no_shared_cipher | ERR_SSL_VERSION_OR_CIPHER_MISMATCH -113 | uses an unsupported protocol. / The client and server don't support a common SSL protocol version or cipher suite.
S | handshake_failure | ERR_SSL_RENEGOTIATION_REQUESTED -114 |
S | handshake_failure | ERR_SSL_DECOMPRESSION_FAILURE_ALERT -125 |
S | handshake_failure | ERR_SSL_BAD_RECORD_MAC_ALERT -126 |
S | handshake_failure client_cert_rejected | ERR_SSL_DECRYPT_ERROR_ALERT -153 |
S | unrecognized_name | ERR_SSL_UNRECOGNIZED_NAME_ALERT -159 |
S | client_cert_unreadable | ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED -134 |
S | client_cert_unreadable | ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY -135 |
S | client_cert_unreadable | ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED -141 |
S | client_cert_unreadable | ERR_SSL_CLIENT_AUTH_CERT_BAD_FORMAT -164 |
S | client_cert_rejected no_shared_cipher | ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS -177 |
S | @verify | ERR_PROXY_CERTIFICATE_INVALID -136 |
= It is the certificate of the proxy that was refused, not that of the site.
S | pin_mismatch | ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN -150 |
S | malformed | ERR_SSL_SERVER_CERT_CHANGED -156 |
S | malformed | ERR_SSL_SERVER_CERT_BAD_FORMAT -167 |
S | no_shared_cipher | ERR_SSL_OBSOLETE_CIPHER -172 |
S | interception protocol_version | ERR_TLS13_DOWNGRADE_DETECTED -180 |
S | wrong_purpose | ERR_SSL_KEY_USAGE_INCOMPATIBLE -181 |
= The key usage of the certificate lacks what the handshake needs: digitalSignature, or keyEncipherment for RSA key exchange.
S | handshake_failure | ERR_ECH_NOT_NEGOTIATED -183 |
S | @verify hostname_mismatch | ERR_ECH_FALLBACK_CERTIFICATE_INVALID -184 |
S | handshake_failure | ERR_QUIC_PROTOCOL_ERROR -356 |
S | handshake_failure | ERR_QUIC_HANDSHAKE_FAILED -358 |
S | unknown_root interception | ERR_QUIC_CERT_ROOT_NOT_KNOWN -380 |
S | no_shared_cipher | ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY -360 |
S | alpn | ERR_ALPN_NEGOTIATION_FAILED -122 |
S | closed | ERR_CONNECTION_CLOSED -100 | unexpectedly closed the connection.
S | reset closed | ERR_CONNECTION_RESET -101 | The connection was reset.
S | refused | ERR_CONNECTION_REFUSED -102 | refused to connect.
S | closed | ERR_CONNECTION_ABORTED -103 |
S | refused timeout | ERR_CONNECTION_FAILED -104 |
S | dns | ERR_NAME_NOT_RESOLVED -105 |
S | timeout | ERR_CONNECTION_TIMED_OUT -118 | took too long to respond.
S | timeout | ERR_TIMED_OUT -7 |
S | closed plain_http | ERR_EMPTY_RESPONSE -324 | didn't send any data.
S | dns | DNS_PROBE_FINISHED_NXDOMAIN | server IP address could not be found.
S | refused | ERR_ADDRESS_UNREACHABLE -109 |
`

// chromeTexts are what Chromium says in words.
const chromeTexts = `
R f | @verify hostname_mismatch | | Your connection is not private / Your connection isn't private / Attackers might be trying to steal your information from {host} (for example / handshake failed; returned -1, SSL error code {n}, net_error
R f | plain_http handshake_failure protocol_version no_shared_cipher wrong_protocol client_cert_required | | This site can't provide a secure connection
`

// firefoxErrors are the errors of NSS and of Mozilla's path checks, of Firefox,
// Thunderbird and all that is built on NSS, with the sentences of Firefox. The
// numbers are those of NSS.
const firefoxErrors = `
M | hostname_mismatch no_san ip_mismatch | SSL_ERROR_BAD_CERT_DOMAIN -12276 | Unable to communicate securely with peer: requested domain name does not match the server's certificate.
M | expired clock_skew | SEC_ERROR_EXPIRED_CERTIFICATE -8181 | Peer's Certificate has expired.
M | expired_intermediate expired_root clock_skew | SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE -8162 | The certificate issuer's certificate has expired. Check your system date and time.
S | not_yet_valid clock_skew | MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE | The server presented a certificate that is not yet valid.
S | not_yet_valid clock_skew | MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE | A certificate that is not yet valid was used to issue the server's certificate.
M x | malformed | SEC_ERROR_INVALID_TIME -8184 | Improperly formatted time string.
M | unknown_root missing_intermediate interception self_signed_in_chain | SEC_ERROR_UNKNOWN_ISSUER -8179 | Peer's Certificate issuer is not recognized.
? It leaves open whether the root is private, whether the server left out an intermediate that Firefox has not seen before, or whether something on the way re-signs connections.
M | unknown_root interception self_signed_in_chain | SEC_ERROR_UNTRUSTED_ISSUER -8172 | Peer's certificate issuer has been marked as not trusted by the user.
M | distrusted | SEC_ERROR_UNTRUSTED_CERT -8171 | Peer's certificate has been marked as not trusted by the user.
S | self_signed | MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT | The certificate is not trusted because it is self-signed.
R | interception | MOZILLA_PKIX_ERROR_MITM_DETECTED |
M | issuer_not_ca | SEC_ERROR_CA_CERT_INVALID -8156 | Issuer certificate is invalid.
S | wrong_purpose self_signed | MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY | The server uses a certificate with a basic constraints extension identifying it as a certificate authority.
S | issuer_not_ca | MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA | An X.509 version 1 certificate that is not a trust anchor was used to issue the server's certificate.
M | path_length | SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID -8155 | Certificate path length constraint is invalid.
M | name_constraint | SEC_ERROR_CERT_NOT_IN_NAME_SPACE -8080 | The Certifying Authority for this certificate is not permitted to issue a certificate with this name.
M | unknown_critical | SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION -8151 | Certificate contains unknown critical extension.
M | wrong_purpose | SEC_ERROR_INADEQUATE_CERT_TYPE -8101 | Certificate type not approved for application.
M | wrong_purpose issuer_not_ca | SEC_ERROR_INADEQUATE_KEY_USAGE -8102 | Certificate key usage inadequate for attempted operation.
M | bad_signature | SEC_ERROR_BAD_SIGNATURE -8182 | Peer's certificate has an invalid signature.
M | weak_signature | SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED -8016 | The certificate was signed using a signature algorithm that is disabled because it is not secure.
S | weak_key | MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE | The server presented a certificate with a key size that is too small to establish a secure connection.
M | weak_key | SSL_ERROR_WEAK_SERVER_CERT_KEY -12156 | The server certificate included a public key that was too weak.
M | revoked | SEC_ERROR_REVOKED_CERTIFICATE -8180 | Peer's Certificate has been revoked.
M | revoked | SEC_ERROR_REVOKED_CERTIFICATE_CRL -8047 | Certificate is revoked in issuer's certificate revocation list.
M | revoked | SEC_ERROR_REVOKED_CERTIFICATE_OCSP -8046 | Issuer's OCSP responder reports certificate is revoked.
M | revoked | SEC_ERROR_REVOKED_KEY -8131 | The key for this site's certificate has been revoked.
M | revocation_unknown | SEC_ERROR_OCSP_BAD_SIGNATURE -8035 | OCSP response has an invalid signature.
M | revocation_unknown clock_skew | SEC_ERROR_OCSP_FUTURE_RESPONSE -8061 | The OCSP response is not yet valid (contains a date in the future).
M | revocation_unknown clock_skew | SEC_ERROR_OCSP_OLD_RESPONSE -8060 | The OCSP response contains out-of-date information.
M | revocation_unknown | SEC_ERROR_OCSP_UNKNOWN_CERT -8066 | The OCSP server has no status for the certificate.
M | revocation_unknown | SEC_ERROR_OCSP_UNAUTHORIZED_RESPONSE -8062 | The signer of the OCSP response is not authorized to give status for this certificate.
M | revocation_unknown | SEC_ERROR_OCSP_INVALID_SIGNING_CERT -8048 | Invalid OCSP signing certificate in OCSP response.
M | revocation_unknown | SEC_ERROR_OCSP_TRY_SERVER_LATER -8070 | The OCSP server suggests trying again later.
M | revocation_unknown | SEC_ERROR_OCSP_SERVER_ERROR -8071 | The OCSP server experienced an internal error.
M | revocation_unknown | SEC_ERROR_OCSP_MALFORMED_RESPONSE -8063 | The response from the OCSP server was corrupted or improperly formed.
M | revocation_unknown | SEC_ERROR_OCSP_RESPONDER_CERT_INVALID -8036 | Configured OCSP responder's certificate is invalid.
S | staple_missing revocation_unknown | MOZILLA_PKIX_ERROR_OCSP_RESPONSE_FOR_CERT_MISSING | The OCSP response does not include a status for the certificate being verified.
S | staple_missing | MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING | A required TLS feature is missing.
S | malformed | MOZILLA_PKIX_ERROR_VALIDITY_TOO_LONG | The server presented a certificate that is valid for too long.
S | malformed | MOZILLA_PKIX_ERROR_INVALID_INTEGER_ENCODING | The server presented a certificate that contains an invalid encoding of an integer.
S | malformed | MOZILLA_PKIX_ERROR_EMPTY_ISSUER_NAME | The server presented a certificate with an empty issuer distinguished name.
S | malformed | MOZILLA_PKIX_ERROR_SIGNATURE_ALGORITHM_MISMATCH | The signature algorithm in the signature field of the certificate does not match the algorithm in its signatureAlgorithm field.
S | distrusted | MOZILLA_PKIX_ERROR_ADDITIONAL_POLICY_CONSTRAINT_FAILED | An additional policy constraint failed when validating this certificate.
S | distrusted | MOZILLA_PKIX_ERROR_ISSUER_NO_LONGER_TRUSTED |
S | pin_mismatch | MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE | The server uses key pinning (HPKP) but no trusted certificate chain could be constructed that matches the pinset.
@ from 135 on
R | ct_required | MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY |
@
M | malformed | SEC_ERROR_BAD_DER -8183 | security library: improperly formatted DER-encoded message.
M | malformed | SEC_ERROR_EXTENSION_VALUE_INVALID -8158 | Certificate extension value is invalid.
M | weak_key malformed | SEC_ERROR_UNSUPPORTED_ELLIPTIC_CURVE -8051 | Unsupported elliptic curve.
M | weak_key malformed | SEC_ERROR_UNSUPPORTED_KEYALG -8144 | Unsupported or unknown key algorithm.
M | weak_key | SEC_ERROR_INVALID_KEY -8152 | The key does not support the requested operation.
M | malformed | SEC_ERROR_REUSED_ISSUER_AND_SERIAL -8054 | You are attempting to import a cert with the same issuer/serial as an existing cert, but that is not the same cert.
= Two different certificates have the same issuer and serial number, which no CA may do; self-made CAs that start over do it often.
M | no_shared_cipher protocol_version | SSL_ERROR_NO_CYPHER_OVERLAP -12286 | Cannot communicate securely with peer: no common encryption algorithm(s).
M | protocol_version | SSL_ERROR_UNSUPPORTED_VERSION -12279 | Peer using unsupported version of security protocol.
M | protocol_version | SSL_ERROR_PROTOCOL_VERSION_ALERT -12190 | Peer reports incompatible or unsupported protocol version.
M | plain_http wrong_protocol | SSL_ERROR_RX_RECORD_TOO_LONG -12263 | SSL received a record that exceeded the maximum permissible length.
M | plain_http wrong_protocol | SSL_ERROR_RX_MALFORMED_HANDSHAKE -12249 | SSL received a malformed Handshake record.
M | plain_http wrong_protocol | SSL_ERROR_RX_UNKNOWN_RECORD_TYPE -12233 | SSL received a record with an unknown content type.
M | client_cert_required client_cert_rejected | SSL_ERROR_BAD_CERT_ALERT -12271 | SSL peer cannot verify your certificate.
M | handshake_failure client_cert_required no_shared_cipher | SSL_ERROR_HANDSHAKE_FAILURE_ALERT -12227 | SSL peer was unable to negotiate an acceptable set of security parameters.
M | client_cert_required | SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT -12107 | SSL received a certificate_required alert.
M | weak_key | SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY -12173 | SSL received a weak ephemeral Diffie-Hellman key in Server Key Exchange handshake message.
M | client_cert_rejected | SSL_ERROR_UNKNOWN_CA_ALERT -12195 | Peer does not recognize and trust the CA that issued your certificate.
M | client_cert_rejected | SSL_ERROR_REVOKED_CERT_ALERT -12270 | SSL peer rejected your certificate as revoked.
M | client_cert_rejected | SSL_ERROR_EXPIRED_CERT_ALERT -12269 | SSL peer rejected your certificate as expired.
M | client_cert_rejected | SSL_ERROR_UNSUPPORTED_CERT_ALERT -12225 | SSL peer does not support certificates of the type it received.
M | client_cert_rejected client_cert_required | SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT -12224 | SSL peer had some unspecified issue with the certificate it received.
M | client_cert_rejected | SSL_ERROR_ACCESS_DENIED_ALERT -12194 | Peer received a valid certificate, but access was denied.
M | handshake_failure | SSL_ERROR_BAD_MAC_ALERT -12272 | SSL peer reports incorrect Message Authentication Code.
M | handshake_failure | SSL_ERROR_BAD_MAC_READ -12273 | SSL received a record with an incorrect Message Authentication Code.
M | handshake_failure | SSL_ERROR_RECORD_OVERFLOW_ALERT -12196 | Peer received an SSL record that was longer than is permitted.
M | handshake_failure | SSL_ERROR_ILLEGAL_PARAMETER_ALERT -12226 | SSL peer rejected a handshake message for unacceptable content.
M | handshake_failure | SSL_ERROR_DECODE_ERROR_ALERT -12193 | Peer could not decode an SSL handshake message.
M | handshake_failure | SSL_ERROR_DECRYPT_ERROR_ALERT -12192 | Peer reports failure of signature verification or key exchange.
M | no_shared_cipher | SSL_ERROR_INSUFFICIENT_SECURITY_ALERT -12189 | Server requires ciphers more secure than those supported by client.
M | handshake_failure unrecognized_name | SSL_ERROR_INTERNAL_ERROR_ALERT -12188 | Peer reports it experienced an internal error.
M | protocol_version | SSL_ERROR_INAPPROPRIATE_FALLBACK_ALERT -12157 | The server rejected the handshake because the client downgraded to a lower TLS version than the server supports.
M | handshake_failure | SSL_ERROR_USER_CANCELED_ALERT -12187 | Peer user canceled handshake.
M | handshake_failure | SSL_ERROR_NO_RENEGOTIATION_ALERT -12186 | Peer does not permit renegotiation of SSL security parameters.
M | handshake_failure | SSL_ERROR_MISSING_EXTENSION_ALERT -12145 | SSL received a missing_extension alert.
M | handshake_failure | SSL_ERROR_UNSUPPORTED_EXTENSION_ALERT -12184 | SSL peer does not support requested TLS hello extension.
M | unrecognized_name | SSL_ERROR_UNRECOGNIZED_NAME_ALERT -12182 | SSL peer has no certificate for the requested DNS name.
M | revocation_unknown | SSL_ERROR_BAD_CERT_STATUS_RESPONSE_ALERT -12181 | SSL peer was unable to get an OCSP response for its certificate.
M | handshake_failure | SSL_ERROR_HANDSHAKE_UNEXPECTED_ALERT -12229 | SSL peer was not expecting a handshake message it received.
M | closed | SSL_ERROR_CLOSE_NOTIFY_ALERT -12230 | SSL peer has closed this connection.
M | alpn | SSL_ERROR_NEXT_PROTOCOL_NO_PROTOCOL -12158 | The server supports no protocols that the client advertises in the ALPN extension.
M | handshake_failure | SSL_ERROR_UNSAFE_NEGOTIATION -12175 | Peer attempted old style (potentially vulnerable) handshake.
M | handshake_failure | SSL_ERROR_NO_CERTIFICATE -12285 | Unable to find the certificate or key necessary for authentication.
M | handshake_failure bad_signature | SSL_ERROR_BAD_HANDSHAKE_HASH_VALUE -12201 | Received incorrect handshakes hash values from peer.
M | protocol_version interception | SSL_ERROR_RX_MALFORMED_SERVER_HELLO -12259 | SSL received a malformed Server Hello handshake message.
M | closed | PR_END_OF_FILE_ERROR -5938 |
M | reset | PR_CONNECT_RESET_ERROR -5961 |
M | refused | PR_CONNECT_REFUSED_ERROR -5981 |
M | timeout | PR_IO_TIMEOUT_ERROR -5990 |
`

// firefoxTexts are what Firefox says in words.
const firefoxTexts = `
R f | @verify hostname_mismatch | | Warning: Potential Security Risk Ahead / Did Not Connect: Potential Security Issue / An error occurred during a connection to {host} / uses an invalid security certificate. / Secure Connection Failed
R | hostname_mismatch no_san | | The certificate is only valid for {names}. / The certificate is only valid for the following names: / The certificate is not valid for the name {host}
R | unknown_root missing_intermediate interception | | The certificate is not trusted because the issuer certificate is unknown. / The server might not be sending the appropriate intermediate certificates.
R | expired clock_skew | | The certificate expired on
R | not_yet_valid clock_skew | | The certificate will not be valid until
R | issuer_not_ca unknown_root | | The certificate is not trusted because it was issued by an invalid CA certificate.
`
