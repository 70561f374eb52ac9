package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// headers go with every answer. An answer is data: nothing in it may run, and
// nobody may keep it.
var headers = map[string]string{
	"Cache-Control":                "no-store",
	"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'none'",
	"Content-Type":                 "application/json",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
}

func setHeaders(h http.Header) {
	for name, value := range headers {
		h.Set(name, value)
	}
}

// statuses are the HTTP statuses of the refusals.
var statuses = map[report.RefusalCode]int{
	report.RefusedRequest:     http.StatusBadRequest,
	report.RefusedHost:        http.StatusBadRequest,
	report.RefusedAddress:     http.StatusForbidden,
	report.RefusedPort:        http.StatusForbidden,
	report.RefusedOrigin:      http.StatusForbidden,
	report.RefusedPath:        http.StatusNotFound,
	report.RefusedMethod:      http.StatusMethodNotAllowed,
	report.RefusedSize:        http.StatusRequestEntityTooLarge,
	report.RefusedContentType: http.StatusUnsupportedMediaType,
	report.RefusedNoURL:       http.StatusUnprocessableEntity,
	report.RefusedRate:        http.StatusTooManyRequests,
	report.RefusedFault:       http.StatusInternalServerError,
	report.RefusedBusy:        http.StatusServiceUnavailable,
}

func refuse(code report.RefusalCode, format string, args ...any) *probe.Refusal {
	return &probe.Refusal{Code: string(code), Message: fmt.Sprintf(format, args...)}
}

// refuseUntil refuses for some seconds.
func refuseUntil(seconds int, code report.RefusalCode, message string) *probe.Refusal {
	refusal := refuse(code, "%s", message)
	refusal.RetryAfter = time.Duration(seconds) * time.Second
	return refusal
}

func writeRefusal(w http.ResponseWriter, refusal *probe.Refusal) {
	if wait := refusal.RetryAfter; wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())))
	}
	status, known := statuses[report.RefusalCode(refusal.Code)]
	if !known {
		status = http.StatusBadRequest
	}
	write(w, status, refusal)
}

func writeAnswer(w http.ResponseWriter, answer any, refusal *probe.Refusal) {
	if refusal != nil {
		writeRefusal(w, refusal)
		return
	}
	write(w, http.StatusOK, answer)
}

func write(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // the contract is plain data
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // an error is a client that went away
}
