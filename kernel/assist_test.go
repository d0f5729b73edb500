package kernel_test

import (
	"slices"
	"testing"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// TestCompleteCountsCodePoints: the cursor is behind three characters of six
// bytes and a word that the mock completes.
func TestCompleteCountsCodePoints(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	a := shell(t, client, "complete_request", map[string]any{"code": "äöü pri 😀", "cursor_pos": 7})
	var c struct {
		wire.CompleteReply
		Metadata map[string][]wire.CompletionType `json:"metadata"`
	}
	if err := a.Reply.Decode(&c); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.Matches, []string{"print"}) || c.CursorStart != 4 || c.CursorEnd != 7 {
		t.Errorf("%s", a.Reply.Content)
	}
	want := wire.CompletionType{Start: 4, End: 7, Text: "print", Type: "command", Signature: "print ARG"}
	if got := c.Metadata[wire.CompletionTypes]; !slices.Equal(got, []wire.CompletionType{want}) {
		t.Errorf("types %+v", got)
	}
}

func TestCursorIsKeptWithinTheCode(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for cursor, want := range map[int]int{-5: 0, 2: 2, 99: 3} {
		a := shell(t, client, "complete_request", map[string]any{"code": "x ä", "cursor_pos": cursor})
		var c wire.CompleteReply
		if err := a.Reply.Decode(&c); err != nil || c.CursorEnd != want {
			t.Errorf("cursor %d: %s, want its end at %d (%v)", cursor, a.Reply.Content, want, err)
		}
		if a := shell(t, client, "inspect_request", map[string]any{"code": "x ä", "cursor_pos": cursor}); a.Status() != "ok" {
			t.Errorf("cursor %d: %s", cursor, a.Reply.Content)
		}
	}
}

func TestInspect(t *testing.T) {
	_, client := kerneltest.Start(t, &kerneltest.Mock{})
	for _, test := range []struct {
		code   string
		detail int
		text   string // "": not found
	}{
		{"ä print", 0, "print, detail 0"}, {"ä print", 9, "print, detail 1"}, {"unknown", 0, ""},
	} {
		content := map[string]any{"code": test.code, "cursor_pos": 7, "detail_level": test.detail}
		a := shell(t, client, "inspect_request", content)
		var got wire.InspectReply
		if err := a.Reply.Decode(&got); err != nil {
			t.Fatal(err)
		}
		text, _ := got.Data["text/plain"].(string)
		_, rich := got.Data["text/markdown"]
		if got.Found != (test.text != "") || text != test.text || rich != got.Found {
			t.Errorf("%+v: %s", test, a.Reply.Content)
		}
	}
}
