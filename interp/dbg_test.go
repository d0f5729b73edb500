package interp

import (
	"context"
	"crossbook/interp/symbols"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDbg(t *testing.T) {
	b, err := os.ReadFile("/tmp/w/scratch-interp/dbg.txt")
	if err != nil {
		t.Skip()
	}
	lib := symbols.Library()
	s, err := New(Options{Library: lib, Prelude: lib.Prelude()})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range strings.Split(string(b), "\n%%\n") {
		Debug = os.Getenv("DBG") != ""
		v, err := s.Run(context.Background(), i+1, c)
		fmt.Printf("%d: %v %v\n", i+1, v, err)
		if e, ok := err.(*Error); ok {
			fmt.Println(strings.Join(e.Traceback(), "\n"))
		}
	}
}
