package clients

import (
	_ "embed"
	"os"
	"path/filepath"
	"testing"
	"time"
)

//go:embed testdata/suite.py
var suite []byte

// TestOfficialSuite runs jupyter_kernel_test, the suite by which Jupyter judges
// kernels.
func TestOfficialSuite(t *testing.T) {
	w := newWorkplace(t)
	script := filepath.Join(w.dir, "suite.py")
	if err := os.WriteFile(script, suite, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Log(w.run(t, 3*time.Minute, "/usr/bin/python3", script, "-v"))
}
