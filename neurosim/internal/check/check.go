// Package check collects what is wrong with a specification, so that a user
// sees all of it at once, each with the field, its value and what is allowed.
package check

import (
	"fmt"
	"strings"
)

// Problem is one field that cannot stand.
type Problem struct {
	Field   string // path from the value checked: "LTP", "Device.LTP"
	Value   any    // the value found; nil when Allowed tells the whole problem
	Allowed string // "-9 to 9"
}

// Error says it in one line.
func (p Problem) Error() string {
	if p.Value == nil {
		return p.Field + ": " + p.Allowed
	}
	value := fmt.Sprint(p.Value)
	if s, ok := p.Value.(string); ok {
		value = fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%s: %s is not allowed; allowed: %s", p.Field, value, p.Allowed)
}

// Problems is every problem of one value.
type Problems []Problem

// Error puts each problem on a line of its own.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns the problems as an error, nil when there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Int adds a problem unless low <= value <= high.
func (p *Problems) Int(field string, value, low, high int) {
	if value < low || value > high {
		*p = append(*p, Problem{field, value, fmt.Sprintf("%d to %d", low, high)})
	}
}

// Float adds a problem unless low <= value <= high; NaN is outside.
func (p *Problems) Float(field string, value, low, high float64) {
	if !(value >= low && value <= high) {
		*p = append(*p, Problem{field, value, fmt.Sprintf("%g to %g", low, high)})
	}
}

// OneOf adds a problem unless value is among the names or empty.
func (p *Problems) OneOf(field, value string, names ...string) {
	for _, name := range names {
		if value == name {
			return
		}
	}
	if value != "" {
		*p = append(*p, Problem{field, value, strings.Join(names, ", ") + ` or ""`})
	}
}

// Add adds any other problem.
func (p *Problems) Add(field string, value any, allowed string) {
	*p = append(*p, Problem{field, value, allowed})
}

// Under adds what is wrong with the value in a field: problems keep their own
// paths behind the field's, any other error becomes one problem of the field.
func (p *Problems) Under(field string, err error) {
	if err == nil {
		return
	}
	inner, ok := err.(Problems)
	if !ok {
		*p = append(*p, Problem{field, nil, err.Error()})
		return
	}
	for _, problem := range inner {
		problem.Field = field + "." + problem.Field
		*p = append(*p, problem)
	}
}
