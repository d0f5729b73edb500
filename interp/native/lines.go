package native

import (
	"path"
	"strconv"
	"strings"

	"crossbook/interp/compiled"
	"crossbook/interp/compiled/wire"
)

// lines writes places of the compiled code as lines of a traceback.
func (u *unit) lines(places []wire.Place) []string {
	var out []string
	for _, at := range places {
		line := "\tin " + compiled.Where(at, u.part)
		if len(out) == 0 || out[len(out)-1] != line {
			out = append(out, line)
		}
	}
	return out
}

// part names the source of a file of the program.
func (u *unit) part(file string) string {
	i, err := strconv.Atoi(strings.TrimPrefix(path.Base(file), "c"))
	if err != nil || i >= len(u.parts) {
		return file
	}
	return u.parts[i].Name()
}
