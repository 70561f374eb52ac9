// Package starttls asks a server that speaks another protocol to begin TLS.
package starttls
