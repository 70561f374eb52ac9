package fix

import (
	"slices"
	"strings"
	"unicode"

	"certlens/internal/report"
)

// topics are the words by which people speak of failures, or their beginnings.
const topics = `
expired expir,renew,out of date,outdated,certbot
not_yet_valid not yet valid
self_signed self sign,selfsign,snakeoil
unknown_root untrusted,not trusted,trust,cacerts,private ca,internal ca,root
missing_intermediate intermediate,incomplete,full chain,fullchain,chain
hostname_mismatch hostname,host name,mismatch,wrong name,wildcard,domain
no_san san ,subject alternative,common name
ip_mismatch ip address
weak_signature sha1,sha 1,md5
revoked revok,revoc
protocol_version tls 1,tlsv1,sslv3,tls version
no_shared_cipher cipher
client_cert_required client cert,mtls,mutual tls
pin_mismatch pinn
interception proxy,antivirus,anti virus,inspection,zscaler,netskope,palo alto,forti,blue coat,cisco umbrella,sophos,kaspersky,eset ,avast,bitdefender,mitm,fiddler,charles,burp
clock_skew clock,ntp
handshake_failure handshake
ct_required transparency,sct
staple_missing stapl
timeout timeout,timed out
refused refused
dns dns,resolve
unrecognized_name sni 
alpn alpn
`

// The limits of a text that is read for its words. A program is looked for in a
// few words alone: in a sentence, many are the name of one.
const (
	maxSpoken      = 4 << 10
	maxProgramText = 30
)

// Topics gives the failures of which a text speaks in words of its own, or else
// those that are put right in the program that it names.
func Topics(said []byte) []report.Class {
	words := strings.FieldsFunc(strings.ToLower(string(said[:min(len(said), maxSpoken)])), isNoWord)
	text := " " + strings.Join(words, " ") + " "
	var found []report.Class
	for line := range strings.Lines(topics) {
		class, stems, _ := strings.Cut(strings.Trim(line, "\n"), " ")
		for stem := range strings.SplitSeq(stems, ",") {
			if stem != "" && strings.Contains(text, " "+stem) {
				found = append(found, report.Class(class))
				break
			}
		}
	}
	if len(found) > 0 || len(text) > maxProgramText {
		return found
	}
	for _, class := range catalogue().order {
		for _, p := range catalogue().procedures {
			if p.platform != "" && p.tier(words) == 0 && slices.Contains(tasksOf(class), p.task.name) {
				found = append(found, class)
				break
			}
		}
	}
	return found
}

func isNoWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
