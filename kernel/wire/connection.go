package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
)

// Connection says where a kernel listens and how its messages are signed: the
// content of a connection file.
type Connection struct {
	Transport       string `json:"transport"`        // "tcp" or "ipc"; "" means "tcp"
	IP              string `json:"ip"`               // address, or for ipc the path that "-<port>" is appended to; "" means 127.0.0.1 for tcp
	SignatureScheme string `json:"signature_scheme"` // "hmac-sha256" or "hmac-sha512"; "" means the first
	Key             string `json:"key"`              // "" means that nothing is signed
	ShellPort       int    `json:"shell_port"`       // 1 to 65535; a listening server takes 0 as "any that is free" (tcp)
	IOPubPort       int    `json:"iopub_port"`       // as ShellPort
	StdinPort       int    `json:"stdin_port"`       // as ShellPort
	ControlPort     int    `json:"control_port"`     // as ShellPort
	HeartbeatPort   int    `json:"hb_port"`          // as ShellPort

	CurvePublicKey string `json:"curve_publickey,omitempty"` // of the kernel, in Z85; "" means that nothing is encrypted
	CurveSecretKey string `json:"curve_secretkey,omitempty"` // the other half
}

// maxConnectionFile is far above any real one: a wrong path should not fill memory.
const maxConnectionFile = 1 << 20

// ReadConnection reads a connection file. Its error names the file and every
// field that is wrong, with value and allowed range. When the file is a
// registration file, the registration is not nil and the connection has no ports.
func ReadConnection(path string) (Connection, *Registration, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Connection{}, nil, fmt.Errorf("kernel/wire: connection file: %w", err)
	}
	if info.Size() > maxConnectionFile {
		return Connection{}, nil, fmt.Errorf("kernel/wire: connection file %s: %d bytes, want at most %d", path, info.Size(), maxConnectionFile)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Connection{}, nil, fmt.Errorf("kernel/wire: connection file: %w", err)
	}
	if isRegistration(text) {
		r, err := ParseRegistration(text)
		if err != nil {
			return Connection{}, nil, fmt.Errorf("kernel/wire: registration file %s: %w", path, err)
		}
		return r.Connection(), &r, nil
	}
	c, err := ParseConnection(text)
	if err != nil {
		return Connection{}, nil, fmt.Errorf("kernel/wire: connection file %s: %w", path, err)
	}
	return c, nil, nil
}

// ParseConnection decodes the text of a connection file, fills in the defaults
// and checks every field.
func ParseConnection(text []byte) (Connection, error) {
	var c Connection
	if err := json.Unmarshal(text, &c); err != nil {
		return Connection{}, describe(err)
	}
	if c.Transport == "" {
		c.Transport = "tcp"
	}
	if c.IP == "" && c.Transport == "tcp" {
		c.IP = "127.0.0.1"
	}
	if c.SignatureScheme == "" {
		c.SignatureScheme = "hmac-sha256"
	}
	if err := c.validate(); err != nil {
		return Connection{}, err
	}
	return c, nil
}

// describe says in words of the file what encoding/json says in words of Go.
func describe(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON: %w (at byte %d)", err, syntax.Offset)
	case errors.As(err, &typ) && typ.Field != "" && typ.Type.String() == "int":
		return fmt.Errorf("%s: %s, want an integer from 1 to 65535", typ.Field, typ.Value)
	case errors.As(err, &typ) && typ.Field != "":
		return fmt.Errorf("%s: %s, want a %s", typ.Field, typ.Value, typ.Type)
	case errors.As(err, &typ):
		return fmt.Errorf("a JSON %s, want a dictionary", typ.Value)
	default:
		return fmt.Errorf("not JSON: %w", err)
	}
}

// validate returns all that is wrong with c.
func (c Connection) validate() error {
	return errors.Join(append(c.validateAddress(), c.validatePorts()...)...)
}

// validateAddress returns what is wrong with c apart from the ports.
func (c Connection) validateAddress() []error {
	var problems []error
	switch c.Transport {
	case "tcp":
		if net.ParseIP(c.IP) == nil && c.IP != "localhost" && c.IP != "*" {
			problems = append(problems, fmt.Errorf(`ip: %q, want an IP address, "localhost" or "*"`, c.IP))
		}
	case "ipc":
		if c.IP == "" {
			problems = append(problems, errors.New(`ip: "", want the path of the sockets for transport "ipc"`))
		}
	default:
		problems = append(problems, fmt.Errorf(`transport: %q, want "tcp" or "ipc"`, c.Transport))
	}
	if _, ok := schemes[c.SignatureScheme]; !ok {
		problems = append(problems, fmt.Errorf("signature_scheme: %q, want %s", c.SignatureScheme, schemeNames))
	}
	if _, _, err := c.CurveKeys(); err != nil {
		problems = append(problems, err)
	}
	return problems
}

// validatePorts returns the ports that are missing, out of range or used twice.
func (c Connection) validatePorts() []error {
	var problems []error
	owner := map[int]string{}
	for _, p := range c.ports() {
		switch {
		case p.number == 0:
			problems = append(problems, fmt.Errorf("%s: missing or 0, want 1 to 65535", p.field))
		case p.number < 0 || p.number > 65535:
			problems = append(problems, fmt.Errorf("%s: %d, want 1 to 65535", p.field, p.number))
		case owner[p.number] != "":
			problems = append(problems, fmt.Errorf("%s: %d, already taken by %s", p.field, p.number, owner[p.number]))
		}
		owner[p.number] = p.field
	}
	return problems
}

type port struct {
	field  string
	number int
}

func (c Connection) ports() []port {
	return []port{
		{"shell_port", c.ShellPort},
		{"iopub_port", c.IOPubPort},
		{"stdin_port", c.StdinPort},
		{"control_port", c.ControlPort},
		{"hb_port", c.HeartbeatPort},
	}
}

// Endpoint returns network ("tcp" or "unix") and address of a port, as package
// net takes them.
func (c Connection) Endpoint(port int) (network, address string) {
	if c.Transport == "ipc" {
		return "unix", c.IP + "-" + strconv.Itoa(port)
	}
	ip := c.IP
	if ip == "*" {
		ip = ""
	}
	return "tcp", net.JoinHostPort(ip, strconv.Itoa(port))
}
