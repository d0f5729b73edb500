package kerneltest

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"crossbook/kernel"
)

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: Setup(func() (kernel.Interpreter, error) { return &Mock{}, nil }),
		Cmds:  Commands(),
	})
}

func TestMatchText(t *testing.T) {
	for _, c := range []struct {
		neg     bool
		pattern string
		ok      bool
	}{
		{false, "^b$", true},
		{false, "^c$", false},
		{true, "^b$", false},
		{true, "^c$", true},
		{false, "(", false},
	} {
		if err := matchText(c.neg, []string{c.pattern}, []string{"a", "x\nb"}); (err == nil) != c.ok {
			t.Errorf("neg %v, pattern %q: error %v, want ok %v", c.neg, c.pattern, err, c.ok)
		}
	}
}
