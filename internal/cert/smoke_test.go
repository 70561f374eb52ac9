package cert

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSmoke(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/ccadb/*.gz")
	n, fatal := 0, 0
	start := time.Now()
	unknown := map[string]int{}
	unkOID := map[string]int{}
	for _, f := range files {
		h, _ := os.Open(f)
		z, _ := gzip.NewReader(h)
		r := csv.NewReader(z)
		rows, _ := r.ReadAll()
		for _, row := range rows[1:] {
			b, _ := pem.Decode([]byte(row[1]))
			if b == nil {
				fmt.Println("no pem")
				continue
			}
			c := Parse(b.Bytes)
			rep := c.Report(time.Unix(1795000000, 0))
			n++
			if c.X509 == nil {
				fatal++
				fmt.Println("FATAL", filepath.Base(f), c.ID[:8], rep.Title, rep.Problems)
			} else if len(rep.Problems) > 0 {
				fmt.Println(filepath.Base(f)[40:44], c.ID[:8], rep.Title, rep.Problems)
			}
			for _, e := range rep.Extensions {
				if !e.Known {
					unknown[e.Name]++
				}
				for _, fd := range e.Fields {
					_ = fd
				}
			}
			for _, a := range rep.Subject.Attributes {
				if a.Short == a.OID {
					unkOID[a.OID]++
				}
			}
		}
	}
	fmt.Println(n, fatal, time.Since(start))
	fmt.Println(unknown, unkOID)
}
