package display_test

import (
	"errors"
	"os"
	"testing"

	"crossbook/kernel/display"
)

func TestInputAsks(t *testing.T) {
	display.SetAsk(func(prompt string, password bool) (string, error) {
		if password {
			return "", display.ErrNoInput
		}
		return prompt + "!", nil
	})
	defer display.SetAsk(nil)
	if got, err := display.Input("Name"); got != "Name!" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := display.Password("Key"); !errors.Is(err, display.ErrNoInput) {
		t.Errorf("error %v", err)
	}
}

// TestInputOfAProgram: outside of a notebook a line of standard input is read.
func TestInputOfAProgram(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	stdin := os.Stdin
	os.Stdin = r
	defer func() { os.Stdin = stdin }()
	if _, err := w.WriteString("Anna\r\n"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if got, err := display.Input(""); got != "Anna" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := display.Input(""); err == nil {
		t.Error("no error at the end of the input")
	}
}
