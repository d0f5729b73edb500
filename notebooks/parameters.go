package notebooks

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// The tags of papermill's convention: one cell declares a notebook's parameters
// with their defaults, the next one holds what a run sets instead.
const (
	tagParameters = "parameters"
	tagInjected   = "injected-parameters"
)

// Parameters are values by the names of the variables that they set: booleans,
// numbers, strings and lists of these, as Go or a YAML file has them.
type Parameters map[string]any

// argument is a value from a command line: text that the variable's type reads.
type argument string

// SetParameters puts a cell with the tag injected-parameters behind the
// notebook's cell with the tag parameters, in place of one that is there, which
// assigns the values. Each is checked against the variable's declaration; the
// error names every parameter that does not fit, and nothing is changed then.
func (nb *Notebook) SetParameters(values Parameters) error {
	if len(values) == 0 {
		return nil
	}
	at := slices.IndexFunc(nb.Cells, func(c Cell) bool { return c.Type == Code && c.HasTag(tagParameters) })
	if at < 0 {
		return fmt.Errorf("notebooks: parameters: the notebook has no code cell with the tag %q, so there is nothing to set", tagParameters)
	}
	variables := declared(nb.Cells[at].Source)
	code, err := assignments(variables, values)
	if err != nil {
		return err
	}
	nb.inject(at, code)
	return nil
}

// assignments is the code that sets the values, in the order of declaration.
func assignments(variables []variable, values Parameters) (string, error) {
	code := "// Parameters"
	var problems []error
	unknown := values.names()
	for _, v := range variables {
		value, given := values[v.name]
		if !given {
			continue
		}
		unknown = slices.DeleteFunc(unknown, func(name string) bool { return name == v.name })
		literal, err := v.literal(value)
		if err != nil {
			problems = append(problems, fmt.Errorf("notebooks: parameter %s: %w", v.name, err))
			continue
		}
		code += "\n" + v.name + " = " + literal
	}
	for _, name := range unknown {
		problems = append(problems, fmt.Errorf("notebooks: parameter %s: the notebook declares none of that name; it has %s", name, listed(variables)))
	}
	return code, errors.Join(problems...)
}

func listed(variables []variable) string {
	if len(variables) == 0 {
		return "none"
	}
	texts := make([]string, len(variables))
	for i, v := range variables {
		texts[i] = v.String()
	}
	return strings.Join(texts, ", ")
}

// inject writes the cell with the injected parameters after cell at.
func (nb *Notebook) inject(at int, code string) {
	tagged := func(c Cell) bool { return c.HasTag(tagInjected) }
	if old := slices.IndexFunc(nb.Cells, tagged); old >= 0 {
		nb.Cells[old].Source = code
		return
	}
	id := tagInjected
	if slices.ContainsFunc(nb.Cells, func(c Cell) bool { return c.ID == id }) {
		id = madeID(at, code)
	}
	nb.Cells = slices.Insert(nb.Cells, at+1, Cell{
		Type: Code, ID: id, Source: code,
		Metadata: Metadata{"tags": []any{tagInjected}},
	})
}

func (p Parameters) names() []string {
	names := make([]string, 0, len(p))
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// set takes one "name=value" of a command line.
func (p Parameters) set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" {
		return errors.New("must be name=value")
	}
	p[name] = argument(value)
	return nil
}

// ReadParameters reads a YAML file that maps names to values.
func ReadParameters(path string) (Parameters, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("notebooks: parameters: %w", err)
	}
	var nodes map[string]ast.Node
	if err := yaml.Unmarshal(data, &nodes); err != nil {
		return nil, fmt.Errorf("notebooks: parameters: %s: must map names to values: %w", path, err)
	}
	values := Parameters{}
	for name, node := range nodes {
		if values[name], err = nodeValue(node); err != nil {
			return nil, fmt.Errorf("notebooks: parameters: %s: %s: %w", path, name, err)
		}
	}
	return values, nil
}

// nodeValue is a value of a YAML file. A text without quotation marks is taken
// as one of a command line, so that 1e-3, which this parser of YAML holds for
// a text, is a number where a number is wanted.
func nodeValue(node ast.Node) (any, error) {
	switch node := node.(type) {
	case *ast.StringNode:
		if node.Token.Type == token.StringType {
			return argument(node.Value), nil
		}
	case *ast.SequenceNode:
		list := make([]any, len(node.Values))
		for i, item := range node.Values {
			var err error
			if list[i], err = nodeValue(item); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	var value any
	err := yaml.NodeToValue(node, &value)
	return value, err
}
