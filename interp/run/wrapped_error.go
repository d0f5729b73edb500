package run

import (
	"reflect"

	"crossbook/interp/value"

	yaegi "github.com/traefik/yaegi/interp"
)

// An error of an interpreted type reaches compiled code as one of these, which
// have the methods that package errors looks for. Their form is yaegi's.

type selfError struct {
	IValue  any
	WError  func() string
	WSelf__ func() any
}

func (e selfError) Error() string        { return e.WError() }
func (e selfError) Is(target error) bool { return sameError(e, target) }

type selfUnwrapError struct {
	IValue  any
	WError  func() string
	WUnwrap func() error
	WSelf__ func() any
}

func (e selfUnwrapError) Error() string        { return e.WError() }
func (e selfUnwrapError) Is(target error) bool { return sameError(e, target) }
func (e selfUnwrapError) Unwrap() error        { return e.WUnwrap() }

type selfMatchingError struct {
	IValue  any
	WError  func() string
	WIs     func(error) bool
	WSelf__ func() any
}

func (e selfMatchingError) Error() string        { return e.WError() }
func (e selfMatchingError) Is(target error) bool { return sameError(e, target) || e.WIs(target) }

type selfMatchingUnwrapError struct {
	IValue  any
	WError  func() string
	WIs     func(error) bool
	WUnwrap func() error
	WSelf__ func() any
}

func (e selfMatchingUnwrapError) Error() string        { return e.WError() }
func (e selfMatchingUnwrapError) Is(target error) bool { return sameError(e, target) || e.WIs(target) }
func (e selfMatchingUnwrapError) Unwrap() error        { return e.WUnwrap() }

type unwrapError struct {
	IValue  any
	WError  func() string
	WUnwrap func() error
}

func (e unwrapError) Error() string        { return e.WError() }
func (e unwrapError) Is(target error) bool { return sameError(e, target) }
func (e unwrapError) Unwrap() error        { return e.WUnwrap() }

type matchingError struct {
	IValue any
	WError func() string
	WIs    func(error) bool
}

func (e matchingError) Error() string        { return e.WError() }
func (e matchingError) Is(target error) bool { return sameError(e, target) || e.WIs(target) }

type matchingUnwrapError struct {
	IValue  any
	WError  func() string
	WIs     func(error) bool
	WUnwrap func() error
}

func (e matchingUnwrapError) Error() string        { return e.WError() }
func (e matchingUnwrapError) Is(target error) bool { return sameError(e, target) || e.WIs(target) }
func (e matchingUnwrapError) Unwrap() error        { return e.WUnwrap() }

type unwrapAllError struct {
	IValue       any
	WError       func() string
	WUnwrapAll__ func() []error
	WSelf__      func() any
}

func (e unwrapAllError) Error() string        { return e.WError() }
func (e unwrapAllError) Is(target error) bool { return sameError(e, target) }
func (e unwrapAllError) Unwrap() []error      { return e.WUnwrapAll__() }

type matchingUnwrapAllError struct {
	IValue       any
	WError       func() string
	WIs          func(error) bool
	WUnwrapAll__ func() []error
	WSelf__      func() any
}

func (e matchingUnwrapAllError) Error() string        { return e.WError() }
func (e matchingUnwrapAllError) Is(target error) bool { return sameError(e, target) || e.WIs(target) }
func (e matchingUnwrapAllError) Unwrap() []error      { return e.WUnwrapAll__() }

// sameError tells whether two errors are equal as interfaces of Go are, which their
// wrappers cannot be.
func sameError(x, y error) bool {
	a, b := value.Dynamic(x), value.Dynamic(y)
	return a != nil && b != nil && reflect.TypeOf(a).Comparable() && reflect.TypeOf(a) == reflect.TypeOf(b) && a == b
}

// wrapErrors registers them with an interpreter.
func wrapErrors(i *yaegi.Interpreter) error {
	plain := i.Symbols("")[""]["_error"]
	if !plain.IsValid() {
		return nil
	}
	return i.Use(mapTypes(map[reflect.Value][]reflect.Type{plain: {
		reflect.TypeFor[matchingUnwrapAllError](), reflect.TypeFor[unwrapAllError](),
		reflect.TypeFor[selfMatchingUnwrapError](), reflect.TypeFor[selfUnwrapError](), reflect.TypeFor[selfMatchingError](),
		reflect.TypeFor[matchingUnwrapError](), reflect.TypeFor[unwrapError](), reflect.TypeFor[matchingError](),
		reflect.TypeFor[selfError](),
	}}))
}

// mapTypes makes what Use takes for a choice of wrappers.
func mapTypes(choice map[reflect.Value][]reflect.Type) yaegi.Exports {
	return yaegi.Exports{".": {"MapTypes": reflect.ValueOf(choice)}}
}
