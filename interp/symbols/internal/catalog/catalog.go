// Package catalog reads the list of packages that cells may import.
package catalog

import (
	"fmt"
	"sort"
	"strings"
)

// Names of the files in package symbols.
const (
	ListFile     = "packages.txt" // written by hand
	TypesFile    = "types.zip"    // type information, an entry a package
	ManifestFile = "manifest.txt" // path and hash of each package's exported API
)

// Entry is a package of the list.
type Entry struct {
	Path string // import path
	Name string // name under which cells see it without an import; "" needs one
}

// Parse reads the list: a path a line, then the name that it has without an
// import, if any; # begins a comment.
func Parse(text string) ([]Entry, error) {
	var entries []Entry
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if len(fields) > 2 || seen[fields[0]] {
			return nil, fmt.Errorf("%s:%d: want a new path and at most one name, have %q", ListFile, i+1, line)
		}
		seen[fields[0]] = true
		entry := Entry{Path: fields[0]}
		if len(fields) == 2 {
			entry.Name = fields[1]
		}
		entries = append(entries, entry)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Path < entries[j].Path })
	return entries, nil
}
