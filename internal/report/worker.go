package report

// What the worker takes and gives beside handshakes. An answer other than
// 200 OK is a refusal: {"code": RefusalCode, "message": "one plain sentence"}.

// A RefusalCode says why a worker did not take a request.
type RefusalCode string

// The codes, each with its HTTP status.
const (
	RefusedRequest     RefusalCode = "bad_request"     // 400: not the JSON that is asked for, or without sense
	RefusedHost        RefusalCode = "bad_host"        // 400: neither the name of a host nor an address in its usual spelling
	RefusedAddress     RefusalCode = "private_address" // 403: the host is, or has, an address that is not a public one
	RefusedPort        RefusalCode = "port"            // 403: the port is not one of About.Ports
	RefusedOrigin      RefusalCode = "origin"          // 403: the page that asks is not one of those allowed
	RefusedPath        RefusalCode = "not_found"       // 404: there is nothing at that path
	RefusedMethod      RefusalCode = "method"          // 405: the path is there for another method
	RefusedSize        RefusalCode = "too_large"       // 413: the request has too many bytes
	RefusedContentType RefusalCode = "content_type"    // 415: the request is not application/json
	RefusedNoURL       RefusalCode = "no_url"          // 422: the certificate does not say where to ask
	RefusedRate        RefusalCode = "rate_limit"      // 429: too many requests of one client; see Retry-After
	RefusedFault       RefusalCode = "internal"        // 500: a fault of the worker
	RefusedBusy        RefusalCode = "busy"            // 503: too many requests of all clients; see Retry-After
)

// An About says what a worker takes (GET /v1/about).
type About struct {
	Version string `json:"version"`
	// Vantage is as in Handshake.
	Vantage string `json:"vantage"`
	// Ports are the TCP ports that it connects to, ascending; null for all.
	Ports []int `json:"ports"`
	// AllowPrivate tells that it connects to private addresses too.
	AllowPrivate bool `json:"allowPrivate"`
	// Limits are those of one request.
	Limits WorkerLimits `json:"limits"`
}

// WorkerLimits are the limits of one request to a worker.
type WorkerLimits struct {
	// Seconds is how long a request may take.
	Seconds float64 `json:"seconds"`
	// Request is the size of a request in bytes.
	Request int `json:"request"`
	// Received is how many bytes a server may send in a handshake.
	Received int `json:"received"`
	// Issuer and Revocation are the sizes in bytes of what is fetched.
	Issuer     int `json:"issuer"`
	Revocation int `json:"revocation"`
	// Redirects is how many redirects of one URL are followed.
	Redirects int `json:"redirects"`
}

// An IssuerRequest asks for the certificates that are found where a certificate
// says that its issuer's are (POST /v1/issuer).
type IssuerRequest struct {
	// Certificate is the certificate (DER, base64).
	Certificate string `json:"certificate"`
}

// An IssuerAnswer is what was found at the caIssuers URLs of a certificate
// (RFC 5280, section 4.2.2.1). That they are certificates is all that was
// looked at: whether one of them issued the other is for the caller to judge.
type IssuerAnswer struct {
	// Certificates are as found (DER, base64); empty when no URL gave any.
	Certificates []string `json:"certificates"`
	// URL is the URL in the certificate that gave them.
	URL string `json:"url,omitempty"`
	// Tried are the URLs that were asked, in order.
	Tried []Fetch `json:"tried"`
}

// A RevocationRequest asks for what a certificate's own CA says of its
// revocation (POST /v1/revocation).
type RevocationRequest struct {
	// Certificate is the certificate (DER, base64).
	Certificate string `json:"certificate"`
	// Issuer is its issuer's (DER, base64), which an OCSP request needs; without
	// it, revocation lists are asked alone.
	Issuer string `json:"issuer,omitempty"`
}

// A RevocationAnswer is the first OCSP response, or else the first revocation
// list, that was found at the certificate's own URLs. That it is one is all
// that was looked at.
type RevocationAnswer struct {
	// Kind is "ocsp" or "crl"; empty when no URL gave either.
	Kind string `json:"kind,omitempty"`
	// URL is the URL in the certificate that gave it.
	URL string `json:"url,omitempty"`
	// Tried are the URLs that were asked, in order.
	Tried []Fetch `json:"tried"`
	// DER is the response or list (base64), of up to some megabytes.
	DER string `json:"der,omitempty"`
}

// A Fetch is one URL that was asked.
type Fetch struct {
	URL string `json:"url"`
	// Redirected is the last URL when the first led elsewhere.
	Redirected string `json:"redirected,omitempty"`
	// Failure is one plain sentence; empty when it gave what was wanted.
	Failure string `json:"failure,omitempty"`
}
