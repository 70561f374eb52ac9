package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

// VsFTPD is another FTP server; Debian has either this or ProFTPD installed.
func VsFTPD(t testing.TB) Server {
	t.Helper()
	vsftpd := program(t, "vsftpd", "vsftpd")
	s := newServer(t, "vsftpd", "ftp")
	s.write(t, "vsftpd.conf", fmt.Sprintf(`listen=YES
listen_address=127.0.0.1
listen_port=%d
background=NO
anonymous_enable=YES
run_as_launching_user=YES
secure_chroot_dir=%s
ssl_enable=YES
allow_anon_ssl=YES
rsa_cert_file=%s
rsa_private_key_file=%s
ssl_ciphers=HIGH
`, s.Port, s.mkdir(t, "empty"), s.path(chainFile), s.path(keyFile)))
	return s.start(t, exec.Command(vsftpd, s.path("vsftpd.conf")))
}
