package train

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"crossbook/neurosim/internal/strict"
)

// rules are the registered rules by name, each with its zero value.
var rules = map[string]Rule{}

func init() {
	for _, r := range []Rule{BP{}, DFA{}, DRTP{}, FA{}, KP{}, BRSF{}, FRSF{}, SDFA{}, USF{}} {
		Register(r)
	}
}

// decoders are the rules that RegisterDecoder registered.
var decoders = map[string]func(fields []byte) (Rule, error){}

// RegisterDecoder makes a rule known by its name that a cell of a notebook declares:
// decode reads its fields from JSON into a new value, as [EncodeRule] wrote them. A
// second call with a name replaces the first; the name of a rule that Register
// registered is an error.
//
//	train.RegisterDecoder("fading", func(fields []byte) (train.Rule, error) {
//		var f Fading
//		err := json.Unmarshal(fields, &f)
//		return f, err
//	})
func RegisterDecoder(name string, decode func(fields []byte) (Rule, error)) error {
	if _, taken := rules[name]; taken {
		return fmt.Errorf("train: RegisterDecoder: name: %q is not allowed; allowed: any but %s", name, strings.Join(compiled(), ", "))
	}
	decoders[name] = decode
	return nil
}

// SameRule says whether two rules compute the same: of one type, with equal fields.
// Those of a notebook's cells cannot be compared with ==; they are compared by name
// and JSON.
func SameRule(a, b Rule) bool {
	if a == nil || b == nil || reflect.TypeOf(a) != reflect.TypeOf(b) {
		return a == nil && b == nil
	}
	if reflect.TypeOf(a).Comparable() && !interpreted(a) {
		return a == b
	}
	x, err := EncodeRule(a)
	if err != nil {
		return false
	}
	y, err := EncodeRule(b)
	return err == nil && bytes.Equal(x, y)
}

// Register makes a rule known by its name, so that a stored experiment can name
// it; r is a struct, and its zero value the rule's default. A name that is taken
// panics, and so does a rule that a cell of a notebook declares: [RegisterDecoder] is for
// those. Call it from an init function.
func Register(r Rule) {
	if interpreted(r) {
		panic("train: rule " + r.Name() + " is declared in a cell: register it by train.RegisterDecoder")
	}
	if _, taken := rules[r.Name()]; taken {
		panic("train: two rules with the name " + r.Name())
	}
	rules[r.Name()] = r
}

// RuleNames returns the names of the registered rules, sorted.
func RuleNames() []string {
	names := compiled()
	for name := range decoders {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// compiled lists the rules that Register registered.
func compiled() []string {
	names := make([]string, 0, len(rules))
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// EncodeRule writes a rule as JSON, its name before its fields: {"DFA": {...}}.
func EncodeRule(r Rule) ([]byte, error) {
	return json.Marshal(map[string]any{r.Name(): unwrapped(r)})
}

// unwrapped returns the data of a rule. One that an interpreter declares comes in a
// struct whose first field, IValue, is the rule itself, and the others are its
// methods, which are no data.
func unwrapped(r Rule) any {
	if own, ok := r.(interface{ Self() any }); ok {
		return own.Self()
	}
	if interpreted(r) {
		return reflect.ValueOf(r).Field(0).Interface()
	}
	return r
}

func interpreted(r Rule) bool {
	t := reflect.TypeOf(r)
	return t.Kind() == reflect.Struct && t.NumField() > 0 && t.Field(0).Name == "IValue"
}

// DecodeRule reads what EncodeRule wrote. A name or a field that is not known is
// an error.
func DecodeRule(data []byte) (Rule, error) {
	var named map[string]json.RawMessage
	if err := json.Unmarshal(data, &named); err != nil || len(named) != 1 {
		return nil, fmt.Errorf(`%s is not allowed; allowed: one of %s with its fields, such as {"BP": {}}`,
			data, strings.Join(RuleNames(), ", "))
	}
	for name, fields := range named {
		if decode := decoders[name]; decode != nil {
			rule, err := decode(fields)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return rule, nil
		}
		zero, ok := rules[name]
		if !ok {
			return nil, fmt.Errorf("%q is not allowed; allowed: %s", name, strings.Join(RuleNames(), ", "))
		}
		rule := reflect.New(reflect.TypeOf(zero))
		if err := strict.Unmarshal(fields, rule.Interface()); err != nil {
			return nil, fmt.Errorf("%s.%w", name, err)
		}
		return rule.Elem().Interface().(Rule), nil
	}
	panic("unreachable")
}
