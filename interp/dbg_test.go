package interp

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"crossbook/interp/symbols"
)

func TestDbg(t *testing.T) {
	b, err := os.ReadFile(os.Getenv("DBGFILE"))
	if err != nil {
		t.Skip()
	}
	lib := symbols.Library()
	s, err := New(Options{Library: lib, Prelude: lib.Prelude()})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range strings.Split(string(b), "\n%%\n") {
		if os.Getenv("DBG") != "" {
			func() {
				defer func() { recover() }()
				cc, err := readCell(s, newSource(i+1, c))
				if err == nil { err = s.checkCell(cc) }
				if err == nil {
				e, _ := cc.emit()
				fmt.Println(e.text) }
			}()
		}
		v, err := s.Run(context.Background(), i+1, c)
		if os.Getenv("DBGQ") == "" {
			fmt.Printf("%d: %v %v\n", i+1, v, err)
		}
		if e, ok := err.(*Error); ok {
			fmt.Println(strings.Join(e.Traceback(), "\n"))
			if os.Getenv("DBGQ") != "" && e.Kind() != Exit { os.Exit(3) }
			if e.Kind() == Exit && e.Error() != "os.Exit(0)" { os.Exit(4) }
		}
	}
	if os.Getenv("DBGQ") != "" { os.Exit(0) }
}
