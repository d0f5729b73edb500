package split

import "strings"

// CompileDirective is the first line of a cell that is to be compiled.
const CompileDirective = "%compile"

// CutDirective blanks the directive in the first line of a cell. unknown is a
// directive that there is not.
func CutDirective(text string) (rest string, compile bool, unknown string) {
	if !strings.HasPrefix(text, "%") {
		return text, false, ""
	}
	line, _, _ := strings.Cut(text, "\n")
	rest = strings.Repeat(" ", len(line)) + text[len(line):]
	if strings.TrimRight(line, " \t") != CompileDirective {
		return rest, false, line
	}
	return rest, true, ""
}
