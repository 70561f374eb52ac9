package client

// apacheTexts are the errors of Apache's mod_ssl, by their AH numbers.
const apacheTexts = `
R f | handshake_failure @shake | AH02008 | SSL library error {n} in handshake (server {host}:{port})
R f | handshake_failure @shake | AH01998 | Connection closed to child {n} with abortive shutdown
R f | handshake_failure @shake | AH02007 | SSL handshake stopped: connection was closed
R f | | | SSL Library Error: error: / SSL Library Error:
R | client_cert_unreadable | AH02565 | Certificate and private key {host}:{port}:{n} from {file} and {file} do not match
= The private key that Apache was given does not belong to the certificate.
R | hostname_mismatch | AH01909 | server certificate does NOT include an ID which matches the server name
R | wrong_purpose | AH01906 | server certificate is a CA certificate (BasicConstraints: CA == TRUE !?)
R f | client_cert_unreadable | AH02561 | Failed to configure certificate
R f | client_cert_unreadable | AH02562 | Failed to configure certificate {any}, check {file}
R f | client_cert_unreadable | AH02564 | Failed to configure encrypted (?) private key
R | client_cert_unreadable | AH02572 | Failed to configure at least one certificate and key for
R f | client_cert_unreadable | AH02577 | Init: SSLPassPhraseDialog builtin is not supported
R f | client_cert_unreadable | AH02312 | Fatal error initialising mod_ssl, exiting.
R | unrecognized_name | AH02032 | Hostname {host} provided via SNI and hostname {host} provided via HTTP
R | unrecognized_name | AH02033 | No hostname was provided via SNI for a name based virtual host
R | plain_http | AH01996 | SSL handshake failed: HTTP spoken on HTTPS port / You're speaking plain HTTP to an SSL-enabled server port
R f | client_cert_rejected | AH02039 | Certificate Verification: Error ({n}):
R f | client_cert_rejected | AH02276 |
R | client_cert_required | AH02261 | Re-negotiation handshake failed
R | client_cert_required | AH02263 | Re-negotiation request failed
R | staple_missing revocation_unknown | AH01941 | stapling_renew_response: responder error
R | staple_missing | AH02217 | ssl_stapling_init_cert: can't retrieve issuer certificate!
R | staple_missing | AH02218 | ssl_stapling_init_cert: no OCSP URI in certificate
R | revocation_unknown | AH01980 | bad response from OCSP server
`

// apacheProxyTexts are what Apache says of the servers behind it.
const apacheProxyTexts = `
R f | handshake_failure @verify @shake | AH00898 | Error during SSL Handshake with remote server
R f | handshake_failure @verify @shake | AH02003 | SSL Proxy connect failed
R f | refused timeout handshake_failure @verify | AH01114 | HTTP: failed to make connection to backend:
R f | @verify @shake | AH01084 | pass request body failed to
R | other | AH01961 | SSL Proxy requested for {any} but not enabled
R | expired expired_intermediate clock_skew | AH02004 | SSL Proxy: Peer certificate is expired
R | hostname_mismatch no_san | AH02005 | SSL Proxy: Peer certificate CN mismatch: Certificate CN: {host}
R | hostname_mismatch no_san | AH02411 | SSL Proxy: Peer certificate does not match for hostname {host}
R | path_length | AH02040 | Certificate Verification: Certificate Chain too long
`

// httpStatuses are the status codes that servers made up for failures of TLS.
const httpStatuses = `
S | client_cert_rejected | 495 | 495 SSL Certificate Error
S | client_cert_required | 496 | 496 SSL Certificate Required
S | plain_http | 497 | 497 HTTP Request Sent to HTTPS Port
R | client_cert_required | 403.7 | 403.7 - Client certificate required
R | client_cert_rejected | 403.16 | 403.16 - Client certificate is untrusted or invalid
`

// cloudflareStatuses are those by which Cloudflare speaks of the origin server.
const cloudflareStatuses = `
R | handshake_failure @shake | 525 | Error 525 / error code: 525 / 525: SSL handshake failed / HTTP 525 / 525 SSL handshake failed / Error code 525
= Cloudflare reached the origin server, and the TLS handshake with it failed.
R | @verify hostname_mismatch | 526 | Error 526 / error code: 526 / 526: Invalid SSL certificate / HTTP 526 / 526 Invalid SSL certificate / Invalid SSL certificate / Error code 526
= Cloudflare's mode is Full (strict), and it did not accept the certificate of the origin server.
R | dns other | 530 | Error 530 / error code: 530
R | refused | 521 | Error 521 / error code: 521 / 521: Web server is down
R | timeout | 522 | Error 522 / error code: 522 / 522: Connection timed out
`
