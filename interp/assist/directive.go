package assist

import (
	"strings"

	"crossbook/interp/split"
)

// compileHelp explains the directive where it stands.
const compileHelp = split.CompileDirective + "\n\nBuilds the functions of this cell with the Go toolchain and calls them at compiled speed. " +
	"The cell has declarations only; numbers, strings, slices, arrays, maps, pointers, structs and errors cross, " +
	"and what a function changes in the memory of its arguments is changed for its caller when it returns."

// completeDirective completes the first line of a cell where that begins as a
// directive does.
func completeDirective(code string, at int) (found []completion, end int, ok bool) {
	line, _, _ := strings.Cut(code, "\n")
	if at == 0 || at > len(line) || line[0] != '%' {
		return nil, 0, false
	}
	if strings.HasPrefix(split.CompileDirective, line[:at]) {
		found = []completion{{split.CompileDirective, "keyword", "builds the cell with the Go toolchain"}}
	}
	return found, len(strings.TrimRight(line, " \t")), true
}

// inspectDirective explains the directive at an offset.
func inspectDirective(code string, at int) (text string, ok bool) {
	_, compile, _ := split.CutDirective(code)
	return compileHelp, compile && at <= len(split.CompileDirective)
}
