// Package codepoint knows the numbers of the IANA registry "TLS Parameters":
// versions, cipher suites, named groups, signature schemes and alerts, as data,
// with their names there and in OpenSSL, and what is to be said about each.
package codepoint
