package notebooks

import (
	"html"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
)

var formatter = chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true))

// highlight returns source code as HTML with a class for each kind of token.
func highlight(source, language string) string {
	plain := html.EscapeString(source)
	if language == "" {
		return plain
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return plain
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, source)
	if err != nil {
		return plain
	}
	var b strings.Builder
	if err := formatter.Format(&b, styles.Fallback, tokens); err != nil {
		return plain
	}
	return b.String()
}

// codeStyles is the style sheet of highlighted code, for light and dark pages.
var codeStyles = sync.OnceValue(func() string {
	var light, dark strings.Builder
	_ = formatter.WriteCSS(&light, styles.Get("github"))
	_ = formatter.WriteCSS(&dark, styles.Get("github-dark"))
	return "@media print, (prefers-color-scheme: light) {\n" + light.String() + "}\n" +
		"@media screen and (prefers-color-scheme: dark) {\n" + dark.String() + "}\n"
})
