package sweep

import (
	"encoding/json"
	"fmt"
	"reflect"

	"crossbook/neurosim/train"
)

// scalar says whether a value is a number, a text or a bool, which a table holds
// as it is.
func scalar(v reflect.Value) bool {
	switch {
	case !v.IsValid():
		return false
	case v.CanFloat(), v.CanInt(), v.CanUint():
		return true
	}
	return v.Kind() == reflect.String || v.Kind() == reflect.Bool
}

func floatOf(v reflect.Value) (float64, bool) {
	switch {
	case !v.IsValid():
	case v.CanFloat():
		return v.Float(), true
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	}
	return 0, false
}

// labelsOf are texts for the values of one field.
func (a Axis) labelsOf(field int) []string {
	if a.fields[field].labels != nil {
		return a.fields[field].labels
	}
	texts := make([]string, len(a.levels))
	for i, l := range a.levels {
		texts[i] = labelOf(l[field])
	}
	return texts
}

// labelOf is the text for a value that is not given one.
func labelOf(value any) string {
	switch v := value.(type) {
	case train.Rule:
		return ruleLabel(v)
	case fmt.Stringer:
		return v.String()
	}
	if scalar(reflect.ValueOf(value)) {
		return fmt.Sprint(value)
	}
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("%v", value)
	}
	return string(data)
}

// ruleLabel is a rule's name with those of its parameters that are not 0:
// "DFA, Feedback fan-in".
func ruleLabel(r train.Rule) string {
	label := r.Name()
	v := reflect.ValueOf(r)
	if v.Kind() != reflect.Struct {
		return label
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.IsExported() && scalar(v.Field(i)) && !v.Field(i).IsZero() {
			label += fmt.Sprintf(", %s %v", f.Name, v.Field(i))
		}
	}
	return label
}

// column holds the values of a field, one a level, as the table shows them.
func (a Axis) column(field int) extra {
	c := extra{a.fields[field].column(), make([]any, len(a.levels))}
	plain := a.plain(field)
	texts := a.labelsOf(field)
	for i, l := range a.levels {
		c.values[i] = texts[i]
		if plain {
			c.values[i] = l[field]
		}
	}
	return c
}

// plain says whether a field's values stand in the table as they are.
func (a Axis) plain(field int) bool {
	if a.fields[field].name != "" || a.fields[field].labels != nil {
		return false
	}
	for _, l := range a.levels {
		if !scalar(reflect.ValueOf(l[field])) {
			return false
		}
	}
	return true
}
