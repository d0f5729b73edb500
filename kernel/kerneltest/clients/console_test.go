package clients

import (
	"strings"
	"testing"

	"crossbook/kernel/kerneltest"
)

// underTest is the built kernel for Jupyter's own programs.
func underTest(t *testing.T) kerneltest.Jupyter {
	t.Helper()
	if testing.Short() {
		t.Skip("the real clients take tens of seconds")
	}
	return kerneltest.Jupyter{
		Argv: []string{binary, "kernel"},
		Samples: kerneltest.Samples{
			Language:      "go",
			FileExtension: ".go",
			Hello:         `fmt.Println("hello, world")`,
			Stderr:        `fmt.Fprintln(os.Stderr, "to stderr")`,
			Error:         `panic("told you so")`,
			Wait:          "fmt.Println(\"waiting\")\nfor {}",
			Clear:         `nb.ClearOutput(false)`,
			Complete:      []string{"1 + 1", "for i := 0; i < 3; i++ {\n}"},
			Incomplete:    []string{"for i := 0; i < 3; i++ {", "fmt.Println(1,"},
			Invalid:       []string{"x := := 3"},
			Results:       []kerneltest.Sample{{Code: "6 * 7", Result: "42"}, {Code: `"a" + "b"`, Result: "ab"}},
			Displays: []kerneltest.Sample{
				{Code: `nb.Show(nb.HTML("<b>bold</b>"))`, MIME: "text/html"},
				{Code: `nb.Show(nb.Markdown("*text*"));`, MIME: "text/markdown"},
			},
		},
	}
}

// TestOfficialSuite runs jupyter_kernel_test, by which Jupyter judges kernels.
func TestOfficialSuite(t *testing.T) { underTest(t).Run(t) }

func TestConsole(t *testing.T) {
	out := underTest(t).Console(t, "x := 6", "x * 7", `fmt.Println("printed", x)`, "undefinedName")
	for _, want := range []string{"42", "printed 6", "undefined: undefinedName"} {
		if !strings.Contains(out, want) {
			t.Errorf("console does not show %q:\n%s", want, out)
		}
	}
}
