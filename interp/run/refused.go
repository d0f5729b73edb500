package run

import (
	"encoding/gob"
	"io"
	"reflect"

	html "html/template"
	text "text/template"

	"crossbook/interp/value"
)

// Packages that look for methods in the values that they write, and would not see
// those of the session's types: they refuse such values.

func (p *support) encodeGob(e *gob.Encoder, v any) error {
	if err := p.texts.Unseen("encoding/gob", v, false, "GobEncode", "MarshalBinary", "MarshalText"); err != nil {
		return err
	}
	return e.Encode(opened(v))
}

func (p *support) executeText(t *text.Template, w io.Writer, data any) error {
	if err := p.texts.Unseen("text/template", data, false, "String", "Error"); err != nil {
		return err
	}
	return t.Execute(w, opened(data))
}

func (p *support) executeTextNamed(t *text.Template, w io.Writer, name string, data any) error {
	if err := p.texts.Unseen("text/template", data, false, "String", "Error"); err != nil {
		return err
	}
	return t.ExecuteTemplate(w, name, opened(data))
}

func (p *support) executeHTML(t *html.Template, w io.Writer, data any) error {
	if err := p.texts.Unseen("html/template", data, false, "String", "Error"); err != nil {
		return err
	}
	return t.Execute(w, opened(data))
}

func (p *support) executeHTMLNamed(t *html.Template, w io.Writer, name string, data any) error {
	if err := p.texts.Unseen("html/template", data, false, "String", "Error"); err != nil {
		return err
	}
	return t.ExecuteTemplate(w, name, opened(data))
}

// opened takes a value with parts out of its box, so that a package finds them.
func opened(v any) any {
	switch bare := value.Bare(v); reflect.ValueOf(bare).Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Pointer, reflect.Struct:
		return bare
	}
	return v
}
