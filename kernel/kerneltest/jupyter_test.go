package kerneltest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"crossbook/kernel"
)

// asKernel makes the test binary a kernel over the mock.
const asKernel = "KERNELTEST_MOCK_KERNEL"

func TestMain(m *testing.M) {
	if os.Getenv(asKernel) == "" {
		os.Exit(m.Run())
	}
	err := kernel.Main(os.Args[1:], "", func() (kernel.Interpreter, error) { return &Mock{}, nil })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// mockKernel is the mock as Jupyter sees it.
func mockKernel(t *testing.T) Jupyter {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Jupyter{
		Argv: []string{self},
		Env:  map[string]string{asKernel: "1"},
		Samples: Samples{
			Language:      "mock",
			FileExtension: ".mock",
			Hello:         "print hello, world",
			Stderr:        "stderr oops",
			Error:         "error Panic oops",
			Wait:          "wait",
			Clear:         "clear",
			Complete:      []string{"print x"},
			Incomplete:    []string{"print x..."},
			Invalid:       []string{"!"},
			Results:       []Sample{{Code: "result 42", Result: "42"}},
			Displays:      []Sample{{Code: "display x", MIME: "text/plain"}},
		},
	}
}

func TestJupyterKernelTest(t *testing.T) {
	mockKernel(t).Run(t)
}

func TestJupyterConsole(t *testing.T) {
	out := mockKernel(t).Console(t, "print hello, world", "result 42")
	for _, want := range []string{"A kernel without a language", "hello, world", "42"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
