package notebooks

import (
	"fmt"
	"go/types"
	"math"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// literal writes a value as Go code of a type, or says what the type wants.
func literal(value any, t types.Type) (string, error) {
	switch kind := t.Underlying().(type) {
	case *types.Slice:
		return sliceLiteral(value, kind.Elem(), typeText(t))
	case *types.Basic:
		text, err := basicLiteral(value, kind)
		if err != nil {
			return "", fmt.Errorf("is %s, must be %w (%s)", shownValue(value), err, typeText(t))
		}
		return text, nil
	}
	return "", fmt.Errorf("has the type %s; only booleans, numbers, strings and lists of these can be set", typeText(t))
}

func typeText(t types.Type) string {
	return types.TypeString(t, func(*types.Package) string { return "" })
}

// wants is an error that completes "must be".
type wants string

func (w wants) Error() string { return string(w) }

func basicLiteral(value any, t *types.Basic) (string, error) {
	switch info := t.Info(); {
	case info&types.IsBoolean != 0:
		return boolLiteral(value)
	case info&types.IsUnsigned != 0:
		return unsignedLiteral(value, bitsOf(t))
	case info&types.IsInteger != 0:
		return integerLiteral(value, bitsOf(t))
	case info&types.IsFloat != 0:
		return floatLiteral(value, bitsOf(t))
	case info&types.IsString != 0:
		return stringLiteral(value)
	}
	return "", wants("set in the notebook itself")
}

func bitsOf(t types.Type) int { return int(8 * types.SizesFor("gc", "amd64").Sizeof(t)) }

func boolLiteral(value any) (string, error) {
	text := fmt.Sprint(value)
	if _, quoted := value.(string); quoted || text != "true" && text != "false" {
		return "", wants("true or false")
	}
	return text, nil
}

func integerLiteral(value any, bits int) (string, error) {
	if text, ok := numberText(value); ok {
		if n, err := strconv.ParseInt(text, 0, bits); err == nil {
			return strconv.FormatInt(n, 10), nil
		}
	}
	low := int64(-1) << (bits - 1)
	return "", wants(fmt.Sprintf("a whole number from %d to %d", low, -(low + 1)))
}

func unsignedLiteral(value any, bits int) (string, error) {
	if text, ok := numberText(value); ok {
		if n, err := strconv.ParseUint(text, 0, bits); err == nil {
			return strconv.FormatUint(n, 10), nil
		}
	}
	return "", wants(fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64)>>(64-bits)))
}

func floatLiteral(value any, bits int) (string, error) {
	if text, ok := numberText(value); ok {
		n, err := strconv.ParseFloat(text, bits)
		if err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return strconv.FormatFloat(n, 'g', -1, bits), nil
		}
	}
	return "", wants("a finite number")
}

func stringLiteral(value any) (string, error) {
	switch value := value.(type) {
	case argument:
		return strconv.Quote(string(value)), nil
	case string:
		return strconv.Quote(value), nil
	}
	return "", wants("a text, in quotation marks when it looks like something else")
}

// numberText is what may be the text of a number: of a command line, or of a
// number in YAML. A text in YAML is none.
func numberText(value any) (string, bool) {
	switch value := value.(type) {
	case argument:
		return strings.TrimSpace(string(value)), true
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return fmt.Sprint(value), true
	case float32:
		return strconv.FormatFloat(float64(value), 'g', -1, 32), true
	case float64:
		return strconv.FormatFloat(value, 'g', -1, 64), true
	}
	return "", false
}

// sliceLiteral writes a list: of YAML, or of a command line as "1, 2" or "[1, 2]".
func sliceLiteral(value any, element types.Type, name string) (string, error) {
	items, err := itemsOf(value)
	if err != nil {
		return "", fmt.Errorf("is %s, must be %w (%s)", shownValue(value), err, name)
	}
	parts := make([]string, len(items))
	for i, item := range items {
		if parts[i], err = literal(item, element); err != nil {
			return "", fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return name + "{" + strings.Join(parts, ", ") + "}", nil
}

func itemsOf(value any) ([]any, error) {
	text, isArgument := value.(argument)
	if list, ok := value.([]any); ok {
		return list, nil
	}
	trimmed := strings.TrimSpace(string(text))
	switch {
	case !isArgument:
		return nil, wants("a list")
	case strings.HasPrefix(trimmed, "["):
		list, err := parseList(trimmed)
		if err != nil {
			return nil, wants("a list such as [1, 2, 3]")
		}
		return list, nil
	case trimmed == "":
		return nil, nil
	}
	var list []any
	for item := range strings.SplitSeq(trimmed, ",") {
		list = append(list, argument(strings.TrimSpace(item)))
	}
	return list, nil
}

// parseList reads a list in YAML's brackets.
func parseList(text string) ([]any, error) {
	var nodes []ast.Node
	if err := yaml.Unmarshal([]byte(text), &nodes); err != nil {
		return nil, err
	}
	list := make([]any, len(nodes))
	for i, node := range nodes {
		var err error
		if list[i], err = nodeValue(node); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// shownValue is a value as an error shows it.
func shownValue(value any) string {
	switch value := value.(type) {
	case nil:
		return "nothing"
	case argument:
		return strconv.Quote(string(value))
	case string:
		return "the text " + strconv.Quote(value)
	case []any:
		return fmt.Sprintf("a list of %d", len(value))
	case map[string]any:
		return "a mapping"
	}
	return fmt.Sprint(value)
}
