package lint
import ("testing";"certlens/internal/cert";"certlens/lint/internal/fixture";"fmt";"os";"encoding/pem")
func TestZZ(t *testing.T){
 show:=func(n string,c *cert.Certificate){
  r,fs:=Certificate(Subject{Cert:c},Auto)
  fmt.Println(n,r.Profile,r.Reason,r.Counts)
  for _,x:=range fs{fmt.Println("   ",x.Severity,x.ID,x.Source,"|",x.Title,"|",x.Detail)}
 }
 for _,f:=range []*fixture.Spec{fixture.PublicRoot,fixture.PublicIntermediate,fixture.PublicLeaf,fixture.PrivateRoot,fixture.PrivateIntermediate,fixture.PrivateLeaf}{ show(f.Subject,cert.Parse(f.DER())) }
 for _,n:=range []string{"a","b","c","d"}{ d,_:=os.ReadFile("/tmp/lw/p/"+n+".pem"); b,_:=pem.Decode(d); show(n,cert.Parse(b.Bytes))}
}
