package probe

import (
	"crypto/tls"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// modern makes a complete handshake as a current client would: with crypto/tls,
// whose every byte passes the tap.
func modern(c *course, t *tap, request report.HandshakeRequest, options Options) error {
	t.speech = &speech{course: c}
	cache := &sessions{resume: decodeSession(request.Offer.Session)}
	client := tls.Client(t, &tls.Config{
		Rand:               options.Rand,
		Time:               late(options.Now),
		ServerName:         c.SNI,
		NextProtos:         request.Offer.ALPN,
		InsecureSkipVerify: true, // the chain is judged elsewhere, and shown here
		ClientSessionCache: cache,
		KeyLogWriter:       &keyLog{t.flight, t.speech},
	})
	if err := client.Handshake(); err != nil {
		return err
	}
	c.Resumed = client.ConnectionState().DidResume
	err := settle(c, t, client)
	c.Complete = err == nil
	c.Session = cache.encoded()
	return err
}

// late is a clock that is decades late. Only differences matter to crypto/tls
// here, but for one thing: it resumes no session of a certificate that has
// expired, and the server would.
func late(now func() time.Time) func() time.Time {
	return func() time.Time { return now().AddDate(-30, 0, 0) }
}

// settle hears what a server has to say after a handshake of TLS 1.3: tickets,
// or that it wants a client certificate after all.
func settle(c *course, t *tap, client *tls.Conn) error {
	if c.Version != codepoint.TLS13 {
		client.CloseWrite()
		return nil
	}
	// A server that wants no certificate has no verdict to give: told that all is
	// over, it ends the connection, and what it said before that is all there is.
	asked, wait := c.ClientCertificate != nil, verdict
	if !asked {
		wait = lastWords + 2*c.took(report.StepHello)
		client.CloseWrite()
	}
	t.enough = func() bool { return t.flight.ticket || t.flight.fatal != nil }
	defer time.AfterFunc(wait, func() { t.Conn.Close() }).Stop()
	_, err := client.Read(make([]byte, 1))
	switch {
	case t.flight.fatal != nil:
		return errAlert
	case t.flight.ticket || err == nil:
		return nil
	case asked && (isClosed(err) || isReset(err)):
		return err
	case isClosed(err):
		c.Ticket = found(false)
	}
	return nil
}
