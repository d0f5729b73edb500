package wire

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadConnectionOfARegistrationFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "registration.json")
	const text = `{"kernel_id": "k1", "transport": "tcp", "registration_ip": "127.0.0.1", "registration_port": "9000", "key": "x"}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, r, err := ReadConnection(path)
	if err != nil || r == nil {
		t.Fatalf("registration %v, error %v", r, err)
	}
	if diff := cmp.Diff(Connection{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256", Key: "x"}, c); diff != "" {
		t.Error(diff)
	}
	if network, address := r.Endpoint(); network != "tcp" || address != "127.0.0.1:9000" || r.KernelID != "k1" {
		t.Errorf("%+v", r)
	}
}

func TestParseRegistrationErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"registration_port": 0}`:   "registration_port: 0, want 1 to 65535",
		`{"registration_port": "x"}`: `registration_port: "x", want 1 to 65535`,
		`{}`:                         "registration_port: missing, want 1 to 65535",
		`{"registration_port": 1, "registration_ip": "a.b"}`:    `registration_ip: "a.b", want an IP address`,
		`{"registration_port": 1, "transport": "ipc"}`:          `ip: "", want the path`,
		`{"registration_port": 1, "signature_scheme": "md5"}`:   `signature_scheme: "md5"`,
		`{"registration_port": 1, "transport": "carrier dove"}`: `transport: "carrier dove"`,
	} {
		if _, err := ParseRegistration([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

func TestRegistrationFramesAreSigned(t *testing.T) {
	r := Registration{KernelID: "k1", SignatureScheme: "hmac-sha256", Key: "secret"}
	frames, err := r.Frames(Connection{ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HeartbeatPort: 5})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"control_port":"4","hb_port":"5","iopub_port":"2","kernel_id":"k1","shell_port":"1","stdin_port":"3"}`
	if len(frames) != 3 || string(frames[0]) != "<IDS|MSG>" || string(frames[2]) != want {
		t.Errorf("%q", frames)
	}
	if err := r.Acknowledged(frames); err != nil { // whatever is signed will do
		t.Error(err)
	}
	if err := r.Acknowledged(frames[1:]); err != nil {
		t.Errorf("without a delimiter: %v", err)
	}
	frames[2] = []byte("ACK")
	if err := r.Acknowledged(frames); !errors.Is(err, ErrSignature) {
		t.Errorf("wrongly signed: %v", err)
	}
	if err := r.Acknowledged(nil); err == nil {
		t.Error("an empty answer is taken")
	}
}
