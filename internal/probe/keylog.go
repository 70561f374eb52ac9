package probe

import (
	"bytes"
	"encoding/hex"
)

// A keyLog takes the secrets that crypto/tls writes for debugging
// (draft-ietf-tls-keylogfile), to open the records that have passed the tap.
type keyLog struct {
	flight *flight
	speech *speech
}

func (k *keyLog) Write(line []byte) (int, error) {
	fields := bytes.Fields(line)
	if len(fields) != 3 {
		return len(line), nil
	}
	secret, err := hex.DecodeString(string(fields[2]))
	if err != nil {
		return 0, err
	}
	switch string(fields[0]) {
	case "SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0":
		return len(line), k.flight.unlock(secret)
	case "CLIENT_HANDSHAKE_TRAFFIC_SECRET":
		k.speech.records.open = newSealer(k.flight.suite(), secret)
	case "CLIENT_TRAFFIC_SECRET_0":
		// What the client says after its Finished is nothing but goodbye.
		k.speech.records.sealed = true
	}
	return len(line), nil
}
