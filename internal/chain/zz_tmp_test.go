package chain
import ("testing";"encoding/pem";"github.com/zmap/zcrypto/x509";"github.com/zmap/zlint/v3";"github.com/zmap/zlint/v3/lint";"fmt";"sort")
func TestTmpZ(t *testing.T){
 reasons:=readDifferences(t)
 for _,c:=range limboCases(t){
  if _,ok:=reasons[c.ID];!ok{continue}
  var ids []string
  for _,p:=range append(append([]string{c.Peer},c.Intermediates...),c.Trusted...){
   b,_:=pem.Decode([]byte(p)); x,err:=x509.ParseCertificate(b.Bytes); if err!=nil{continue}
   for n,r:=range zlint.LintCertificate(x).Results{ if r.Status>=lint.Warn { ids=append(ids,n)}}
  }
  sort.Strings(ids)
  fmt.Println(c.ID,ids)
 }
}
