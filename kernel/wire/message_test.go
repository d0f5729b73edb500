package wire

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func signer(t testing.TB, scheme, key string) Signer {
	t.Helper()
	s, err := NewSigner(scheme, key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	wantSHA256 = "a429a57c76bba89b4949b7629a9be2c46105a15cef7dc5002a0a4d085cb144c4"
	wantSHA512 = "8b681145f90be187f4c37b1fc907c54541b3501f7c747b82a0bbf6325248599f7729806c5cb11ba8f012d1b31a7947956379cf62637b50c6c4eee3ab015da78c"
)

// TestSignature compares with HMACs that Python's hmac module computed.
func TestSignature(t *testing.T) {
	for _, c := range []struct{ scheme, key, want string }{
		{"hmac-sha256", "secret", wantSHA256},
		{"", "secret", wantSHA256},
		{"hmac-sha512", "secret", wantSHA512},
		{"hmac-sha256", "", ""},
	} {
		s := signer(t, c.scheme, c.key)
		if got := string(s.sign([]byte(`{"a":1}`), []byte("{}"), []byte("{}"), []byte(`{"code":"x"}`))); got != c.want {
			t.Errorf("%s: %s, want %s", c.scheme, got, c.want)
		}
	}
	if _, err := NewSigner("hmac-md5", "k"); err == nil || !strings.Contains(err.Error(), `"hmac-md5"`) {
		t.Errorf("error %v, want one that names the scheme", err)
	}
}

// sample returns a message with everything in it.
func sample(t testing.TB) Message {
	t.Helper()
	m := Message{
		Identities: [][]byte{[]byte("client"), {}},
		Header:     NewSession("tester").Header("execute_request"),
		Parent:     json.RawMessage(`{"msg_id": "p"}`),
		Metadata:   json.RawMessage(`{"m":1}`),
		Buffers:    [][]byte{{0, 1}, {}},
	}
	if err := m.Encode(map[string]string{"code": "a < b"}); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	for _, key := range []string{"", "secret"} {
		s, want := signer(t, "hmac-sha256", key), sample(t)
		frames, err := want.Frames(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Parse(frames, s)
		if err != nil {
			t.Fatal(err)
		}
		want.RawHeader, want.Signature = got.RawHeader, frames[len(want.Identities)+1]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if string(got.Content) != `{"code":"a < b"}` {
			t.Errorf("content %s", got.Content)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	s := signer(t, "hmac-sha256", "secret")
	good, err := sample(t).Frames(s)
	if err != nil {
		t.Fatal(err)
	}
	body := good[2:] // from the delimiter
	change := func(at int, value string) [][]byte {
		frames := append([][]byte{}, body...)
		frames[at] = []byte(value)
		return frames
	}
	for name, frames := range map[string][][]byte{
		"nothing":         {},
		"no delimiter":    body[1:],
		"delimiter only":  body[:1],
		"no content":      body[:5],
		"no signature":    change(1, ""),
		"wrong signature": change(1, strings.Repeat("0", 64)),
		"upper case":      change(1, strings.ToUpper(string(body[1]))),
		"changed header":  change(2, "{}"),
		"changed parent":  change(3, "{}"),
		"changed content": change(5, "{}"),
	} {
		if _, err := Parse(frames, s); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := Parse(change(5, "{}"), s); !errors.Is(err, ErrSignature) {
		t.Errorf("error %v, want %v", err, ErrSignature)
	}
}

func TestParseRefusesHeaders(t *testing.T) {
	for _, header := range []string{"", "x", "null", "[]", "{}", `{"msg_type":""}`, `{"msg_type":1}`, `{"msg_type":"a","msg_id":[]}`, "{\"msg_type\":\"\xff\"}"} {
		frames := [][]byte{delimiter, {}, []byte(header), empty, empty, empty}
		if _, err := Parse(frames, Signer{}); err == nil {
			t.Errorf("%q: accepted", header)
		}
	}
}

func TestDecodeRefusesWhatIsNoDictionary(t *testing.T) {
	for _, content := range []string{"", "null", "[]", "1", `"x"`, "{", `{"code":1}`} {
		var r ExecuteRequest
		if err := (Message{Content: json.RawMessage(content)}).Decode(&r); err == nil {
			t.Errorf("%q: accepted", content)
		}
	}
}

func TestEmptyPartsAreDictionaries(t *testing.T) {
	frames, err := Message{Header: Session{}.Header("status")}.Frames(Signer{})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range frames[3:] {
		if string(f) != "{}" {
			t.Errorf("part %d: %q, want {}", i+1, f)
		}
	}
}

func TestHeaderDateHasMicrosecondsAndZone(t *testing.T) {
	before := time.Now().Truncate(time.Microsecond)
	h := NewSession("kernel").Header("status")
	date, err := time.Parse(time.RFC3339Nano, h.Date)
	if err != nil || date.Before(before) || date.After(time.Now()) {
		t.Errorf("date %s, error %v", h.Date, err)
	}
	if _, fraction, _ := strings.Cut(h.Date, "."); len(fraction) != len("000000Z") {
		t.Errorf("date %s, want six digits of a second and the zone", h.Date)
	}
}

func TestSessionsAndMessagesDiffer(t *testing.T) {
	a, b := NewSession("kernel"), NewSession("kernel")
	first, second := a.Header("x"), a.Header("x")
	if a.ID == b.ID || first.MsgID == second.MsgID {
		t.Error("an identifier came twice")
	}
}

// FuzzMessage splits its input into frames and demands that what is accepted
// survives being sent again.
func FuzzMessage(f *testing.F) {
	frames, err := sample(f).Frames(Signer{})
	if err != nil {
		f.Fatal(err)
	}
	var whole []string
	for _, b := range frames {
		whole = append(whole, string(b))
	}
	f.Add(strings.Join(whole, "\n"))
	f.Add("<IDS|MSG>\n\n{\"msg_type\":\"x\"}\n{}\n{}\n{}")
	f.Add("<IDS|MSG>\n\nnull\n\n\n[")
	f.Fuzz(func(t *testing.T, text string) {
		var frames [][]byte
		for part := range strings.SplitSeq(text, "\n") {
			frames = append(frames, []byte(part))
		}
		m, err := Parse(frames, Signer{})
		if err != nil {
			return
		}
		var request ExecuteRequest
		m.Decode(&request)
		again, err := m.Frames(Signer{})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := Parse(again, Signer{}); err != nil || n.Header != m.Header || len(n.Buffers) != len(m.Buffers) {
			t.Errorf("%+v comes back as %+v, error %v", m, n, err)
		}
	})
}
