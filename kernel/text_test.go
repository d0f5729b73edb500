package kernel

import "testing"

func TestUnfinished(t *testing.T) {
	for text, want := range map[string]int{
		"":                  0,
		"a":                 0,
		"ä":                 0,
		"a\xc3":             1,
		"a\xe2\x82":         2,
		"a\xf0\x9f\x98":     3,
		"a\xf0\x9f\x98\x80": 0,
		"a\xff":             0, // never begins a character
		"\x80\x80\x80\x80":  0, // never ends one
	} {
		if got := unfinished(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestJoinPieces(t *testing.T) {
	got := joinPieces([]piece{{"stderr", []byte("1")}, {"stdout", []byte("2")}, {"stderr", []byte("3")}, {"stdout", []byte("4")}})
	if len(got) != 2 || got[0].name != "stderr" || string(got[0].text) != "13" || string(got[1].text) != "24" {
		t.Errorf("%q", got)
	}
}
