package wire

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const goodFile = `{"transport": "tcp", "ip": "127.0.0.1", "signature_scheme": "hmac-sha256", "key": "k",
	"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 65535, "kernel_name": "x"}`

func TestReadConnection(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kernel.json")
	if err := os.WriteFile(path, []byte(goodFile), 0o600); err != nil {
		t.Fatal(err)
	}
	got, registration, err := ReadConnection(path)
	if err != nil || registration != nil {
		t.Fatal(err)
	}
	want := Connection{
		Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256", Key: "k",
		ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HeartbeatPort: 65535,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadConnectionNamesTheFile(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.json")
	huge := filepath.Join(dir, "huge.json")
	for path, text := range map[string]string{broken: "{", huge: strings.Repeat(" ", maxConnectionFile+1)} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{filepath.Join(dir, "missing.json"), dir, broken, huge} {
		if _, _, err := ReadConnection(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("error %v, want one that names %s", err, path)
		}
	}
}

func TestParseConnectionDefaults(t *testing.T) {
	c, err := ParseConnection([]byte(`{"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}`))
	if err != nil {
		t.Fatal(err)
	}
	if c.Transport != "tcp" || c.IP != "127.0.0.1" || c.SignatureScheme != "hmac-sha256" || c.Key != "" {
		t.Errorf("%+v", c)
	}
}

// with is the good file with one key set to a JSON value; "" leaves it out.
func with(t *testing.T, key, value string) []byte {
	t.Helper()
	m := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(goodFile), &m); err != nil {
		t.Fatal(err)
	}
	m[key] = json.RawMessage(value)
	if value == "" {
		delete(m, key)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestParseConnectionErrors(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"shell_port", "", "shell_port: missing or 0, want 1 to 65535"},
		{"hb_port", "65536", "hb_port: 65536, want 1 to 65535"},
		{"iopub_port", "-1", "iopub_port: -1, want 1 to 65535"},
		{"stdin_port", `"5"`, "stdin_port: string, want an integer from 1 to 65535"},
		{"stdin_port", "5.5", "stdin_port: number 5.5, want an integer from 1 to 65535"},
		{"stdin_port", "1e99", "stdin_port: number 1e99, want an integer from 1 to 65535"},
		{"stdin_port", "2", "stdin_port: 2, already taken by iopub_port"},
		{"transport", `"udp"`, `transport: "udp", want "tcp" or "ipc"`},
		{"transport", `7`, `transport: number, want a string`},
		{"ip", `"example.org"`, `ip: "example.org", want an IP address, "localhost" or "*"`},
		{"signature_scheme", `"hmac-md5"`, `signature_scheme: "hmac-md5", want "hmac-sha256" or "hmac-sha512"`},
	} {
		if _, err := ParseConnection(with(t, c.key, c.value)); err == nil || err.Error() != c.want {
			t.Errorf("%s %s: error %q, want %q", c.key, c.value, err, c.want)
		}
	}
}

func TestParseConnectionRefusesWhatIsNoDictionary(t *testing.T) {
	for text, want := range map[string]string{
		"":      "not JSON: unexpected end of JSON input (at byte 0)",
		"{]":    "not JSON: invalid character ']' looking for beginning of object key string (at byte 2)",
		`[1]`:   "a JSON array, want a dictionary",
		`"tcp"`: "a JSON string, want a dictionary",
	} {
		if _, err := ParseConnection([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: error %q, want %q", text, err, want)
		}
	}
}

func TestParseConnectionTellsAllProblems(t *testing.T) {
	_, err := ParseConnection([]byte(`{"transport": "ipc", "signature_scheme": "none"}`))
	for _, want := range []string{"ip:", "signature_scheme:", "shell_port:", "iopub_port:", "stdin_port:", "control_port:", "hb_port:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one about %s", err, want)
		}
	}
}

func TestEndpoint(t *testing.T) {
	for _, c := range []struct {
		connection       Connection
		network, address string
	}{
		{Connection{Transport: "tcp", IP: "127.0.0.1"}, "tcp", "127.0.0.1:7"},
		{Connection{Transport: "tcp", IP: "::1"}, "tcp", "[::1]:7"},
		{Connection{Transport: "tcp", IP: "*"}, "tcp", ":7"},
		{Connection{Transport: "ipc", IP: "/run/k"}, "unix", "/run/k-7"},
	} {
		if network, address := c.connection.Endpoint(7); network != c.network || address != c.address {
			t.Errorf("%+v: %s %s, want %s %s", c.connection, network, address, c.network, c.address)
		}
	}
}

// FuzzConnection demands that what is accepted satisfies the checks when it is
// written and read again.
func FuzzConnection(f *testing.F) {
	f.Add([]byte(goodFile))
	f.Add([]byte(`{"transport":"ipc","ip":"/run/k","shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5}`))
	f.Add([]byte(`{"shell_port":1e3}`))
	f.Add([]byte(`[{"ip":`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ParseConnection(text)
		if err != nil {
			return
		}
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := ParseConnection(again); err != nil || d != c {
			t.Errorf("%+v comes back as %+v, error %v", c, d, err)
		}
	})
}
