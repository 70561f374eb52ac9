package intake

// A rule reads one sort of line of s_client.
type rule struct {
	prefix string
	// opens is true when a run may begin with the line, proof when the line
	// shows that it is one.
	opens, proof bool
	// stage is how far a run is after the line; a line of an earlier stage, or
	// of the same, begins another run. Zero for lines without a fixed place.
	stage stage
	// float says whether a line without a fixed place begins another run.
	float func(r *run, l line) bool
	// whole is true when take wants the line with the prefix.
	whole bool
	// accept looks at the rest of the line; nil accepts all.
	accept func(r *run, rest []byte) bool
	take   func(r *run, l line)
}

// anew tells whether the line begins another run than r.
func (u *rule) anew(r *run, l line) bool {
	if u.float != nil {
		return u.float(r, l)
	}
	return u.stage != stageNone && (u.stage <= r.stage || r.stuck)
}

// rules are tried by the first byte of a line, in this order.
var rules = []rule{
	{prefix: "Connecting to ", opens: true, stage: stageConnecting, accept: isAddress, take: (*run).connecting},
	{prefix: "CONNECTED(", opens: true, proof: true, stage: stageConnected, take: (*run).connected},
	{prefix: "CONNECTION ESTABLISHED", opens: true, proof: true, stage: stageConnected, take: func(r *run, l line) { r.brief = true; r.connected(l) }},
	{prefix: "Can't use SSL_get_servername", opens: true, float: isEnded},
	{prefix: "SSL_connect:before", opens: true, float: isEnded},
	{prefix: "SSL_connect:", opens: true, float: never}, // -state goes on while tickets arrive
	{prefix: "depth=", opens: true, float: depthAnew, take: (*run).depthLine},
	{prefix: "verify error:num=", opens: true, proof: true, float: never, take: (*run).verifyError},
	{prefix: "verify return:"},
	{prefix: "Certificate chain", opens: true, stage: stageChain, accept: isEmpty, take: enter(sectionChain)},
	{prefix: "i:", take: (*run).chainIssuer},
	{prefix: "a:PKEY:", take: func(r *run, l line) { r.marks.v3 = true }},
	{prefix: "v:NotBefore:"},
	{prefix: "Server certificate", opens: true, accept: isEmpty, take: enter(sectionServer)},
	{prefix: "subject=", take: (*run).serverSubject},
	{prefix: "issuer=", take: (*run).serverIssuer},
	{prefix: "no peer certificate available", opens: true, proof: true, stage: stagePeer, take: (*run).noPeer},
	{prefix: "---", accept: isEmpty, take: enter(sectionNone)},
	{prefix: "No client certificate CA names sent"},
	{prefix: "Acceptable client certificate CA names", take: func(r *run, l line) { r.tr.ClientCertRequested, r.section = true, sectionCANames }},
	{prefix: "Client Certificate Types: ", take: (*run).certificateTypes},
	{prefix: "Requested Signature Algorithms: ", take: (*run).signatureAlgorithms},
	{prefix: "Shared Requested Signature Algorithms:", take: enter(sectionNone)},
	{prefix: "Peer signing digest: ", take: first(func(r *run) *string { return &r.tr.SignatureDigest })},
	{prefix: "Hash used: ", take: first(func(r *run) *string { return &r.tr.SignatureDigest })},
	{prefix: "Peer signature type: ", take: first(func(r *run) *string { return &r.tr.SignatureType })},
	{prefix: "Signature type: ", take: first(func(r *run) *string { return &r.tr.SignatureType })},
	{prefix: "Server Temp Key: ", take: (*run).group},
	{prefix: "Peer Temp Key: ", take: (*run).group},
	{prefix: "Negotiated TLS1.3 group: ", take: (*run).negotiatedGroup},
	{prefix: "SSL handshake has read ", opens: true, proof: true, stage: stageSummary, take: enter(sectionNone)},
	{prefix: "Verification: ", take: (*run).verification},
	{prefix: "Verification error: ", take: (*run).verification},
	{prefix: "TLS server extension "},
	{prefix: "Verified peername: ", take: (*run).peerName},
	{prefix: "Peer certificate: ", take: (*run).briefSubject},
	{prefix: "New, ", accept: hasCipher, take: (*run).newLine},
	{prefix: "Reused, ", accept: hasCipher, take: (*run).newLine},
	{prefix: "Protocol: ", take: first(func(r *run) *string { r.marks.v3 = true; return &r.plain })},
	{prefix: "Protocol version: ", take: first(func(r *run) *string { return &r.session })},
	{prefix: "Ciphersuite: ", take: first(func(r *run) *string { return &r.cipher })},
	{prefix: "Protocol  : ", take: first(func(r *run) *string { return &r.session })},
	{prefix: "Cipher    : ", take: first(func(r *run) *string { return &r.cipher })},
	{prefix: "Server public key is ", take: (*run).keyBits},
	{prefix: "ALPN protocol: ", take: first(func(r *run) *string { return &r.tr.ALPN })},
	{prefix: "No ALPN negotiated", take: func(r *run, l line) { r.tr.ALPNNone = true }},
	{prefix: "OCSP response: no response sent", take: func(r *run, l line) { r.tr.OCSPStaple = "none" }},
	{prefix: "OCSP response:", take: func(r *run, l line) { r.tr.OCSPStaple = "sent" }},
	{prefix: "======", take: (*run).ocspRule},
	{prefix: "Verify return code: ", opens: true, proof: true, float: never, take: (*run).verifyCode},
	{prefix: "SSL3 alert ", take: (*run).stateAlert},
	{prefix: "<<< ", take: messageAlert(false)},
	{prefix: ">>> ", take: messageAlert(true)},
	{prefix: "DONE", accept: isEmpty, take: stop},
	{prefix: "closed", accept: isEmpty, take: stop},
	{prefix: "connect:errno=", opens: true, proof: true, stage: stageConnected, take: (*run).errno, whole: true},
	{prefix: "read:errno=", take: (*run).errno, whole: true},
	{prefix: "write:errno=", opens: true, float: errorsAnew, take: (*run).errno, whole: true},
	{prefix: "Didn't find STARTTLS", opens: true, float: errorsAnew, take: (*run).errorText, whole: true},
	{prefix: "didn't find starttls", opens: true, float: errorsAnew, take: (*run).errorText, whole: true},
	{prefix: "Key-Arg   :", take: func(r *run, l line) { r.marks.pskLines = true }},
	{prefix: "PSK identity:", take: func(r *run, l line) { r.marks.pskLines = true }},
	{prefix: "Krb5 Principal:", take: func(r *run, l line) { r.marks.pskLines = true }},
	{prefix: "Start Time: ", take: func(r *run, l line) { r.marks.sessionEnd = true }},
	{prefix: "Post-Handshake New Session Ticket arrived:"},
}
