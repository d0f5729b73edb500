package wire

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"reflect"
	"strconv"
)

// Sentinels are the errors that stay what they are when they cross, so that
// comparisons and errors.Is find them.
var Sentinels = []error{
	io.EOF, io.ErrUnexpectedEOF, context.Canceled, context.DeadlineExceeded,
	fs.ErrNotExist, fs.ErrExist, fs.ErrPermission, fs.ErrInvalid, os.ErrDeadlineExceeded,
	strconv.ErrRange, strconv.ErrSyntax, errors.ErrUnsupported,
}

// Error is an error that has crossed: its text, and the sentinels in its chain.
type Error struct {
	text  string
	among []error
}

// Error returns the text of the error on the other side.
func (e *Error) Error() string { return e.text }

// Unwrap returns the sentinels in the error's chain.
func (e *Error) Unwrap() []error { return e.among }

// Settle makes of an error the one that crosses, whose methods run no code of
// others.
func Settle(err error) error {
	if err == nil {
		return nil
	}
	return errorOf(err.Error(), sentinels(err))
}

// HasErrors tells whether values of a type may have errors in them.
func HasErrors(t reflect.Type) bool { return shapeOf(t).errors }

// sentinels returns which of the sentinels an error is, a bit for each.
func sentinels(err error) (set uint64) {
	for i, s := range Sentinels {
		if errors.Is(err, s) {
			set |= 1 << i
		}
	}
	return set
}

// errorOf makes an error of what has crossed.
func errorOf(text string, set uint64) error {
	e := &Error{text: text}
	for i, s := range Sentinels {
		if set>>i&1 == 1 {
			if s.Error() == text {
				return s
			}
			e.among = append(e.among, s)
		}
	}
	return e
}
