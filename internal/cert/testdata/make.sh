#!/bin/sh
# Makes the certificates of testdata/certs that OpenSSL makes. Dates, keys and most
# signatures are new each time.
set -eu
cd "$(dirname "$0")/certs"
tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT

# self NAME KEY... signs a certificate with its own key; OPTS go to openssl req.
self() {
	name=$1; shift
	openssl genpkey -out "$tmp/key.pem" "$@" 2>/dev/null
	openssl req -new -x509 -key "$tmp/key.pem" -subj "/C=XX/O=Example/CN=$name.example.com" \
		-set_serial 0x0102030405 -days 10000 ${OPTS:-} -out "$name.pem"
}
OPTS='-sha256'
openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -pkeyopt dsa_paramgen_q_bits:256 -out "$tmp/dsa.pem" 2>/dev/null
self dsa -paramfile "$tmp/dsa.pem"
openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -pkeyopt dsa_paramgen_q_bits:160 -out "$tmp/dsa.pem" 2>/dev/null
self dsa-q160 -paramfile "$tmp/dsa.pem"
OPTS='-sha224'; self p224 -algorithm EC -pkeyopt ec_paramgen_curve:P-224
OPTS='-sha1';   self p256-sha1 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
OPTS='-sha384'; self p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
OPTS='-sha512'; self p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
OPTS='-sha256'; self secp256k1 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
OPTS='-sha256'; self brainpool -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1
OPTS='-sha256'; self explicit-p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
OPTS='-sha256'; self explicit-brainpool -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 -pkeyopt ec_param_enc:explicit
OPTS='';        self ed448 -algorithm ED448
OPTS='-md5';    self rsa512-md5 -algorithm RSA -pkeyopt rsa_keygen_bits:512
OPTS='-sha1';   self rsa768-sha1 -algorithm RSA -pkeyopt rsa_keygen_bits:768
OPTS='-sha256'; self rsa1024-e3 -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -pkeyopt rsa_keygen_pubexp:3
OPTS='-sha256'; self rsa2048-e41 -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:2199023255579
OPTS='-sha512'; self rsa16384 -algorithm RSA -pkeyopt rsa_keygen_bits:16384 -pkeyopt rsa_keygen_primes:5
OPTS='-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest'
self pss-sha256 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
OPTS='-sha1 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20'
self pss-sha1 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
OPTS='-sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:7'
self pss-salt7 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
OPTS='-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:0'
self pss-salt0 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
OPTS='-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha1'
self pss-mgf-sha1 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
OPTS=''
self pss-key -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32
