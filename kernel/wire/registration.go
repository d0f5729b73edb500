package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
)

// Registration says where a kernel that chooses its own ports tells them: the
// content of a registration file, which a launcher may write in the place of a
// connection file. See Jupyter enhancement proposal 66, "Kernel Handshaking
// pattern".
type Registration struct {
	KernelID         string `json:"kernel_id"`         // the launcher's name for the kernel; sent back
	Transport        string `json:"transport"`         // as in [Connection]
	IP               string `json:"ip"`                // where the kernel listens; "" means the registration's
	RegistrationIP   string `json:"registration_ip"`   // address, or for ipc the path that "-<port>" is appended to
	RegistrationPort Port   `json:"registration_port"` // 1 to 65535
	SignatureScheme  string `json:"signature_scheme"`  // as in [Connection]
	Key              string `json:"key"`               // as in [Connection]
}

// Port is a port number, which a file gives as a number or as a string.
type Port int

// UnmarshalJSON takes 5555 and "5555".
func (p *Port) UnmarshalJSON(text []byte) error {
	n, err := strconv.Atoi(strings.Trim(string(text), `"`))
	if err != nil || n < 1 || n > 65535 {
		return fmt.Errorf("registration_port: %s, want 1 to 65535", text)
	}
	*p = Port(n)
	return nil
}

// isRegistration reports whether the text of a file asks for a registration.
func isRegistration(text []byte) bool {
	var keys map[string]json.RawMessage
	if json.Unmarshal(text, &keys) != nil {
		return false
	}
	_, ok := keys["registration_port"]
	return ok
}

// ParseRegistration decodes the text of a registration file, fills in the defaults
// and checks every field.
func ParseRegistration(text []byte) (Registration, error) {
	var r Registration
	if err := json.Unmarshal(text, &r); err != nil {
		return Registration{}, describe(err)
	}
	var problems []error
	if r.RegistrationPort == 0 {
		problems = append(problems, errors.New("registration_port: missing, want 1 to 65535"))
	}
	if r.Transport == "" {
		r.Transport = "tcp"
	}
	if r.RegistrationIP == "" && r.Transport == "tcp" {
		r.RegistrationIP = "127.0.0.1"
	}
	if r.IP == "" {
		r.IP = r.RegistrationIP
	}
	if r.SignatureScheme == "" {
		r.SignatureScheme = "hmac-sha256"
	}
	if r.Transport == "tcp" && net.ParseIP(r.RegistrationIP) == nil && r.RegistrationIP != "localhost" {
		problems = append(problems, fmt.Errorf(`registration_ip: %q, want an IP address or "localhost"`, r.RegistrationIP))
	}
	problems = append(problems, r.Connection().validateAddress()...)
	if err := errors.Join(problems...); err != nil {
		return Registration{}, err
	}
	return r, nil
}

// Connection is where the kernel is to listen, its ports still to be chosen.
func (r Registration) Connection() Connection {
	return Connection{Transport: r.Transport, IP: r.IP, SignatureScheme: r.SignatureScheme, Key: r.Key}
}

// Endpoint returns network and address of the launcher's socket, as package net
// takes them.
func (r Registration) Endpoint() (network, address string) {
	return Connection{Transport: r.Transport, IP: r.RegistrationIP}.Endpoint(int(r.RegistrationPort))
}

// Frames returns the message that tells the launcher the ports of c: a signed
// dictionary.
func (r Registration) Frames(c Connection) ([][]byte, error) {
	signer, err := NewSigner(r.SignatureScheme, r.Key)
	if err != nil {
		return nil, err
	}
	ports := map[string]string{"kernel_id": r.KernelID}
	for _, p := range c.ports() {
		ports[p.field] = strconv.Itoa(p.number)
	}
	content, err := json.Marshal(ports)
	if err != nil {
		return nil, fmt.Errorf("kernel/wire: registration: %w", err)
	}
	return [][]byte{delimiter, signer.sign(content), content}, nil
}

// Acknowledged checks that the frames are the launcher's answer: anything that is
// signed with the key.
func (r Registration) Acknowledged(frames [][]byte) error {
	signer, err := NewSigner(r.SignatureScheme, r.Key)
	if err != nil {
		return err
	}
	body := frames[indexOf(frames, delimiter)+1:]
	if len(body) < 2 {
		return fmt.Errorf("kernel/wire: registration: answer of %d frames, want a signature and what is signed", len(body))
	}
	if !signer.valid(body[0], body[1:]...) {
		return fmt.Errorf("kernel/wire: registration: answer: %w", ErrSignature)
	}
	return nil
}
