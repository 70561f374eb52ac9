package client

// nodeTexts are the errors of Node.js. Its codes for certificates are the names
// of OpenSSL's verdicts (see nodeVerify); those of a failed handshake are the
// reasons of OpenSSL in capitals, after ERR_SSL_.
const nodeTexts = `
M | hostname_mismatch no_san ip_mismatch | ERR_TLS_CERT_ALTNAME_INVALID | Hostname/IP does not match certificate's altnames: Host: {host}. is not in the cert's altnames: {names} / Hostname/IP doesn't match certificate's altnames: "Host: {host}. is not in the cert's altnames: {names} / Hostname/IP does not match certificate's altnames: Host: {host}. is not cert's CN: {rest}
M d | ip_mismatch | | Hostname/IP does not match certificate's altnames: IP: {host} is not in the cert's list:
S d | no_san | | Hostname/IP does not match certificate's altnames: Cert does not contain a DNS name / Hostname/IP does not match certificate's altnames: Cert is empty
S g | hostname_mismatch ip_mismatch no_san | | Hostname/IP does not match certificate's altnames / Hostname/IP doesn't match certificate's altnames
S | malformed | ERR_TLS_CERT_ALTNAME_FORMAT | Invalid subject alternative name string
S | timeout | ERR_TLS_HANDSHAKE_TIMEOUT | TLS handshake timeout
S | weak_key | ERR_TLS_DH_PARAM_SIZE | DH parameter size {n} is less than {n}
S | other | ERR_TLS_INVALID_CONTEXT |
S | other | ERR_TLS_INVALID_PROTOCOL_METHOD |
S | protocol_version | ERR_TLS_INVALID_PROTOCOL_VERSION |
S | protocol_version | ERR_TLS_PROTOCOL_VERSION_CONFLICT |
S | other | ERR_TLS_INVALID_STATE |
S | alpn | ERR_TLS_ALPN_CALLBACK_INVALID_RESULT |
S | handshake_failure | ERR_TLS_RENEGOTIATION_DISABLED | TLS session renegotiation disabled for this socket
S | unrecognized_name | ERR_TLS_REQUIRED_SERVER_NAME | "servername" is required parameter for Server.addContext
S | handshake_failure | ERR_TLS_SESSION_ATTACK | TLS session renegotiation attack detected
S | unrecognized_name | ERR_TLS_SNI_FROM_SERVER |
M f | handshake_failure @shake | EPROTO | write EPROTO / read EPROTO
M | closed | | Client network socket disconnected before secure TLS connection was established
M f | | | socket hang up
M g | reset closed | ECONNRESET | read ECONNRESET / write ECONNRESET / socket hang up
M | refused | ECONNREFUSED | connect ECONNREFUSED {host}:{port} / connect ECONNREFUSED
M | timeout | ETIMEDOUT | connect ETIMEDOUT {host}:{port} / connect ETIMEDOUT
S | timeout | ESOCKETTIMEDOUT |
M | dns | ENOTFOUND | getaddrinfo ENOTFOUND {host}
S | dns | EAI_AGAIN | getaddrinfo EAI_AGAIN {host}
S | closed | EPIPE | write EPIPE
M | closed client_cert_required reset | UND_ERR_SOCKET | other side closed
S | timeout | UND_ERR_CONNECT_TIMEOUT | Connect Timeout Error
S | timeout | UND_ERR_HEADERS_TIMEOUT | Headers Timeout Error
S | plain_http wrong_protocol | HPE_INVALID_CONSTANT | Parse Error: Expected HTTP/
M f | | | TypeError: fetch failed / RequestError: / AxiosError: / FetchError: request to https://{host}/ / FetchError:
R | ca_file_unreadable | | Warning: Ignoring extra certs from
R t | | | tlsSocket.onConnectSecure / TLSSocket.onConnectSecure / TLSSocket.emit / node:_tls_wrap / node:internal/
`

// nodeVerify are the verdicts for which Node.js has a code of its own: the name
// without X509_V_ERR_. All others it calls UNSPECIFIED. Classes stand where Node
// tells more than OpenSSL does: it alone tells a server that sent one certificate
// from a root that is not trusted.
const nodeVerify = `
UNABLE_TO_GET_ISSUER_CERT
UNABLE_TO_GET_CRL
UNABLE_TO_DECRYPT_CERT_SIGNATURE
UNABLE_TO_DECRYPT_CRL_SIGNATURE
UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY
CERT_SIGNATURE_FAILURE
CRL_SIGNATURE_FAILURE
CERT_NOT_YET_VALID
CERT_HAS_EXPIRED
CRL_NOT_YET_VALID
CRL_HAS_EXPIRED
ERROR_IN_CERT_NOT_BEFORE_FIELD
ERROR_IN_CERT_NOT_AFTER_FIELD
ERROR_IN_CRL_LAST_UPDATE_FIELD
ERROR_IN_CRL_NEXT_UPDATE_FIELD
OUT_OF_MEM
DEPTH_ZERO_SELF_SIGNED_CERT
SELF_SIGNED_CERT_IN_CHAIN
UNABLE_TO_GET_ISSUER_CERT_LOCALLY unknown_root interception missing_intermediate
UNABLE_TO_VERIFY_LEAF_SIGNATURE missing_intermediate unknown_root interception
CERT_CHAIN_TOO_LONG
CERT_REVOKED
INVALID_CA
PATH_LENGTH_EXCEEDED
INVALID_PURPOSE
CERT_UNTRUSTED
CERT_REJECTED
HOSTNAME_MISMATCH
`

// nodePackagers are the package managers that run on Node.js.
const nodePackagers = `
M f | | npm | npm error code / npm ERR! code / npm error errno / npm ERR! errno / npm error request to https://{host}/ / npm ERR! request to https://{host}/ / npm error / npm ERR! / npm http fetch GET https://{host}/
M t | | npm | npm error network This is a problem related to network connectivity. / npm ERR! network This is a problem related to network connectivity.
R f | | yarn | yarn install v / yarn add v / error An unexpected error occurred: "https://{host}/ / error Couldn't find package / info There appears to be trouble with your network connection / YN0001: / YN0035:
R f | | pnpm | ERR_PNPM_META_FETCH_FAIL / ERR_PNPM_FETCH_ / WARN GET https://{host}/
R f | | bun | bun install v / error: ConnectionRefused downloading
R f | | electron | Uncaught Exception: Error:
`
