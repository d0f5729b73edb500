package notebooks

import (
	"embed"
	"html"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
)

var formatter = chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true))

// definitions are rules for languages and styles of chroma. Its packages of all
// languages and all styles are left out: they cost every process that links them
// 25 ms and 5 MB at its start, the kernel's too.
//
//go:embed highlight
var definitions embed.FS

// languages are the names of the languages that are highlighted beside Go, each
// with its file.
var languages = map[string]string{
	"json": "json", "python": "python", "py": "python", "python3": "python",
	"bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash",
}

// tokenise splits source code; ok is false when the language is not known.
func tokenise(source, language string) (tokens chroma.Iterator, ok bool) {
	language = strings.ToLower(language)
	if language == "go" || language == "golang" {
		return chroma.Literator(goTokens(source)...), true
	}
	file, ok := languages[language]
	if !ok {
		return nil, false
	}
	lexer, err := chroma.NewXMLLexer(definitions, "highlight/"+file+".xml")
	if err != nil {
		return nil, false
	}
	tokens, err = chroma.Coalesce(lexer).Tokenise(nil, source)
	return tokens, err == nil
}

// highlight returns source code as HTML with a class for each kind of token.
func highlight(source, language string) string {
	plain := html.EscapeString(source)
	tokens, ok := tokenise(source, language)
	if !ok {
		return plain
	}
	var b strings.Builder
	if err := formatter.Format(&b, style("github"), tokens); err != nil {
		return plain
	}
	return b.String()
}

// style returns one of the two styles that pages have.
func style(name string) *chroma.Style {
	file, err := definitions.Open("highlight/style-" + name + ".xml")
	if err != nil {
		panic("notebooks: " + err.Error()) // it is embedded
	}
	defer file.Close()
	return chroma.MustNewXMLStyle(file)
}

// codeStyles is the style sheet of highlighted code, for light and dark pages.
var codeStyles = sync.OnceValue(func() string {
	var light, dark strings.Builder
	_ = formatter.WriteCSS(&light, style("github"))
	_ = formatter.WriteCSS(&dark, style("github-dark"))
	return "@media print, (prefers-color-scheme: light) {\n" + light.String() + "}\n" +
		"@media screen and (prefers-color-scheme: dark) {\n" + dark.String() + "}\n"
})
