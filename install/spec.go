package install

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"

	"crossbook/kernel/version"
	"crossbook/kernel/wire"
)

// spec is a kernel.json, as Jupyter's kernelspec enhancement proposals 105 and
// 106 describe it.
type spec struct {
	Argv            []string       `json:"argv"`
	DisplayName     string         `json:"display_name"`
	Language        string         `json:"language"`
	InterruptMode   string         `json:"interrupt_mode"`
	ProtocolVersion string         `json:"kernel_protocol_version"`
	Metadata        map[string]any `json:"metadata"`
}

// mark is the key of a kernelspec's metadata that says that install wrote it.
const mark = "crossbook"

func newSpec(binary string) spec {
	return spec{
		Argv:            []string{binary, "kernel", "-f", "{connection_file}"},
		DisplayName:     "Go (Crossbook)",
		Language:        "go",
		InterruptMode:   "message",
		ProtocolVersion: wire.Version, // from 5.5 on it promises the registration too
		Metadata: map[string]any{
			"debugger":             false,
			"supported_encryption": []string{"curve"},
			mark:                   map[string]any{"version": version.Number},
		},
	}
}

func (s spec) bytes() []byte {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		panic("install: kernel.json: " + err.Error()) // plain data cannot fail
	}
	return append(data, '\n')
}

// readSpec reads the kernelspec of a folder; the error is fs.ErrNotExist when
// there is none.
func readSpec(folder string) (spec, error) {
	path := filepath.Join(folder, "kernel.json")
	data, err := os.ReadFile(path)
	if err != nil {
		return spec{}, fmt.Errorf("install: %w", err)
	}
	var s spec
	if err := json.Unmarshal(data, &s); err != nil {
		return spec{}, fmt.Errorf("install: %s: %w", path, err)
	}
	return s, nil
}

// ours says whether install wrote the kernelspec.
func (s spec) ours() bool {
	_, ok := s.Metadata[mark]
	return ok
}

var namePattern = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

func checkName(name string) error {
	if !namePattern.MatchString(name) || name == "." || name == ".." {
		return fmt.Errorf("install: -name is %q, must be of the letters A-Z a-z, digits and . _ -", name)
	}
	return nil
}

// binaryName is the file of the copied binary in the kernelspec's folder.
func binaryName() string {
	if runtime.GOOS == "windows" {
		return "crossbook.exe"
	}
	return "crossbook"
}
