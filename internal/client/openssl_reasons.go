package client

// opensslReasons are the reasons of OpenSSL's error queue that say something
// about a connection. The code is that of OpenSSL 3 (library << 23 | reason); the
// number of a reason is the same in all versions, and so is its text. Received
// alerts (reasons from 1000 on) are in the table of alerts.
//
// LibreSSL has the same texts; BoringSSL has its own numbers, and writes the texts
// in capitals with underscores.
const opensslReasons = `
M gn | @verify hostname_mismatch ip_mismatch | 0A000086 | certificate verify failed
M n | plain_http wrong_protocol | 0A00010B | wrong version number
? It leaves open what answers instead of TLS: most often plain HTTP, else a protocol that begins TLS with STARTTLS (SMTP, IMAP, a database), or another protocol altogether.
M n | closed | 0A000126 | unexpected eof while reading
M n | protocol_version | 0A000102 | unsupported protocol
M n | protocol_version weak_signature | 0A00014D | legacy sigalg disallowed or unsupported
= Both sides could agree on no signature that is still allowed: the server speaks TLS 1.0 or 1.1, which sign with SHA-1 and MD5, or offers only such signatures in TLS 1.2.
S q | plain_http | 0A00009C | http request
= The other side spoke plain HTTP where TLS was expected.
S q | plain_http | 0A00009B | https proxy request
= The other side spoke plain HTTP, as to a proxy, where TLS was expected.
S n | no_shared_cipher protocol_version | 0A0000C1 | no shared cipher / no shared ciphers
S n | no_shared_cipher | 0A0000B5 | no ciphers available
S n | no_shared_cipher | 0A0000B9 | no cipher match
= The list of cipher suites that was configured names none that the program knows.
S n | protocol_version | 0A0000BF | no protocols available
= The program's own configuration leaves no version of TLS to offer.
S n | client_cert_required | 0A0000C7 | peer did not return a certificate
S n | client_cert_required | 0A0000B0 | no certificates returned
S q | plain_http wrong_protocol protocol_version | 0A0000FC | unknown protocol
S n | plain_http wrong_protocol | 0A0000C6 | packet length too long
S q | plain_http wrong_protocol | 0A00009F | length mismatch
S q | plain_http wrong_protocol | 0A0001BB | bad record type
S q | plain_http wrong_protocol | 0A0000F5 | unexpected record
S n | weak_key | 0A00018A | dh key too small
= The server's Diffie-Hellman parameters are smaller than the client's security level allows.
! dh Give the server Diffie-Hellman parameters of 2048 bits, or let it exchange keys by ECDHE.
S n | weak_key | 0A00018F | ee key too small
S n | weak_key | 0A00018D | ca key too small
S n | weak_signature | 0A00018E | ca md too weak
S n | handshake_failure | 0A000152 | unsafe legacy renegotiation disabled
= The server does not support secure renegotiation (RFC 5746), which OpenSSL 3 insists on.
! tls Update the server's TLS library, or the device before it.
S n | no_shared_cipher | 0A000105 | wrong cipher returned
S n | no_shared_cipher | 0A0000F8 | unknown cipher returned
S q | protocol_version | 0A00018C | version too low
S q | protocol_version | 0A0000A6 | version too high
S n | protocol_version | 0A00010A | wrong ssl version
S n | protocol_version | 0A0000FE | unknown ssl version
S n | protocol_version | 0A000103 | unsupported ssl version
S n | protocol_version | 0A000124 | bad legacy version
S n | protocol_version | 0A000074 | bad protocol version number
S n | protocol_version | 0A000175 | inappropriate fallback
S n | no_shared_cipher | 0A000065 | no suitable key share
S q | no_shared_cipher | 0A00006C | bad key share
S n | no_shared_cipher | 0A000127 | no suitable groups
S n | no_shared_cipher | 0A00019A | no shared groups
S q | no_shared_cipher | 0A00017A | wrong curve
S n | no_shared_cipher | 0A00013B | unsupported elliptic curve
S n | no_shared_cipher | 0A000137 | missing tmp ecdh key
S n | no_shared_cipher weak_signature | 0A000076 | no suitable signature algorithm
S n | no_shared_cipher weak_signature | 0A000178 | no shared signature algorithms
S n | no_shared_cipher weak_signature | 0A000129 | no suitable digest algorithm
S n | handshake_failure weak_signature | 0A000172 | wrong signature type
S q | handshake_failure | 0A00007B | bad signature
= A signature of the handshake does not verify: the private key in use does not belong to the certificate, or something changed the messages on the way.
S q | handshake_failure | 0A000095 | digest check failed
S n | closed | 0A0000E5 | ssl handshake failure
S n | alpn | 0A0000EB | no application protocol
S q | handshake_failure | 0A0000F4 | unexpected message
S n | handshake_failure | 0A000119 | decryption failed or bad record mac
S q | handshake_failure | 0A000093 | decryption failed
S q | handshake_failure | 0A000098 | excessive message size
S q | handshake_failure | 0A000073 | bad packet length
S q | handshake_failure | 0A00006E | bad extension
S q | handshake_failure | 0A0000E3 | parse tlsext
S q | handshake_failure | 0A0000D9 | unsolicited extension
S q | handshake_failure | 0A000112 | library bug
S q | other | 0A0000CF | protocol is shutdown
S n | closed | 0A000197 | shutdown while in init
S n | closed | 0A000123 | application data after close notify
S q | timeout | 0A000138 | read timeout expired
S n | ct_required | 0A0000D8 | no valid scts
S n | wrong_purpose | 0A00013E | ecc cert not for signing
S q | wrong_purpose malformed | 0A00017F | wrong certificate type
S n | malformed | 0A000130 | bad ecc cert
S q | client_cert_unreadable | 0A0000B1 | no certificate assigned
S q | client_cert_unreadable | 0A0000B3 | no certificate set
S q | client_cert_unreadable | 0A0000BE | no private key assigned
S q | client_cert_unreadable | 0A00007C | bad ssl filetype
S n | client_cert_unreadable | 0A000120 | private key mismatch
= The private key does not belong to the certificate.
S q | handshake_failure | 0A00010C | x509 lib

M n | client_cert_unreadable ca_file_unreadable malformed | 0480006C | no start line
= The file holds no PEM object of the kind that was expected: it is empty, DER, another kind of object, or its BEGIN line is damaged.
M n | malformed client_cert_unreadable ca_file_unreadable | 04800066 | bad end line
= The END line of a PEM object is missing or damaged.
S q | malformed client_cert_unreadable ca_file_unreadable | 04800064 | bad base64 decode
= The base64 inside a PEM object is damaged.
S n | client_cert_unreadable | 04800068 | bad password read
S n | client_cert_unreadable | 04800065 | bad decrypt
= The pass phrase of the private key is wrong.
S n | client_cert_unreadable | 03000064 | bad decrypt
= The pass phrase of the private key is wrong.
M n | client_cert_unreadable | 05800074 | key values mismatch
= The private key does not belong to the certificate.
! pair Name a certificate and a key that belong together: their public keys are the same.
S n | client_cert_unreadable | 05800073 | key type mismatch
= The private key does not belong to the certificate: it is of another kind.
M n | ca_file_unreadable client_cert_unreadable | 05800088 | no certificate or crl found
= The file holds neither a certificate nor a revocation list in PEM.
M q | ca_file_unreadable client_cert_unreadable | 10000080 | no such file
= A file of certificates or keys does not exist.
S q | malformed | 06800065 | bad object header
S q | malformed client_cert_unreadable | 0680007B | header too long
= What was to be read is not the DER of the object that was expected.
S q | malformed client_cert_unreadable | 068000A8 | wrong tag
= What was to be read is not the DER of the object that was expected.
S q | malformed client_cert_unreadable | 0680008E | not enough data
= What was to be read ends too early: a file was cut off.
M q | bad_signature | 06880006 | EVP lib
= A signature could not be checked, or does not verify.
M q | client_cert_unreadable malformed | 1E08010C | unsupported
= OpenSSL finds no way to read the key or file: it is encrypted with an old algorithm (RC2, DES), is of an unknown kind, or is no key at all.
W q | other client_cert_unreadable | 0308010C | unsupported / evp unsupported
= A program asked for an algorithm that OpenSSL 3 has switched off: in a build with webpack 4 that is MD4, and has nothing to do with certificates.
? Of an old PKCS#12 file it is RC2.
! build Update the build tool, as webpack to version 5; write an old PKCS#12 file anew.
M q | bad_signature | 030000EA | provider signature failure
S q | weak_signature | 03000098 | invalid digest
S n | client_cert_unreadable | 11800071 | mac verify failure
= The password of the PKCS#12 file is wrong.
S q | weak_key | 02000078 | key size too small
`

// opensslTexts are other lines of the openssl command and of its library.
const opensslTexts = `
M | client_cert_unreadable | | Could not read certificate from {file} / Could not read client certificate from {file} / Could not find certificate from {file} / Could not find certificate in {file} / Could not find client certificate from {file}
M | client_cert_unreadable | | Could not read private key from {file} / Could not read client certificate private key from {file} / Could not read certificate private key from {file} / Could not find private key from {file} / Could not read key from {file}
M | client_cert_unreadable | | Could not open file or uri for loading certificate file from {file} / Could not open file or uri for loading certificate from {file} / Could not open file or uri for loading client certificate from {file} / Could not open file or uri for loading private key from {file} / Could not open file or uri for loading client certificate private key from {file}
M | client_cert_unreadable | | Unable to load certificate / unable to load client certificate / unable to load Private Key / unable to load client certificate private key / unable to load client certificate private key file / unable to load key / error setting private key / error setting certificate
M | client_cert_unreadable | | Private key does not match the certificate public key
= The private key does not belong to the certificate.
R | ca_file_unreadable | | Error loading CA file {file} / Error loading CAfile {file} / Error loading file {file} / Could not load CA file {file} / Could not open file or uri for loading CA certificate from {file}
M d | ca_file_unreadable | | x509 certificate routines:X509_load_cert_crl_file / x509 certificate routines:X509_load_cert_crl_file_ex / x509 certificate routines:X509_load_crl_file
R | ca_file_unreadable | | Error loading store locations
R t | | | Expecting: TRUSTED CERTIFICATE / Expecting: ANY PRIVATE KEY / Expecting: CERTIFICATE
M gn | handshake_failure plain_http wrong_protocol closed | | no peer certificate available
= No certificate was received, whatever the verify code beside it says.
M g | wrong_protocol | | Didn't find STARTTLS in server response / STARTTLS failed
M | reset | | write:errno=104 / read:errno=104 / write:errno=54 / read:errno=54 / read:errno=10054 / write:errno=10054 / SSL_ERROR_SYSCALL, errno 104 / SSL_ERROR_SYSCALL, errno 54 / SSL_ERROR_SYSCALL, errno 10054
M | closed | | write:errno=0 / read:errno=0 / write:errno=32 / SSL_ERROR_SYSCALL, errno 0
M | refused | | connect:errno=111 / connect:errno=61 / connect:errno=10061
M | timeout | | connect:errno=110 / connect:errno=60 / connect:errno=10060
R f | handshake_failure @verify @shake | | SSL error:
R f | handshake_failure @shake | | SSL handshake failed:
R f | | | Verification error: / verify error:num= / TLS library problem: / SSL library error / OpenSSL error: / error in SSL_connect
R g | closed reset handshake_failure | | SSL_ERROR_SYSCALL
R g | handshake_failure | | SSL_ERROR_SSL
R | closed | | SSL_ERROR_ZERO_RETURN
`
