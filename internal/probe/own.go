package probe

import (
	"io"
	"slices"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// An own is a handshake with a ClientHello of our own. It ends with the server's
// first flight, so that nothing it may have offered is ever used.
type own struct {
	*course
	tap    *tap
	random io.Reader
	hello  *hello
	// transcript are the messages of both sides up to the ServerHello, with
	// their headers.
	transcript []byte
	// seal seals what the client says in TLS 1.3.
	seal *sealer
	// answered counts the ServerHellos that were answered.
	answered int
	// enough tells that what is still to come can't be read.
	enough bool
}

// offered makes the handshake of an offer that has lists.
func offered(c *course, t *tap, request report.HandshakeRequest, options Options) error {
	h, err := newHello(request, c.SNI, options.Rand)
	if err != nil {
		return err
	}
	c.Offer, c.WantStaple = h.offer, h.staple
	o := &own{course: c, tap: t, random: options.Rand, hello: h}
	t.flight.brief = true
	if err := o.say(); err != nil {
		return err
	}
	if err := o.listen(); err != nil {
		return err
	}
	if t.flight.fatal != nil {
		return errAlert
	}
	o.leave()
	return o.check()
}

// say sends the ClientHello. RFC 8446, section 5.1: its records may have the
// version of TLS 1.0, "for compatibility purposes", but not after the first.
func (o *own) say() error {
	message, err := o.hello.marshal()
	if err != nil {
		return err
	}
	o.transcript = append(o.transcript, message...)
	version := min(o.hello.newest(), codepoint.TLS10)
	if o.HelloRetry {
		version = codepoint.TLS12
	}
	var out []byte
	for chunk := range slices.Chunk(message, 1<<14) {
		out = appendRecord(out, recordHandshake, version, chunk)
	}
	_, err = o.tap.Write(out)
	return err
}

// listen reads the server's first flight, and answers where it asks something.
func (o *own) listen() error {
	f := o.tap.flight
	for buffer := make([]byte, 16<<10); !f.over && f.fatal == nil && !o.enough; {
		if _, err := o.tap.Read(buffer); err != nil {
			return err
		}
		if err := o.answer(); err != nil {
			return err
		}
	}
	return nil
}

// answer answers a HelloRetryRequest, and makes the keys for what follows a
// ServerHello of TLS 1.3.
func (o *own) answer() error {
	f := o.tap.flight
	for o.answered < len(f.hellos) && f.Version == codepoint.TLS13 && !o.enough {
		raw := f.hellos[o.answered]
		o.answered++
		reply := o.unlock
		if o.HelloRetry && o.answered == 1 {
			reply = o.retry
		}
		if err := reply(raw); err != nil {
			return err
		}
	}
	return nil
}

// retry sends a second ClientHello, with the share that the server asked for
// (RFC 8446, section 4.1.4). Where there is none, the server has said which group
// it takes, and that is all that can be had.
func (o *own) retry(request []byte) error {
	f := o.tap.flight
	p, ok := protectionOf(f.suite())
	if f.Group != nil {
		if err := o.hello.makeShares([]uint16{f.Group.ID}, o.random); err != nil {
			return err
		}
		ok = ok && len(o.hello.shares) > 0
	}
	if !ok {
		o.enough = true
		return nil
	}
	o.hello.cookie = f.cookie
	// RFC 8446, section 4.4.1: in the transcript, a hash stands for the first
	// ClientHello.
	sum := p.sum(o.transcript)
	o.transcript = append([]byte{messageHash, 0, 0, byte(len(sum))}, sum...)
	o.transcript = append(o.transcript, request...)
	if err := o.say(); err != nil {
		return err
	}
	f.records.sealed = false
	return f.drain()
}

// unlock makes the secrets of the handshake, and reads on with the server's.
func (o *own) unlock(hello []byte) error {
	f := o.tap.flight
	o.transcript = append(o.transcript, hello...)
	p, ok := protectionOf(f.suite())
	if !ok || f.Group == nil {
		o.enough = true
		return nil
	}
	share := o.hello.share(f.Group.ID)
	if share == nil {
		return malformed("chose the group " + f.Group.Name + ", for which it was sent no share")
	}
	secret, err := share.secret(f.share)
	if err != nil {
		return malformed("sent a share that is none of the group " + f.Group.Name)
	}
	client, server, err := p.handshakeSecrets(secret, o.transcript)
	if err != nil {
		return err
	}
	o.seal = newSealer(f.suite(), client)
	return f.unlock(server)
}

// leave says goodbye. RFC 8446, section 6.1: user_canceled "notifies the
// recipient that the sender is canceling the handshake", and "SHOULD be followed
// by a close_notify". What becomes of it is of no interest.
func (o *own) leave() {
	for _, number := range []byte{userCanceled, closeNotify} {
		body := []byte{levelWarning, number}
		out := appendRecord(nil, recordAlert, min(o.Version, codepoint.TLS12), body)
		if o.seal != nil {
			out = o.seal.wrap(recordAlert, body)
		}
		if _, err := o.tap.Write(out); err != nil {
			return
		}
		o.noteAlert(int(number), true)
	}
}

// check says what the server chose that it was not offered.
func (o *own) check() error {
	switch {
	case !o.hello.has(o.Version):
		return fault{report.ProtocolVersion, "chose " + o.Protocol + ", which it was not offered"}
	case !slices.Contains(o.hello.suites(), o.Suite.ID):
		return malformed("chose the cipher suite " + o.Suite.Name + ", which it was not offered")
	case o.Version == codepoint.TLS13 && o.Group != nil && !slices.Contains(o.hello.offer.Groups, o.Group.ID):
		return malformed("chose the group " + o.Group.Name + ", which it was not offered")
	}
	return nil
}
