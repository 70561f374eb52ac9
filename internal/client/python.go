package client

// pythonTexts are the errors of Python's ssl module and of what is built on it.
// Handshake errors are the reasons of OpenSSL in capitals, in brackets.
const pythonTexts = `
M f | @verify hostname_mismatch ip_mismatch | | [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: / [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed
M | hostname_mismatch no_san | | Hostname mismatch, certificate is not valid for '{host}'
M | ip_mismatch | | IP address mismatch, certificate is not valid for '{host}'
S | hostname_mismatch no_san | | hostname '{host}' doesn't match either of {names} (_ssl
M | hostname_mismatch no_san | | hostname '{host}' doesn't match
S | no_san hostname_mismatch | | no appropriate subjectAltName fields were found / no appropriate commonName or subjectAltName fields were found
M f | | | [SSL] / ssl.SSLCertVerificationError: / ssl.SSLError: / SSLCertVerificationError(1,
M t | | | (_ssl.c:{n})
M | client_cert_unreadable | | [SSL] PEM lib
M | closed | | EOF occurred in violation of protocol
R | closed | | ssl.SSLZeroReturnError / TLS/SSL connection has been closed (EOF)
R | timeout | | The handshake operation timed out / _ssl.c:{n}: The handshake operation timed out
M | reset | | [Errno 104] Connection reset by peer / [Errno 54] Connection reset by peer / [WinError 10054] / ConnectionResetError
M | refused | | [Errno 111] Connection refused / [Errno 61] Connection refused / [WinError 10061] / ConnectionRefusedError / Connect call failed ('{host}', {port})
M | dns | | [Errno -2] Name or service not known / [Errno -3] Temporary failure in name resolution / [Errno -5] No address associated with hostname / [Errno 8] nodename nor servname provided, or not known / [Errno 11001] getaddrinfo failed / Failed to resolve '{host}'
S | timeout | | [Errno 110] Connection timed out / [WinError 10060] / urllib3.exceptions.ConnectTimeoutError / Connection to {host} timed out. (connect timeout={word} / Read timed out. (read timeout=
S | closed | | ('Connection aborted.', RemoteDisconnected('Remote end closed connection without response')) / Remote end closed connection without response / http.client.RemoteDisconnected
S | plain_http | | http.client.BadStatusLine
M | ca_file_unreadable | | load_verify_locations({any}FileNotFoundError: / create_default_context({any}FileNotFoundError:
M | client_cert_unreadable | | load_cert_chain({any}FileNotFoundError:
R | ca_file_unreadable | | Could not find a suitable TLS CA certificate bundle, invalid path: {file}
R | client_cert_unreadable | | Could not find the TLS certificate file, invalid path: {file} / Could not find the TLS key file, invalid path: {file}
R | other | | Can't connect to HTTPS URL because the SSL module is not available. / pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available.
= This Python was built without its ssl module.
W | malformed unknown_root @verify | | validation failed: candidates exhausted:
`

// pythonWrappers are the libraries and tools that pass these errors on.
const pythonWrappers = `
M f | | requests | requests.exceptions.SSLError: / requests.exceptions.ConnectionError:
M f | | urllib3 | HTTPSConnectionPool(host='{host}', port={port}): Max retries exceeded
M f | | urllib3 | urllib3.exceptions.MaxRetryError: / urllib3.exceptions.SSLError:
M f | | urllib | <urlopen error / urllib.error.URLError:
M f | @verify | pip | Could not fetch URL https://{host}/ / There was a problem confirming the ssl certificate: / WARNING: Retrying (Retry(total=
M t | | pip | - skipping
R f | | httpx | httpx.ConnectError: / httpcore.ConnectError:
R f | | aiohttp | Cannot connect to host {host}:{port} ssl: / aiohttp.client_exceptions.ClientConnectorCertificateError: / aiohttp.client_exceptions.ClientConnectorSSLError: / ClientConnectorCertificateError:
R f | @verify | aws | SSL validation failed for https://{host}/
R f | | conda | CondaSSLError: / CondaHTTPError: / SSLError(MaxRetryError(
R f | @verify | poetry | All attempts to connect to {host} failed.
R f | | ansible | fatal: [{any}]: FAILED! => / Failed to validate the SSL certificate for {host}:{port}.
R f | | gcloud | gcloud crashed (SSLError): / ERROR: gcloud crashed
R f | | azure-cli | Certificate verification failed. This typically happens when using Azure CLI behind a proxy that intercepts traffic with a self-signed certificate.
R f | | mercurial | abort: error:
`
