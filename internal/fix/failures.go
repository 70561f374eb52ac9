package fix

import (
	"strings"

	"certlens/internal/report"
)

// A failure is what the catalogue says of one class.
type failure struct {
	title   string
	tasks   []string
	meaning string
	// possible says it as one of several causes, decide what would tell it from the
	// others, and command is that, where it is one.
	possible, decide, command string
	// causes are what is usually behind it, most likely first.
	causes []cause
}

type cause struct {
	class   report.Class
	summary string
}

// tasksOf are the tasks that put a failure right.
func tasksOf(class report.Class) []string {
	if f := catalogue().failures[class]; f != nil {
		return f.tasks
	}
	return nil
}

// Title names a failure in a few words.
func Title(class report.Class) string {
	if f := catalogue().failures[class]; f != nil {
		return f.title
	}
	return ""
}

// Alternative says a failure as one of those that are possible, with what would
// decide.
func Alternative(class report.Class, v Values) report.Alternative {
	a := report.Alternative{Class: class}
	if f := catalogue().failures[class]; f != nil {
		a.Summary, a.Decide = f.possible, f.decide
		if f.command != "" {
			a.Command = v.filler().fill(f.command)
		}
	}
	return a
}

// readFailures reads the table of failures: class ¦ title ¦ tasks ¦ meaning ¦ as one
// of several causes ¦ what decides ¦ command. Lines that begin with "-" are causes
// of the one above; a class in brackets is another failure behind it.
func (t *tables) readFailures() {
	var class report.Class
	var f *failure
	for line := range strings.Lines(failures) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if summary, isCause := strings.CutPrefix(line, "- "); isCause {
			c := cause{class, summary}
			if rest, isOther := strings.CutPrefix(summary, "["); isOther {
				other, said, _ := strings.Cut(rest, "] ")
				c = cause{report.Class(other), said}
			}
			f.causes = append(f.causes, c)
			continue
		}
		column := columns(line)
		class = report.Class(column())
		f = &failure{title: column(), tasks: strings.Fields(column()), meaning: column()}
		f.possible, f.decide, f.command = column(), column(), column()
		t.failures[class] = f
		t.order = append(t.order, class)
	}
}

// failures are all classes. See readFailures.
const failures = `
expired ¦ The certificate has expired ¦ renew clock ¦ Every certificate has a last day, and this one's has passed. Clients refuse it whoever it belongs to. ¦ The server's certificate has expired. ¦ Look at the dates of what the server sends. ¦ {s_client}
- Renewal failed, or was nobody's task.
- It was renewed, and the server was not reloaded.
- [clock_skew] The clock of the machine that complains is ahead.
not_yet_valid ¦ The certificate is not valid yet ¦ clock renew ¦ A certificate has a first day, and it is still to come. ¦ The certificate is not valid yet. ¦ Compare the first day with the time of the machine. ¦ $ date -u
- [clock_skew] The clock of the machine that complains is behind, as after a flat battery or a suspended virtual machine.
- It was issued ahead of its time.
self_signed ¦ The certificate signs itself ¦ issue trust ¦ Nobody vouches for the certificate but itself. Anybody can make one like it, so clients refuse it unless they were told to trust it. ¦ The server's certificate is self-signed. ¦ See whether subject and issuer of its first certificate are the same. ¦ {s_client}
- It came with the device or program, and was never replaced.
- The server has no certificate for this name and sends a default one.
- [interception] A program on the way re-signs connections.
self_signed_in_chain ¦ The chain ends in a root that is not trusted ¦ trust bypass ¦ The server sent a root certificate at the end of its chain, and the client does not know it. Sending a root does not make it trusted. ¦ The server sent the root of a private CA. ¦ Paste the chain: the last certificate names the CA. ¦ {s_client}
- The root is that of a private CA, and the client was not told to trust it.
- [interception] A proxy or anti-virus program re-signs connections with a root of its own.
- [unknown_root] The trust store of the client is old.
unknown_root ¦ The root is not trusted ¦ trust store ¦ The chain leads to a CA that is not in the trust store of the client. ¦ The chain leads to a private CA that this client was not told to trust, or its trust store is old or missing. ¦ Paste the chain: the issuer of its last certificate is the CA to look for. ¦ {s_client}
- The CA is a private one.
- The trust store is old, empty or not where the program looks for it, as in a small container image.
- [interception] A program on the way re-signs connections.
- [missing_intermediate] The server did not send an intermediate.
missing_intermediate ¦ An intermediate certificate is missing ¦ chain ¦ Between the server's certificate and the root stand intermediates, which the server has to send. Browsers often find them elsewhere; curl, Java, Go, Python and Node.js do not. ¦ The server does not send its intermediate certificate. ¦ Paste what the server sends: with one certificate alone, the intermediate is missing. ¦ {s_client}
- The server is given the file of its own certificate, in place of the one with the whole chain.
- The CA changed its intermediate, and the server sends the old one.
- [unknown_root] It is sent, and the root is not known.
hostname_mismatch ¦ The certificate is for other names ¦ issue vhost name ¦ The name that was asked for is not among the names of the certificate. A wildcard stands for one label: *.example.com is not good for a.b.example.com, nor for example.com. ¦ The certificate does not have the name that was asked for. ¦ Look at its names. ¦ $ {handshake} </dev/null | openssl x509 -noout -ext subjectAltName
- The name was left out when the certificate was issued.
- The server does not know the name, and sends the certificate of another site.
- DNS leads to another server.
ip_mismatch ¦ The certificate is not for this address ¦ issue name ¦ An IP address was asked for, and the certificate does not have it as an IP name. An address as a DNS name does not count. ¦ An IP address was asked for that the certificate does not have. ¦ Look at its names. ¦ $ {handshake} </dev/null | openssl x509 -noout -ext subjectAltName
- The address was used in place of the name.
no_san ¦ The certificate has no alternative names ¦ issue ¦ Today's clients look at the subject alternative names alone, and not at the common name. ¦ The certificate has a common name alone. ¦ Look whether it has alternative names. ¦ $ {handshake} </dev/null | openssl x509 -noout -subject -ext subjectAltName
- It was made by an old script or device.
expired_intermediate ¦ An intermediate certificate has expired ¦ chain store ¦ The server's own certificate may be good; one above it is out of date. ¦ An intermediate that the server sends has expired. ¦ Look at the dates of all certificates that the server sends. ¦ {s_client}
- The server still sends an old intermediate after the CA changed it.
- A cross-signed certificate ran out, and the client does not look for another path.
expired_root ¦ The root has expired ¦ store chain ¦ The chain leads to a root that is out of date, though there mostly is another path to a current one. ¦ The chain leads to a root that has expired. ¦ Look where the chain leads. ¦ {s_client}
- The trust store of the client is years old.
- The server sends a cross-signed certificate that leads to the old root.
weak_key ¦ A key is too small ¦ issue dh ¦ A key of this size or kind can be broken, or a client's policy refuses it. ¦ A key in the chain is too small. ¦ Look at the key of each certificate. ¦ {s_client}
- The key was made years ago, and taken over at each renewal.
- It is not the certificate's, but that of the Diffie-Hellman exchange.
weak_signature ¦ A signature uses SHA-1 or MD5 ¦ issue chain ¦ Certificates with such signatures can be forged, so clients refuse them. ¦ A signature in the chain uses SHA-1 or MD5. ¦ Look at the signature of each certificate. ¦ {s_client}
- A private CA still signs with SHA-1.
- The server sends an old intermediate.
wrong_purpose ¦ The certificate is for another use ¦ issue mtls ¦ Its extended key usage does not have what it is used for here: serverAuth for a server, clientAuth for a client. ¦ The certificate is for another use. ¦ Look at its extended key usage. ¦ $ {handshake} </dev/null | openssl x509 -noout -ext extendedKeyUsage
- Public CAs no longer issue certificates for clients along with those for servers.
issuer_not_ca ¦ An issuer is no CA ¦ issue chain ¦ A certificate was issued by one that may not issue any: it lacks CA:TRUE or keyCertSign. ¦ A certificate in the chain was issued by one that is no CA. ¦ Paste the chain. ¦ {s_client}
- A private CA was made without the extension for CAs.
- The server sends a wrong certificate in place of the intermediate.
path_length ¦ The chain is longer than a CA allows ¦ issue ¦ A CA above says how many CAs may stand below it, and there are more. ¦ The chain is longer than a CA allows. ¦ Paste the chain. ¦ {s_client}
- A private CA issued another one that it may not issue.
name_constraint ¦ A CA may not issue for this name ¦ issue ¦ A CA above is limited to certain names, and this one is not among them. ¦ A CA above may not issue for this name. ¦ Paste the chain. ¦ {s_client}
- A private CA for one domain issued for another.
unknown_critical ¦ A critical extension is not understood ¦ issue ¦ An extension marked as critical must be understood by the client, and it is not. ¦ A certificate has a critical extension that the client does not know. ¦ Paste the chain. ¦ {s_client}
- It is for another use than TLS, or was made by a tool of one's own.
bad_signature ¦ A signature does not verify ¦ chain issue ¦ What stands there as the issuer did not sign the certificate, or it was changed since. ¦ A signature in the chain does not verify. ¦ Paste the chain. ¦ {s_client}
- An intermediate with the right name and another key is sent: an old one, or that of a test CA.
- [interception] The certificate was changed on the way.
malformed ¦ A certificate or file is malformed ¦ file issue ¦ What should be a certificate or a key does not have that form. ¦ A certificate or file is malformed. ¦ Paste it here. ¦ 
- The file is in DER where PEM is wanted, was cut, or has characters of a word processor in it.
revoked ¦ The certificate was revoked ¦ issue renew ¦ The CA took it back before its end. ¦ The certificate was revoked. ¦ Ask its OCSP responder, and paste the answer. ¦ $ {handshake} -status </dev/null
- The key leaked, or its owner replaced it.
- The CA found that it was issued wrongly.
revocation_unknown ¦ Revocation could not be checked ¦ revocation ¦ The client wants to know whether the certificate was revoked, and found no current answer. ¦ Whether it was revoked could not be checked. ¦ Try whether the addresses for it can be reached. ¦ $ {handshake} </dev/null | openssl x509 -noout -ocsp_uri
- A firewall or proxy keeps the client from the CA's servers.
- A private CA's list has run out.
distrusted ¦ The CA is distrusted ¦ issue ¦ The makers of the client took this CA out of their list on purpose, or part of what it issued. ¦ The client distrusts this CA on purpose. ¦ Paste the chain: the CA's name tells. ¦ {s_client}
- The CA broke the rules, and lost its place.
ct_required ¦ Certificate Transparency is missing ¦ issue ¦ The client demands proof that the certificate stands in public logs. ¦ Proof of Certificate Transparency is missing. ¦ Paste the certificate. ¦ {s_client}
- A private certificate under a public root, or a CA that did not log it.
protocol_version ¦ There is no common TLS version ¦ tls update port ¦ Client and server have no version of TLS in common. ¦ Client and server have no TLS version in common. ¦ See what the server takes. ¦ $ {handshake} -tls1_2 </dev/null
- The server is old, and offers TLS 1.0 or 1.1 alone.
- The client is old, or its policy allows the newest alone.
no_shared_cipher ¦ There is no common cipher suite ¦ tls update ¦ Client and server have no cipher suite, group or signature algorithm in common that fits the certificate's key. ¦ Client and server have no cipher suite in common. ¦ See what the server takes. ¦ $ {handshake} </dev/null
- The server has a list of suites for keys of another kind, RSA or ECDSA.
- The server has no certificate at all for this name.
- A policy of the system switches off what the other side needs.
client_cert_required ¦ A client certificate is required ¦ mtls ¦ The server wants the client to show a certificate, and it showed none. ¦ The server demands a client certificate. ¦ See whether the server lists "Acceptable client certificate CA names". ¦ $ {handshake} </dev/null
- None was given to the client.
- The one that was given was not sent, as no CA on the server's list issued it.
client_cert_rejected ¦ The client certificate was refused ¦ mtls clientca ¦ The client showed a certificate, and the server did not take it. ¦ The server refused the client's certificate. ¦ Look at the dates, the use and the issuer of the client's certificate. ¦ $ openssl x509 -in client.pem -noout -subject -issuer -dates -ext extendedKeyUsage
- It has expired, or is not for clients.
- The server does not know its CA, or the client did not send its intermediate.
plain_http ¦ Plain HTTP is spoken here ¦ port listen ¦ The answer was no TLS, but HTTP in plain text. ¦ The port speaks plain HTTP. ¦ Ask it in plain text. ¦ $ curl -v http://{server}/
- https is used with the port of http, or the other way round.
- The server has no certificate for the port, and so never speaks TLS there.
- The proxy is given as https:// and speaks plain HTTP.
wrong_protocol ¦ Something else than TLS is spoken here ¦ port listen ¦ The first bytes were not those of TLS. ¦ Another protocol is spoken there, perhaps one with STARTTLS. ¦ See how it greets. ¦ $ curl -v telnet://{server}
- The port is one on which TLS begins with STARTTLS, as 25, 587, 143, 389 or 5432.
- The port is that of another service.
closed ¦ The connection was closed ¦ log tls reach ¦ The other side ended the connection in the middle, and did not say why. ¦ The server closed the connection. ¦ See after which message it is closed. ¦ {s_client} -msg
- [client_cert_required] The server wants a client certificate.
- A load balancer has nothing behind it for this name.
- [protocol_version] An old server does not know what it is offered.
reset ¦ The connection was reset ¦ reach log ¦ The connection was cut by the other side, or by something between. ¦ A firewall or proxy on the way, or the server, reset the connection. ¦ Try from another network. ¦ $ curl -v {url}
- A firewall cuts it, often after it saw the server name.
- The server, or what is before it, crashed or is overloaded.
refused ¦ The connection was refused ¦ reach ¦ Nothing listens at this address and port. ¦ Nothing listens there. ¦ Try the port. ¦ $ nc -vz {host} {port}
- The server does not run, or listens on another port or on 127.0.0.1 alone.
- A firewall refuses.
timeout ¦ No answer came ¦ reach ¦ The address did not answer in time. ¦ No answer came in time. ¦ Try the port. ¦ $ nc -vz {host} {port}
- A firewall drops what is sent.
- The address is wrong, or the way goes through a proxy that is not set.
dns ¦ The name does not resolve ¦ reach ¦ No address was found for the name. ¦ The name does not resolve. ¦ Ask for its address. ¦ $ getent ahosts {host}
- The name is misspelt, or has no record.
- It is known in another network alone (VPN, cluster).
pin_mismatch ¦ The key is not the pinned one ¦ pin ¦ The client was told which key to expect, and the server has another. ¦ The server's key is not the pinned one. ¦ Compare the fingerprint of the key. ¦ {s_client}
- The server's key was changed, and the pin was not.
- [interception] A program on the way re-signs connections.
staple_missing ¦ The stapled OCSP response is missing ¦ staple ¦ The certificate, or the client, demands a stapled OCSP response, and the server sent none. ¦ The server sends no OCSP response. ¦ See what it staples. ¦ $ {handshake} -status </dev/null
- Stapling is off, or the server cannot reach the OCSP responder.
- The CA no longer answers OCSP, as Let's Encrypt since 2025.
ca_file_unreadable ¦ The file of trusted CAs cannot be read ¦ file store storepass ¦ The program was given a file or directory of CAs that it cannot read; it then trusts nobody. ¦ The file of trusted CAs cannot be read. ¦ Look at the file. ¦ $ openssl x509 -in {file} -noout -subject
- The path is wrong, as inside of a container.
- A variable such as SSL_CERT_FILE, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE is left over.
- The file is empty, or no PEM.
client_cert_unreadable ¦ A certificate or key file cannot be used ¦ file pair ¦ The program cannot read its own certificate or key, or the two do not fit together. ¦ A certificate or key file cannot be used. ¦ Look at the file. ¦ $ openssl pkey -in {file} -noout -check
- The key is that of another certificate.
- The file is missing, cut, encrypted, or not readable for the user that the program runs as.
interception ¦ Connections are re-signed on the way ¦ bypass trust ¦ A proxy, firewall or anti-virus program ends TLS, reads what goes through, and signs a certificate of its own for each host. ¦ Something on the way (a company's proxy, an anti-virus program) re-signs connections. ¦ Look at who issued the certificate, here and from another network. ¦ $ {handshake} </dev/null | openssl x509 -noout -issuer
- A company inspects connections, and its root is not in this program's store, though it is in the system's.
- An anti-virus program, or a tool for debugging, runs on the same machine.
- Somebody attacks the connection.
clock_skew ¦ The clock is wrong ¦ clock ¦ The certificate is in date, and the machine that complains thinks that it is another day. ¦ The clock of the machine that complains is wrong. ¦ Compare its time with the real one. ¦ $ date -u
- A flat battery, a suspended virtual machine, or no time server.
handshake_failure ¦ The handshake failed ¦ log tls mtls ¦ The other side ended the handshake, and its alert does not tell the reason. ¦ The handshake failed for another reason. ¦ See which side ends it, and after which message. ¦ {s_client} -msg
- [no_shared_cipher] There is no cipher suite that both have.
- [client_cert_required] The server wants a client certificate.
- [unrecognized_name] The server does not know the name, or none was sent.
- [protocol_version] There is no version that both have.
- The server does not have secure renegotiation (RFC 5746), which OpenSSL 3 demands.
unrecognized_name ¦ The server does not know the name ¦ vhost name ¦ The server was asked for a name that it has no certificate for. ¦ The server does not know the name that was asked for. ¦ Ask with and without the name. ¦ $ openssl s_client -connect {server} -noservername </dev/null
- The name is missing from the server's configuration.
- DNS leads to another server.
alpn ¦ There is no common application protocol ¦ alpn ¦ Client and server name the protocols that they want to speak inside of TLS, and have none in common. ¦ Client and server have no application protocol in common. ¦ See what the server takes. ¦ $ {handshake} -alpn h2,http/1.1 </dev/null
- gRPC or HTTP/2 is spoken to a server that has HTTP/1.1 alone.
ok ¦ No failure was found ¦ ¦ The chain is complete, in date, good for the name, and leads to a root that is trusted. ¦ Nothing is wrong. ¦ ¦ 
other ¦ Another failure ¦ log ¦ The text names no failure that certlens knows more about. ¦ Something else failed. ¦ Paste more: the lines around the error, and what the server sends. ¦ {s_client}
- The cause stands in lines that were not pasted.
`
