package naming

import (
	"fmt"
	"regexp"
	"strings"
)

// Flat is the name in the session of a declaration of the package of that number
// and name, of the notebook's module.
func Flat(name string, number int, pkg string) string {
	return fmt.Sprintf("%s__m%d_%s_m", name, number, pkg)
}

// flat matches such names.
var flat = regexp.MustCompile(`(\w+?)__m[0-9]+_(\w+?)_m((?:__[a-z]?[0-9]+)*)\b`)

// flatMark matches what distinguishes such a name from a cell's.
var flatMark = regexp.MustCompile(`^__m[0-9]+_(\w+?)_m(__\w+)?$`)

// IsFlat tells whether a name is that of a package's declaration.
func IsFlat(name string) bool { return strings.Contains(name, "__m") && flat.MatchString(name+" ") }

// Short is a name without what distinguishes it from a cell's.
func Short(name string) string {
	if i := strings.Index(name, "__m"); i > 0 {
		return name[:i]
	}
	return name
}
