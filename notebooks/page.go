package notebooks

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed page.html
var pageSource string

//go:embed page.css
var pageStyles string

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// Page writes notebooks as HTML pages that need nothing else: no script, no
// font, no picture from anywhere.
type Page struct {
	Folder string // where pictures that the prose names are looked for; "": nowhere
	Title  string // title of a notebook without a heading
}

// pageCell is a cell as the template shows it.
type pageCell struct {
	Class      string // markdown, code, raw
	Count      string // "3", " " when not run
	Body       template.HTML
	HideSource bool
	Outputs    []pageOutput
}

type pageOutput struct {
	Count string // of a result, "" otherwise
	Body  template.HTML
}

// Write writes the notebook's page. Whatever the notebook holds, the page runs
// no code of it: HTML in prose and outputs is sanitised.
func (p Page) Write(w io.Writer, nb *Notebook) error {
	prose := newProsePage()
	prose.images = func(address string, cell *Cell) string { return findImage(p.Folder, address, cell) }
	cells := make([]pageCell, 0, len(nb.Cells))
	for i := range nb.Cells {
		if c := &nb.Cells[i]; c.Type == Code && len(c.Outputs) == 0 && strings.TrimSpace(c.Source) == "" {
			continue
		}
		cells = append(cells, prose.cell(&nb.Cells[i], nb.lexer()))
	}
	title := prose.title
	if given, ok := nb.Metadata["title"].(string); ok && given != "" {
		title = given
	}
	if title == "" {
		title = p.Title
	}
	err := pageTemplate.Execute(w, map[string]any{
		"Title":  title,
		"Styles": template.CSS(pageStyles + codeStyles()),
		"Cells":  cells,
		"Footer": nb.footer(),
	})
	if err != nil {
		return fmt.Errorf("notebooks: page: %w", err)
	}
	return nil
}

// WriteFile saves the notebook's page; the file appears at once and whole.
func (p Page) WriteFile(path string, nb *Notebook) error {
	var b bytes.Buffer
	if err := p.Write(&b, nb); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// cell renders one cell; everything that it marks as HTML was escaped or
// sanitised by the function that made it.
func (p *prosePage) cell(c *Cell, lexer string) pageCell {
	shown := pageCell{Class: string(c.Type)}
	switch c.Type {
	case Markdown:
		shown.Body = template.HTML(p.html(c.Source, c))
	case Raw:
		shown.Body = template.HTML(template.HTMLEscapeString(c.Source))
	case Code:
		shown.Body = template.HTML(highlight(strings.TrimRight(c.Source, "\n"), lexer))
		shown.Count = "\u2002"
		if c.Count > 0 {
			shown.Count = fmt.Sprint(c.Count)
		}
		shown.HideSource = c.hides("source", "hide-input")
		if !c.hides("outputs", "hide-output") {
			shown.Outputs = p.outputs(c)
		}
	}
	return shown
}

func (p *prosePage) outputs(c *Cell) []pageOutput {
	var shown []pageOutput
	for i := range c.Outputs {
		o := pageOutput{Body: template.HTML(p.outputHTML(&c.Outputs[i]))}
		if c.Outputs[i].Type == ResultOutput && c.Outputs[i].Count > 0 {
			o.Count = fmt.Sprint(c.Outputs[i].Count)
		}
		shown = append(shown, o)
	}
	return shown
}

// lexer names the language of the notebook's code.
func (nb *Notebook) lexer() string {
	for _, key := range []string{"pygments_lexer", "name"} {
		if name := nb.Metadata.text("language_info", key); name != "" {
			return name
		}
	}
	return cmpOr(nb.Metadata.text("kernelspec", "language"), "go")
}

// footer says which program ran the notebook, when it is known.
func (nb *Notebook) footer() string {
	release := nb.Metadata.text("crossbook", "version")
	if release == "" {
		return ""
	}
	return fmt.Sprintf("Run by Crossbook %s, %s", release, nb.Metadata.text("crossbook", "go"))
}
