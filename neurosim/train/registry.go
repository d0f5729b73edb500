package train

import (
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

// Register makes a rule known by its name, so that a stored experiment can name
// it; r is a struct, and its zero value the rule's default. A name that is taken
// panics. Call it from an init function.
func Register(r Rule) {
	if _, taken := rules[r.Name()]; taken {
		panic("train: two rules with the name " + r.Name())
	}
	rules[r.Name()] = r
}

// RuleNames returns the names of the registered rules, sorted.
func RuleNames() []string {
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
	v := reflect.ValueOf(r)
	if v.Kind() == reflect.Struct && v.NumField() > 0 && v.Type().Field(0).Name == "IValue" {
		return v.Field(0).Interface()
	}
	return r
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
