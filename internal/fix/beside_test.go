package fix

import (
	"strings"
	"testing"
)

func TestBeside(t *testing.T) {
	for text, want := range map[string]Values{
		"$ curl -v https://shop.example/cart?x=1\ncurl: (60) SSL":                               {Host: "shop.example", Port: 443},
		"curl https://shop.example:8443\nMore details here: https://curl.se/docs/sslcerts.html": {Host: "shop.example", Port: 8443},
		"see https://other.example/ and then\n$ sudo curl 'https://nas.local:5001/'":            {Host: "nas.local", Port: 5001},
		"I get it at https://host.example:9443.":                                                {Host: "host.example", Port: 9443},
		"git clone https://[2001:db8::1]:8443/x.git":                                            {Host: "2001:db8::1", Port: 8443},
		"https://a.example/ https://a.example/b":                                                {Host: "a.example", Port: 443},
		"https://a.example/ https://b.example/":                                                 {},
		"https://a.example:1/ https://a.example:2/":                                             {},
		"More details here: https://curl.se/docs/sslcerts.html":                                 {},
		"See https://urllib3.readthedocs.io/en/latest/advanced-usage.html#tls-warnings":         {},
		"https://alice:hunter2@nas.local:5001/":                                                 {},
		"https://-oProxyCommand=x/ https://$(id)/ https:// https://HOST/ https://..":            {},
		"http://plain.example/":                                                                 {},
		strings.Repeat("https://a.example/ ", maxURLs):                                          {},
		"": {},
	} {
		if got := Beside([]byte(text)); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestOr(t *testing.T) {
	beside := Values{Host: "a.example", Port: 8443}
	for _, c := range []struct{ v, want Values }{
		{Values{File: "x"}, Values{"a.example", 8443, "x"}},
		{Values{Host: "a.example"}, beside},
		{Values{Host: "a.example", Port: 25}, Values{Host: "a.example", Port: 25}},
		{Values{Host: "b.example"}, Values{Host: "b.example"}},
	} {
		if got := c.v.Or(beside); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.v, got, c.want)
		}
	}
}
