package interp_test

import (
	"bytes"
	"context"
	"testing"

	"crossbook/interp"
	"crossbook/interp/symbols"
)

// TestPrint: what functions print passes Options.Print and PrintErr.
func TestPrint(t *testing.T) {
	library := symbols.Library()
	var out, problems bytes.Buffer
	s, err := interp.New(interp.Options{Library: library, Prelude: library.Prelude(), Print: &out, PrintErr: &problems})
	if err != nil {
		t.Fatal(err)
	}
	const cell = `
fmt.Print("a")
fmt.Printf("%d", 1)
fmt.Println("b")
fmt.Fprint(os.Stdout, "c")
fmt.Fprintf(os.Stdout, "%d", 2)
fmt.Fprintln(os.Stderr, "d")
println("e")
var inner strings.Builder
fmt.Fprint(&inner, "f")
fmt.Print(inner.String())
old := os.Stdout
reader, writer, _ := os.Pipe()
os.Stdout = writer
fmt.Print("into the pipe")
os.Stdout = old
writer.Close()
caught := make([]byte, 100)
n, _ := reader.Read(caught)
fmt.Print("|", string(caught[:n]))
`
	if _, err := s.Run(context.Background(), 1, cell); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "a1b\nc2f|into the pipe"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
	if got, want := problems.String(), "d\ne\n"; got != want {
		t.Errorf("printed %q on standard error, want %q", got, want)
	}
}
