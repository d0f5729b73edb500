package display

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
)

// Ask asks the user for a line of text; a password is not shown as it is typed.
type Ask func(prompt string, password bool) (string, error)

// ErrNoInput is in the chain of the error of [Input] and [Password] when there is
// nobody to ask: in a notebook that runs without a front end, or in a front end
// that does not allow it.
var ErrNoInput = errors.New("this front end offers no input")

var asking atomic.Pointer[Ask]

// SetAsk says how [Input] and [Password] ask; nil means by standard output and
// input, as in a program outside of a notebook. The engine calls it once, before
// the first cell; a cell has no use for it.
func SetAsk(ask Ask) {
	if ask == nil {
		asking.Store(nil)
		return
	}
	asking.Store(&ask)
}

// Input shows the prompt, waits for the user to type a line and returns it
// without its end. An interrupt ends the wait with an error.
func Input(prompt string) (string, error) { return input(prompt, false) }

// Password is [Input] for what must not be seen: a notebook does not show what is
// typed. Outside of a notebook it is shown.
func Password(prompt string) (string, error) { return input(prompt, true) }

func input(prompt string, password bool) (string, error) {
	if ask := asking.Load(); ask != nil {
		return (*ask)(prompt, password)
	}
	fmt.Fprint(os.Stdout, prompt)
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return "", fmt.Errorf("display: input: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
