// Package strict decodes JSON into plain structs and refuses what it does not
// know, saying where.
package strict

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Unmarshal decodes data into the value that v points to. A field that the
// struct does not have is an error with its path, "Device.LPT"; names must match
// to the letter. All unknown fields are told at once.
func Unmarshal(data []byte, v any) error {
	target := reflect.TypeOf(v).Elem()
	if err := errors.Join(unknown(data, target, "")...); err != nil {
		return err
	}
	err := json.Unmarshal(data, v)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return fmt.Errorf("%s: a JSON %s is not allowed; allowed: %s", mismatch.Field, mismatch.Value, mismatch.Type)
	}
	return err
}

var decoder = reflect.TypeFor[json.Unmarshaler]()

func unknown(data []byte, t reflect.Type, path string) []error {
	if reflect.PointerTo(t).Implements(decoder) && path != "" {
		return nil // it looks after itself
	}
	switch t.Kind() {
	case reflect.Slice:
		return unknownInList(data, t, path)
	case reflect.Struct:
		return unknownInStruct(data, t, path)
	}
	return nil
}

func unknownInList(data []byte, t reflect.Type, path string) (found []error) {
	var items []json.RawMessage
	if json.Unmarshal(data, &items) != nil {
		return nil // the decoder will say it
	}
	for i, item := range items {
		found = append(found, unknown(item, t.Elem(), path+"["+strconv.Itoa(i)+"]")...)
	}
	return found
}

func unknownInStruct(data []byte, t reflect.Type, path string) (found []error) {
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) != nil {
		return nil
	}
	known := map[string]reflect.Type{}
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			known[f.Name] = f.Type
		}
	}
	for name, member := range members {
		field := strings.TrimPrefix(path+"."+name, ".")
		if t, ok := known[name]; ok {
			found = append(found, unknown(member, t, field)...)
			continue
		}
		names := make([]string, 0, len(known))
		for n := range known {
			names = append(names, n)
		}
		slices.Sort(names)
		found = append(found, fmt.Errorf("%s: unknown field; allowed: %s", field, strings.Join(names, ", ")))
	}
	slices.SortFunc(found, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return found
}
