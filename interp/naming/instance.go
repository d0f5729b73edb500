package naming

import (
	"fmt"
	"go/types"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
)

// instances counts the copies of generic declarations in the process, and arguments
// has the type arguments of each, as text, by its mark.
var (
	instances atomic.Int64
	arguments sync.Map
)

// NextInstance makes a name for a copy or another form of a declaration, which no
// other has.
func NextInstance(base, mark string) string {
	return fmt.Sprintf("%s%s%d", base, mark, instances.Add(1))
}

// copyMark matches the mark in the name of a copy.
var copyMark = regexp.MustCompile(CopyMark + `[0-9]+`)

// SetArguments notes what a copy of a generic type, of that name, is an instance for.
func SetArguments(name string, args *types.TypeList) {
	var list []string
	for t := range args.Types() {
		list = append(list, TypeText(t, (*types.Package).Path))
	}
	arguments.Store(copyMark.FindString(name), "["+strings.Join(list, ",")+"]")
}

// argumentsOf returns the type arguments that marks have; "" if none.
func argumentsOf(marks string) string {
	if args, ok := arguments.Load(copyMark.FindString(marks)); ok {
		return args.(string)
	}
	return ""
}

// TypeText writes a type as package reflect does.
func TypeText(t types.Type, qualifier types.Qualifier) string {
	text := anyWord.ReplaceAllString(types.TypeString(t, qualifier), "interface {}")
	text = filled.ReplaceAllString(text, "$1 {")
	var b strings.Builder
	var open []rune // brackets, innermost last
	for i, r := range text {
		switch r {
		case '(', '[', '{':
			open = append(open, r)
		case ')', ']', '}':
			open = open[:len(open)-1]
		}
		switch {
		case r == '{' && text[i+1] != '}':
			b.WriteString("{ ")
		case r == '}' && text[i-1] != '{':
			b.WriteString(" }")
		case r == ' ' && text[i-1] == ',' && open[len(open)-1] == '[':
		default:
			b.WriteRune(r)
		}
	}
	return PlainMarks(b.String())
}

var (
	anyWord = regexp.MustCompile(`\bany\b`)
	filled  = regexp.MustCompile(`\b(struct|interface){`)
)
