package catalog

import (
	"maps"
	"slices"
	"strings"
)

// DocsFile holds the doc comments, an entry a package.
const DocsFile = "docs.zip"

// BuiltinPath is the entry of the predeclared names.
const BuiltinPath = "builtin"

// docsEnd ends every name and every comment in an entry; neither contains it.
const docsEnd = "\x00"

// JoinDocs writes comments by name as the text of an entry, sorted.
func JoinDocs(docs map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		b.WriteString(name + docsEnd + docs[name] + docsEnd)
	}
	return b.String()
}

// SplitDocs is the inverse of JoinDocs.
func SplitDocs(text string) map[string]string {
	parts := strings.Split(text, docsEnd)
	docs := make(map[string]string, len(parts)/2)
	for i := 0; i+1 < len(parts); i += 2 {
		docs[parts[i]] = parts[i+1]
	}
	return docs
}
