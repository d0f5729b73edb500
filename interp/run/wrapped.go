package run

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
)

// wrapped lists compiled functions that look for methods on arguments of type
// any, with the interfaces that they look for: a direct argument of an
// interpreted type that has one of them is passed as that. Keyed by package path
// and name.
var wrapped = map[string]map[string][]reflect.Type{
	"fmt": each(faces(reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()),
		"Errorf", "Fprint", "Fprintf", "Fprintln", "Print", "Printf", "Println", "Sprint", "Sprintf", "Sprintln",
		"Append", "Appendf", "Appendln"),
	"log": each(faces(reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()),
		"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Print", "Printf", "Println"),
	"encoding/json": {
		"Marshal":       faces(reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()),
		"MarshalIndent": faces(reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()),
		"Unmarshal":     faces(reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()),
	},
	"encoding/xml": {
		"Marshal":   faces(reflect.TypeFor[xml.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()),
		"Unmarshal": faces(reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()),
	},
}

func faces(list ...reflect.Type) []reflect.Type { return list }

func each(list []reflect.Type, names ...string) map[string][]reflect.Type {
	out := map[string][]reflect.Type{}
	for _, n := range names {
		out[n] = list
	}
	return out
}

// selfWrappers lists such wrappers of a package's interfaces, by name.
func selfWrappers(path string) map[string][]reflect.Type {
	if path != "fmt" {
		return nil
	}
	return map[string][]reflect.Type{"Stringer": {reflect.TypeFor[selfStringer]()}}
}

type selfStringer struct {
	IValue  any
	WString func() string
	WSelf__ func() any
}

func (s selfStringer) String() string { return s.WString() }

var _ fmt.Stringer = selfStringer{}
