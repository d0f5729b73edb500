package sweep

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"crossbook/kernel/nearest"
	"crossbook/neurosim"
	"crossbook/neurosim/cost"
	"crossbook/neurosim/train"
)

// target is what paths of fields lead into.
type target struct {
	neurosim.Experiment
	Chip cost.Chip
}

// set gives the field of a path a value. Its errors do not name the path.
func (t *target) set(path string, value any) error {
	if t.Rule == nil && strings.HasPrefix(path, "Rule.") {
		t.Rule = train.BP{}
	}
	err := assign(reflect.ValueOf(t).Elem(), strings.Split(path, "."), value)
	if field, ok := strings.CutPrefix(path, "Rule."); ok && errors.Is(err, unknown{}) {
		return t.setOwn(field, value)
	}
	return err
}

// setOwn gives a field of a rule that a cell of a notebook declares a value. Such a rule
// comes with methods that are bound to it, so that another one has to be made: by the
// decoder that [train.RegisterDecoder] was given.
func (t *target) setOwn(field string, value any) error {
	fields, err := ownFields(t.Rule)
	if err != nil {
		return err
	}
	if _, ok := fields[field]; !ok {
		return unknown{}
	}
	fields[field] = value
	data, err := json.Marshal(map[string]any{t.Rule.Name(): fields})
	if err != nil {
		return err
	}
	rule, err := train.DecodeRule(data)
	if err != nil {
		return fmt.Errorf("%w (a rule of a cell has to be registered: see train.RegisterDecoder)", err)
	}
	t.Rule = rule
	return nil
}

// ownFields are the fields of a rule as it is stored.
func ownFields(r train.Rule) (map[string]any, error) {
	data, err := train.EncodeRule(r)
	if err != nil {
		return nil, err
	}
	var named map[string]map[string]any
	if err := json.Unmarshal(data, &named); err != nil {
		return nil, unknown{} // a rule that is no struct
	}
	return named[r.Name()], nil
}

// assign follows the rest of a path from a value that can be set.
func assign(at reflect.Value, path []string, value any) error {
	if len(path) == 0 {
		return put(at, value)
	}
	switch at.Kind() {
	case reflect.Struct:
		field := at.FieldByName(path[0])
		if !field.IsValid() || !field.CanSet() {
			return unknown{}
		}
		return assign(field, path[1:], value)
	case reflect.Interface:
		if at.IsNil() {
			return unknown{}
		}
		inside := reflect.New(at.Elem().Type()).Elem()
		inside.Set(at.Elem())
		if err := assign(inside, path, value); err != nil {
			return err
		}
		at.Set(inside)
		return nil
	}
	return unknown{}
}

// unknown is the error for a path that leads nowhere.
type unknown struct{}

func (unknown) Error() string { return "unknown field" }

// put gives a field a value of its type, or one that becomes it without loss.
func put(field reflect.Value, value any) error {
	v := reflect.ValueOf(value)
	switch {
	case !v.IsValid():
		return notAllowed(field, value)
	case v.Type().AssignableTo(field.Type()):
		field.Set(v)
		return nil
	case field.Type() == reflect.TypeFor[train.Rule]() && v.Kind() == reflect.String:
		rule, err := train.DecodeRule(fmt.Appendf(nil, `{%q: {}}`, v.String()))
		if err != nil {
			return err
		}
		field.Set(reflect.ValueOf(rule))
		return nil
	case field.Kind() == reflect.String && v.Kind() == reflect.String,
		field.Kind() == reflect.Bool && v.Kind() == reflect.Bool:
		field.Set(v.Convert(field.Type()))
		return nil
	}
	number, ok := floatOf(v)
	if !ok || !fits(field, v, number) {
		return notAllowed(field, value)
	}
	return nil
}

// fits sets a field of numbers, unless that would change the number.
func fits(field, v reflect.Value, number float64) bool {
	switch {
	case field.CanFloat():
		field.SetFloat(moved(number, 1))
		return true
	case field.CanInt() && v.CanInt():
		field.SetInt(v.Int())
		return field.Int() == v.Int()
	case field.CanInt():
		field.SetInt(int64(number))
		return number == math.Trunc(number) && float64(field.Int()) == number
	case field.CanUint() && v.CanUint():
		field.SetUint(v.Uint())
		return field.Uint() == v.Uint()
	case field.CanUint():
		field.SetUint(uint64(max(0, number)))
		return number >= 0 && number == math.Trunc(number) && float64(field.Uint()) == number
	}
	return false
}

func notAllowed(field reflect.Value, value any) error {
	shown := fmt.Sprint(value)
	if s, ok := value.(string); ok {
		shown = fmt.Sprintf("%q", s)
	}
	return fmt.Errorf("%s (%T) is not allowed; allowed: %s", shown, value, kindOf(field.Type()))
}

// kindOf says in words what a field takes.
func kindOf(t reflect.Type) string {
	zero := reflect.Zero(t)
	switch {
	case zero.CanFloat():
		return "a number"
	case zero.CanInt():
		return "a whole number"
	case zero.CanUint():
		return "a whole number that is not negative"
	case t.Kind() == reflect.String:
		return "a text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t == reflect.TypeFor[train.Rule]():
		return "a rule, or the name of one: " + strings.Join(train.RuleNames(), ", ")
	}
	return "a " + t.String()
}

// paths lists every field that a path can name, from that of a rule too.
func (t target) paths() []string {
	if t.Rule == nil {
		t.Rule = train.BP{}
	}
	var list []string
	walk(reflect.ValueOf(t), "", &list)
	fields, _ := ownFields(t.Rule)
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		if path := "Rule." + field; !slices.Contains(list, path) {
			list = append(list, path)
		}
	}
	return slices.DeleteFunc(list, func(path string) bool { return strings.HasPrefix(path, "Rule.IValue") })
}

func walk(v reflect.Value, prefix string, list *[]string) {
	for v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		switch {
		case f.Anonymous:
			walk(v.Field(i), prefix, list)
		case f.IsExported():
			*list = append(*list, prefix+f.Name)
			walk(v.Field(i), prefix+f.Name+".", list)
		}
	}
}

// mostNear is how many names are offered for one that is not known.
const mostNear = 3

// near lists the paths that are likely meant by a wrong one: those with few
// letters between them, whole or in their last name.
func near(path string, known []string) []string {
	type candidate struct {
		path     string
		distance int
	}
	var list []candidate
	low := strings.ToLower(path)
	for _, k := range known {
		d := nearest.Distance(low, strings.ToLower(k))
		if last := strings.ToLower(k[strings.LastIndex(k, ".")+1:]); last != strings.ToLower(k) {
			d = min(d, 1+nearest.Distance(low[strings.LastIndex(low, ".")+1:], last))
		}
		list = append(list, candidate{k, d})
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return a.distance - b.distance })
	var out []string
	for _, c := range list {
		if len(out) < mostNear && (c.distance <= 1+len(path)/3 || len(out) == 0) {
			out = append(out, c.path)
		}
	}
	return out
}
