package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"crossbook/kernel"
	"crossbook/kernel/display"

	"github.com/google/go-cmp/cmp"
)

func TestFrameRoundTrip(t *testing.T) {
	frames := []*frame{
		{Kind: kindRun, ID: 3, Count: 7, Code: "fmt.Println(\"<é>\")\n", Silent: true},
		{Kind: kindData, Mark: 9, Data: &display.Data{ID: "d", Update: true, Bundle: display.Bundle{
			Data:     map[string]any{"text/plain": "a & b", "application/json": map[string]any{"n": json.Number("12345678901234567890")}},
			Metadata: map[string]any{"image/png": map[string]any{"width": json.Number("640")}},
		}}},
		{Kind: kindProgress, Progress: &display.Progress{Title: "training", Done: 3, Elapsed: time.Second}},
		{Kind: kindEnd, Error: &kernel.Error{Name: "Panic", Traceback: []string{"a", "b"}}, Names: []string{"x"}},
	}
	var pipe bytes.Buffer
	w := newFrameWriter(&pipe)
	for _, f := range frames {
		if err := w.write(f); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range frames {
		got, err := readFrame(&pipe)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	if _, err := readFrame(&pipe); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

func TestReadFrameRefuses(t *testing.T) {
	for _, test := range []struct{ bytes, want string }{
		{"\xff\xff\xff\xffx", "larger than"},
		{"\x0f\xff\xff\xffx", "cut short"}, // must not allocate what it announces
		{"\x00\x00", "unexpected EOF"},
		{"\x00\x00\x00\x02{x", "invalid character"},
	} {
		if _, err := readFrame(strings.NewReader(test.bytes)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %q", test.bytes, err, test.want)
		}
	}
}

func TestWriteFrameRefuses(t *testing.T) {
	w := newFrameWriter(io.Discard)
	w.limit = 1000
	if err := w.write(&frame{Kind: kindRun, Code: strings.Repeat("x", 1000)}); !errors.Is(err, errTooLarge) {
		t.Errorf("too large: %v", err)
	}
	bad := display.Bundle{Data: map[string]any{"text/plain": func() {}}}
	if err := w.write(&frame{Kind: kindData, Data: &display.Data{Bundle: bad}}); err == nil {
		t.Error("a function went through")
	}
}
