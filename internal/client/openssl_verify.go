package client

// opensslVerify are the verdicts of OpenSSL's verifier: X509_V_ERR numbers, as
// X509_verify_cert_error_string words them, with the wordings of older versions
// behind. The text decides where it is known, because numbers moved (24 was
// "invalid CA certificate" before OpenSSL 3, which has it at 79) and texts hardly
// did ("self signed" has a hyphen since OpenSSL 3).
const opensslVerify = `
M nx | other | 1 X509_V_ERR_UNSPECIFIED | unspecified certificate verification error
M nx | unknown_root missing_intermediate | 2 X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT | unable to get issuer certificate
= The path reached a certificate of the trust store that is no root, and the CA above it is not there: the file of CAs has an intermediate without its root.
M n | revocation_unknown | 3 X509_V_ERR_UNABLE_TO_GET_CRL | unable to get certificate CRL
M n | bad_signature | 4 X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE | unable to decrypt certificate's signature
M nx | revocation_unknown | 5 X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE | unable to decrypt CRL's signature
M nx | malformed | 6 X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY | unable to decode issuer public key
M n | bad_signature | 7 X509_V_ERR_CERT_SIGNATURE_FAILURE | certificate signature failure
M nx | revocation_unknown | 8 X509_V_ERR_CRL_SIGNATURE_FAILURE | CRL signature failure
M n | not_yet_valid clock_skew | 9 X509_V_ERR_CERT_NOT_YET_VALID | certificate is not yet valid / certificate is not yet valid or the system clock is incorrect
M n | expired expired_intermediate expired_root clock_skew | 10 X509_V_ERR_CERT_HAS_EXPIRED | certificate has expired
M n | revocation_unknown | 11 X509_V_ERR_CRL_NOT_YET_VALID | CRL is not yet valid
M n | revocation_unknown | 12 X509_V_ERR_CRL_HAS_EXPIRED | CRL has expired
M nx | malformed | 13 X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD | format error in certificate's notBefore field
M nx | malformed | 14 X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD | format error in certificate's notAfter field
M nx | revocation_unknown | 15 X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD | format error in CRL's lastUpdate field
M nx | revocation_unknown | 16 X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD | format error in CRL's nextUpdate field
M qx | other | 17 X509_V_ERR_OUT_OF_MEM | out of memory
M n | self_signed | 18 X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT | self-signed certificate / self signed certificate
M n | self_signed_in_chain interception unknown_root | 19 X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN | self-signed certificate in certificate chain / self signed certificate in certificate chain
M n | missing_intermediate unknown_root interception | 20 X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY | unable to get local issuer certificate
? It leaves open, in order of likelihood, whether the server did not send its intermediate certificate, whether the chain leads to a private CA that this client was not told to trust, whether something on the way (a proxy, an anti-virus program) re-signs connections, or whether the client's trust store is old or missing. The depth decides: 0 is the issuer of the server's own certificate, 1 and more is further up.
M n | missing_intermediate unknown_root interception | 21 X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE | unable to verify the first certificate / unable to verify leaf signature
= The issuer of the server's certificate was neither sent nor known to the client.
M nx | path_length | 22 X509_V_ERR_CERT_CHAIN_TOO_LONG | certificate chain too long
= The chain is longer than the client allows.
M n | revoked | 23 X509_V_ERR_CERT_REVOKED | certificate revoked
M n | malformed | 24 X509_V_ERR_NO_ISSUER_PUBLIC_KEY | issuer certificate doesn't have a public key
M n | path_length | 25 X509_V_ERR_PATH_LENGTH_EXCEEDED | path length constraint exceeded
M n | wrong_purpose | 26 X509_V_ERR_INVALID_PURPOSE | unsuitable certificate purpose / unsupported certificate purpose
M n | unknown_root | 27 X509_V_ERR_CERT_UNTRUSTED | certificate not trusted
M n | distrusted | 28 X509_V_ERR_CERT_REJECTED | certificate rejected
M nx | unknown_root missing_intermediate | 29 X509_V_ERR_SUBJECT_ISSUER_MISMATCH | subject issuer mismatch
M nx | unknown_root missing_intermediate bad_signature | 30 X509_V_ERR_AKID_SKID_MISMATCH | authority and subject key identifier mismatch
M nx | unknown_root missing_intermediate bad_signature | 31 X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH | authority and issuer serial number mismatch
M n | issuer_not_ca | 32 X509_V_ERR_KEYUSAGE_NO_CERTSIGN | key usage does not include certificate signing
M n | revocation_unknown | 33 X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER | unable to get CRL issuer certificate
M n | unknown_critical | 34 X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION | unhandled critical extension
M n | revocation_unknown | 35 X509_V_ERR_KEYUSAGE_NO_CRL_SIGN | key usage does not include CRL signing
M nx | revocation_unknown | 36 X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION | unhandled critical CRL extension
M n | wrong_purpose | 37 X509_V_ERR_INVALID_NON_CA | invalid non-CA certificate (has CA markings)
M nx | path_length | 38 X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED | proxy path length constraint exceeded
M nx | wrong_purpose | 39 X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE | key usage does not include digital signature
M nx | other | 40 X509_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED | proxy certificates not allowed, please set the appropriate flag
M nx | malformed | 41 X509_V_ERR_INVALID_EXTENSION | invalid or inconsistent certificate extension
M nx | malformed | 42 X509_V_ERR_INVALID_POLICY_EXTENSION | invalid or inconsistent certificate policy extension
M nx | other | 43 X509_V_ERR_NO_EXPLICIT_POLICY | no explicit policy
M nx | revocation_unknown | 44 X509_V_ERR_DIFFERENT_CRL_SCOPE | different CRL scope
M nx | other | 45 X509_V_ERR_UNSUPPORTED_EXTENSION_FEATURE | unsupported extension feature
M nx | other | 46 X509_V_ERR_UNNESTED_RESOURCE | RFC 3779 resource not subset of parent's resources
M n | name_constraint | 47 X509_V_ERR_PERMITTED_VIOLATION | permitted subtree violation
M n | name_constraint | 48 X509_V_ERR_EXCLUDED_VIOLATION | excluded subtree violation
M nx | name_constraint | 49 X509_V_ERR_SUBTREE_MINMAX | name constraints minimum and maximum not supported
M nx | other | 50 X509_V_ERR_APPLICATION_VERIFICATION | application verification failure
M nx | name_constraint | 51 X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE | unsupported name constraint type
M nx | name_constraint | 52 X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX | unsupported or invalid name constraint syntax
M nx | name_constraint | 53 X509_V_ERR_UNSUPPORTED_NAME_SYNTAX | unsupported or invalid name syntax
M nx | revocation_unknown | 54 X509_V_ERR_CRL_PATH_VALIDATION_ERROR | CRL path validation error
M qx | other | 55 X509_V_ERR_PATH_LOOP | path loop
M nx | malformed | 56 X509_V_ERR_SUITE_B_INVALID_VERSION | Suite B: certificate version invalid
M nx | weak_key | 57 X509_V_ERR_SUITE_B_INVALID_ALGORITHM | Suite B: invalid public key algorithm
M nx | weak_key | 58 X509_V_ERR_SUITE_B_INVALID_CURVE | Suite B: invalid ECC curve
M nx | weak_signature | 59 X509_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM | Suite B: invalid signature algorithm
M nx | weak_key | 60 X509_V_ERR_SUITE_B_LOS_NOT_ALLOWED | Suite B: curve not allowed for this LOS
M nx | weak_signature | 61 X509_V_ERR_SUITE_B_CANNOT_SIGN_P_384_WITH_P_256 | Suite B: cannot sign P-384 with P-256
M n | hostname_mismatch no_san | 62 X509_V_ERR_HOSTNAME_MISMATCH | hostname mismatch
M nx | hostname_mismatch | 63 X509_V_ERR_EMAIL_MISMATCH | email address mismatch
M n | ip_mismatch | 64 X509_V_ERR_IP_ADDRESS_MISMATCH | IP address mismatch
M n | pin_mismatch | 65 X509_V_ERR_DANE_NO_MATCH | no matching DANE TLSA records
M n | weak_key | 66 X509_V_ERR_EE_KEY_TOO_SMALL | EE certificate key too weak
M n | weak_key | 67 X509_V_ERR_CA_KEY_TOO_SMALL | CA certificate key too weak
M n | weak_signature | 68 X509_V_ERR_CA_MD_TOO_WEAK | CA signature digest algorithm too weak
M nx | other | 69 X509_V_ERR_INVALID_CALL | invalid certificate verification context
M n | ca_file_unreadable | 70 X509_V_ERR_STORE_LOOKUP | issuer certificate lookup error
M n | ct_required | 71 X509_V_ERR_NO_VALID_SCTS | Certificate Transparency required, but no valid SCTs found
M nx | other | 72 X509_V_ERR_PROXY_SUBJECT_NAME_VIOLATION | proxy subject name violation
M n | revocation_unknown | 73 X509_V_ERR_OCSP_VERIFY_NEEDED | OCSP verification needed
M n | revocation_unknown | 74 X509_V_ERR_OCSP_VERIFY_FAILED | OCSP verification failed
M n | revocation_unknown | 75 X509_V_ERR_OCSP_CERT_UNKNOWN | OCSP unknown cert
M nx | malformed | 76 X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM | Cannot find certificate signature algorithm
M nx | malformed | 77 X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH | subject signature algorithm and issuer public key algorithm mismatch
M nx | malformed | 78 X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY | cert info signature and signature algorithm mismatch
M n | issuer_not_ca | 79 X509_V_ERR_INVALID_CA | invalid CA certificate
M nx | malformed | 80 X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA | Path length invalid for non-CA cert
M nx | malformed | 81 X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN | Path length given without key usage keyCertSign
M nx | malformed | 82 X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA | Key usage keyCertSign invalid for non-CA cert
M nx | malformed | 83 X509_V_ERR_ISSUER_NAME_EMPTY | Issuer name empty
M nx | malformed | 84 X509_V_ERR_SUBJECT_NAME_EMPTY | Subject name empty
M n | malformed | 85 X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER | Missing Authority Key Identifier
= A certificate lacks an extension that RFC 5280 requires, and the client checks strictly, as Python does from 3.13 on. Private CAs often leave it out.
M n | malformed | 86 X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER | Missing Subject Key Identifier
= A CA certificate lacks an extension that RFC 5280 requires, and the client checks strictly, as Python does from 3.13 on. Private CAs often leave it out.
M nx | malformed | 87 X509_V_ERR_EMPTY_SUBJECT_ALT_NAME | Empty Subject Alternative Name extension
M nx | malformed | 88 X509_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL | Subject empty and Subject Alt Name extension not critical
M n | malformed | 89 X509_V_ERR_CA_BCONS_NOT_CRITICAL | Basic Constraints of CA cert not marked critical
= The basic constraints of a CA certificate are not marked critical, as RFC 5280 requires, and the client checks strictly, as Python does from 3.13 on.
M nx | malformed | 90 X509_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL | Authority Key Identifier marked critical
M nx | malformed | 91 X509_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL | Subject Key Identifier marked critical
M n | malformed | 92 X509_V_ERR_CA_CERT_MISSING_KEY_USAGE | CA cert does not include key usage extension
= A CA certificate has no key usage, which RFC 5280 requires, and the client checks strictly, as Python does from 3.13 on.
M nx | malformed | 93 X509_V_ERR_EXTENSIONS_REQUIRE_VERSION_3 | Using cert extension requires at least X509v3
M n | malformed | 94 X509_V_ERR_EC_KEY_EXPLICIT_PARAMS | Certificate public key has explicit ECC parameters
@ from 3.2 on
S nx | unknown_root | 95 X509_V_ERR_RPK_UNTRUSTED | Raw public key untrusted, no trusted keys configured
S nx | revocation_unknown | 96 X509_V_ERR_OCSP_RESP_INVALID | OCSP response(s) invalid
S nx | revocation_unknown | 97 X509_V_ERR_OCSP_SIGNATURE_FAILURE | OCSP response signature verification failure
S nx | revocation_unknown | 98 X509_V_ERR_OCSP_NOT_YET_VALID | OCSP response not yet valid (contains a date in the future)
S nx | revocation_unknown | 99 X509_V_ERR_OCSP_HAS_EXPIRED | OCSP response has expired
S nx | revocation_unknown staple_missing | 100 X509_V_ERR_OCSP_NO_RESPONSE | no OCSP response available for certificate
S nx | revocation_unknown | 101 X509_V_ERR_CRL_VERIFY_FAILED |
S nx | malformed | 102 X509_V_ERR_EMPTY_AUTHORITY_KEY_IDENTIFIER |
S nx | malformed | 103 X509_V_ERR_AKID_ISSUER_SERIAL_NOT_PAIRED |
S nx | malformed | 104 X509_V_ERR_IDP_ONLY_USER_CA_ATTR_EXCLUSIVE |
`
