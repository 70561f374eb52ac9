package scan

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certlens/internal/lab/daemon"
)

// configuration is the text of a profile for a platform.
func configuration(t *testing.T, profile, platform string) string {
	t.Helper()
	for _, p := range profiles {
		for _, c := range p.configurations() {
			if p.name == profile && c.Platform == platform {
				return c.Text
			}
		}
	}
	t.Fatalf("no configuration of %s for %s", profile, platform)
	return ""
}

// platformServers start a server with the configuration of a profile.
var platformServers = map[string]func(t *testing.T, profile string, certificates ...string) int{
	"nginx":   nginx,
	"haproxy": haproxy,
}

// nginx puts the configuration into a server.
func nginx(t *testing.T, profile string, certificates ...string) int {
	t.Helper()
	name, dir, port := program(t, "nginx", "nginx"), t.TempDir(), daemon.FreePort(t)
	writeKeyPairs(t, dir)
	text := "pid " + dir + "/pid;\nerror_log stderr;\ndaemon off;\nmaster_process off;\nevents {}\nhttp {\naccess_log off;\n"
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		text += kind + "_temp_path " + dir + "/" + kind + ";\n"
	}
	text += configuration(t, profile, "nginx")
	text += "server {\nlisten " + address(port) + " ssl;\nserver_name " + serverName + ";\n"
	for _, c := range certificates {
		text += "ssl_certificate " + c + ";\nssl_certificate_key " + c + ";\n"
	}
	write(t, dir, "nginx.conf", text+"}\n}\n")
	arguments := []string{"-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-e", "stderr"}
	check(t, dir, name, append(arguments, "-t")...)
	run(t, dir, port, name, arguments...)
	return port
}

// haproxy puts the configuration into a frontend.
func haproxy(t *testing.T, profile string, certificates ...string) int {
	t.Helper()
	name, dir, port := program(t, "haproxy", "haproxy"), t.TempDir(), daemon.FreePort(t)
	writeKeyPairs(t, dir)
	text := configuration(t, profile, "haproxy")
	// What goes to each bind line stands in the comment at the end.
	text, bind, found := strings.Cut(text, "# and on every line with bind and ssl:")
	if !found {
		t.Fatalf("no comment about bind:\n%s", text)
	}
	for _, c := range certificates {
		bind = " crt " + c + bind
	}
	text += "defaults\n mode tcp\n timeout connect 5s\n timeout client 30s\n timeout server 30s\n" +
		"frontend f\n bind " + address(port) + " ssl " + strings.TrimSpace(bind) + "\n default_backend b\n" +
		"backend b\n server s " + address(daemon.FreePort(t)) + "\n"
	write(t, dir, "haproxy.cfg", text)
	check(t, dir, name, "-c", "-f", "haproxy.cfg")
	run(t, dir, port, name, "-db", "-f", "haproxy.cfg")
	return port
}

// check lets a program check its configuration. A warning is a mistake, too.
func check(t *testing.T, dir, name string, arguments ...string) {
	t.Helper()
	c := exec.Command(name, arguments...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil || strings.Contains(strings.ToLower(string(out)), "warn") {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// A server with a configuration from a profile meets that profile, and does not
// do so by being stricter.
func TestConfigurationsMeetTheirProfiles(t *testing.T) {
	certificates := map[string][]string{"modern": {"ecdsa.pem"}, "intermediate": {"ecdsa.pem", "rsa.pem"}, "old": {"rsa.pem"}}
	for platform, start := range platformServers {
		for i, p := range profiles {
			t.Run(platform+" "+p.name, func(t *testing.T) {
				scan := Run(t.Context(), local, at(start(t, p.name, certificates[p.name]...)), 4, nil)
				for j, compared := range scan.Profiles {
					if compared.Meets != (j >= i) {
						t.Errorf("%s: %v, %q", compared.Name, compared.Meets, compared.Differences)
					}
				}
				for _, v := range scan.Versions {
					if (v.Supported == "yes") != slices.Contains(p.versions, v.Version) {
						t.Errorf("%s: %s, %s", v.Protocol, v.Supported, v.Detail)
					}
				}
			})
		}
	}
}

// Programs whose server is more than these tests need check their configuration
// at least.
func TestConfigurationsAreAccepted(t *testing.T) {
	for _, p := range profiles {
		t.Run("apache "+p.name, func(t *testing.T) {
			name, dir := program(t, "apache2", "apache2"), t.TempDir()
			writeKeyPairs(t, dir)
			modules := "/usr/lib/apache2/modules/"
			text := "ServerName " + serverName + "\nServerRoot " + dir + "\nPidFile pid\nErrorLog error.log\nListen " + address(daemon.FreePort(t)) + "\n" +
				"LoadModule mpm_event_module " + modules + "mod_mpm_event.so\nLoadModule authz_core_module " + modules + "mod_authz_core.so\n" +
				"LoadModule socache_shmcb_module " + modules + "mod_socache_shmcb.so\nLoadModule ssl_module " + modules + "mod_ssl.so\n" +
				strings.ReplaceAll(configuration(t, p.name, "apache"), "/etc/ssl/"+fieldFile, filepath.Join(dir, fieldFile)) +
				"<VirtualHost *>\nSSLEngine on\nSSLCertificateFile " + dir + "/ecdsa.pem\n</VirtualHost>\n"
			write(t, dir, "apache.conf", text)
			check(t, dir, name, "-t", "-f", filepath.Join(dir, "apache.conf"))
		})
		t.Run("postfix "+p.name, func(t *testing.T) {
			name, dir := program(t, "postconf", "postfix"), t.TempDir()
			write(t, dir, "main.cf", "compatibility_level = 3.6\n"+configuration(t, p.name, "postfix"))
			write(t, dir, "master.cf", "")
			check(t, dir, name, "-c", dir, "-n")
		})
		t.Run("dovecot "+p.name, func(t *testing.T) {
			name, dir := program(t, "doveconf", "dovecot-core"), t.TempDir()
			writeKeyPairs(t, dir)
			text := strings.ReplaceAll(configuration(t, p.name, "dovecot"), "/etc/dovecot/"+fieldFile, filepath.Join(dir, fieldFile))
			write(t, dir, "dovecot.conf", text+"ssl_cert = <ecdsa.pem\nssl_key = <ecdsa.pem\n")
			check(t, dir, name, "-c", filepath.Join(dir, "dovecot.conf"), "-n")
		})
	}
}
