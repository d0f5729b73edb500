package naming

import (
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// Main is the package in which every cell is checked and run.
const Main = "main"

// CellFunc is the function that holds a cell's statements.
const CellFunc = "cell__"

// EmittedPlace is the place of all names that the interpreter gets: the one place of
// the one file that it knows, because it ties imports to the name of the file in which
// they are used.
const EmittedPlace token.Pos = 1

// Alias is the name of a package in emitted code and kept declarations; no cell
// can take it away, as it may take the package's own.
func Alias(path string) string {
	return "p_" + joined.Replace(path)
}

var joined = strings.NewReplacer("/", "_", ".", "_", "-", "_", "~", "_")

// Emitted is the name of a version of an entity in the interpreter. The first
// has its own, unless generated code needs that for something else.
func Emitted(name string, version int) string {
	reserved := types.Universe.Lookup(name) != nil || name == "main" || name == "init" || name == CellFunc || strings.HasPrefix(name, "p_")
	if version == 1 && !reserved {
		return name
	}
	return name + "__" + strconv.Itoa(version)
}

// Key is the name under which a declaration is known within its cell.
func Key(owner, name string) string {
	if owner == "" {
		return name
	}
	return owner + "." + name
}

// TemporaryMark is in the name of every temporary variable.
const TemporaryMark = "__t"

// CopyMark is in the name of every copy of a generic declaration.
const CopyMark = "__g"

// LiftMark is in the name of every type that a function declared.
const LiftMark = "__l"

// Names that exist only inside the session end in a mark: __s and a number for
// shadowed entities, __t for temporaries, __ for versions.
var mark = regexp.MustCompile(`__[a-z]?[0-9]+`)

// Plain removes the session's marks from a message.
func Plain(msg string) string {
	msg = PlainMarks(msg)
	return strings.ReplaceAll(msg, "main.", "")
}

// PlainMarks removes them and leaves the name of the package, and gives instances of
// generic types their arguments.
func PlainMarks(msg string) string {
	if strings.Contains(msg, "__m") {
		msg = flat.ReplaceAllString(msg, "$2.$1$3")
	}
	return mark.ReplaceAllStringFunc(msg, argumentsOf)
}

// Hidden tells whether a name is one of the session's own.
func Hidden(name string) bool {
	return name == "_" || name == "main" || strings.Contains(name, "__")
}

// TypeTitle is the name that Go gives a type, from that in its tag.
func TypeTitle(name, marks string) string {
	name += argumentsOf(marks)
	if m := flatMark.FindStringSubmatch(marks); m != nil {
		return m[1] + "." + name
	}
	return Main + "." + name
}
