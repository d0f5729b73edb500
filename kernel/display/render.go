package display

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"reflect"
	"strings"
)

// Displayer is a value that knows its representations: data maps MIME types to
// strings, to raw bytes (encoded here where the type asks for it) or, for JSON
// types, to any value; metadata is keyed by MIME type too and may be nil. A
// value without any data shows nothing.
type Displayer interface {
	MIMEBundle() (data, metadata map[string]any)
}

// Render gives the representations of any value, text/plain always among them:
// a [Displayer] its own, an image a PNG, a matrix its rows, an error or a
// fmt.Stringer its text, all others what fmt's %v prints, long collections
// shortened. It never panics: a method that does is named in the text.
func Render(v any) (bundle Bundle) {
	defer func() {
		if p := recover(); p != nil {
			bundle = plain(panicText(v, p))
		}
	}()
	switch v := v.(type) {
	case Displayer:
		data, metadata := v.MIMEBundle()
		return complete(v, data, metadata)
	case image.Image:
		return renderImage(v)
	}
	return plain(textOf(v))
}

// MIMEBundle makes a bundle show itself.
func (b Bundle) MIMEBundle() (data, metadata map[string]any) { return b.Data, b.Metadata }

func plain(text string) Bundle {
	return Bundle{Data: map[string]any{textPlain: text}, Metadata: map[string]any{}}
}

func renderImage(img image.Image) Bundle {
	size := img.Bounds().Size()
	text := fmt.Sprintf("image of %d × %d pixels", size.X, size.Y)
	var buffer bytes.Buffer
	if err := png.Encode(&buffer, img); err != nil {
		return plain(text + ": " + err.Error())
	}
	data := map[string]any{imagePNG: buffer.Bytes(), textPlain: text}
	return complete(nil, data, nil)
}

// complete brings what a Displayer gave into the form that clients expect and
// adds what it left out: a text, and the size of a PNG.
func complete(v any, data, metadata map[string]any) Bundle {
	bundle := Bundle{Data: map[string]any{}, Metadata: map[string]any{}}
	var problems []string
	for mime, value := range data {
		encoded, err := encode(mime, value)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s left out: %v", mime, err))
			continue
		}
		bundle.Data[mime] = encoded
	}
	for key, value := range metadata {
		if _, err := json.Marshal(value); err == nil {
			bundle.Metadata[key] = value
		}
	}
	addPNGSize(bundle, data[imagePNG])
	if len(data) > 0 {
		addText(bundle, v, problems)
	}
	return bundle
}

const (
	textPlain = "text/plain"
	textHTML  = "text/html"
	imagePNG  = "image/png"
)

// encode gives one representation as Jupyter wants it: JSON as JSON, text as a
// string, everything else in base64. Strings are taken to be encoded already.
func encode(mime string, value any) (any, error) {
	if isJSON(mime) {
		raw, err := json.Marshal(value)
		return json.RawMessage(raw), err
	}
	switch value := value.(type) {
	case string:
		return value, nil
	case []byte:
		if isText(mime) {
			return strings.ToValidUTF8(string(value), "\ufffd"), nil
		}
		return base64.StdEncoding.EncodeToString(value), nil
	}
	if isText(mime) {
		return textOf(value), nil
	}
	return nil, fmt.Errorf("a %T is neither a string nor bytes", value)
}

func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasSuffix(mime, "+json")
}

func isText(mime string) bool {
	return strings.HasPrefix(mime, "text/") || strings.HasSuffix(mime, "+xml") ||
		mime == "application/javascript"
}

// addPNGSize tells clients the size of a PNG, so that the page does not jump
// when the image arrives. What the value itself says wins.
func addPNGSize(bundle Bundle, value any) {
	if _, said := bundle.Metadata[imagePNG]; said {
		return
	}
	var raw []byte
	switch value := value.(type) {
	case []byte:
		raw = value
	case string:
		raw, _ = base64.StdEncoding.DecodeString(value)
	}
	if config, err := png.DecodeConfig(bytes.NewReader(raw)); err == nil {
		bundle.Metadata[imagePNG] = map[string]any{"width": config.Width, "height": config.Height}
	}
}

func addText(bundle Bundle, v any, problems []string) {
	text, has := bundle.Data[textPlain].(string)
	html, isHTML := bundle.Data[textHTML].(string)
	switch {
	case has:
	case isHTML:
		text = stripTags(html)
	case isTexter(v):
		text = textOf(v)
	default:
		text = fmt.Sprintf("<%T>", v)
	}
	bundle.Data[textPlain] = strings.Join(append([]string{text}, problems...), "\n")
}

// isTexter reports whether v says its text itself.
func isTexter(v any) bool {
	switch v.(type) {
	case error, fmt.Stringer, fmt.Formatter:
		return true
	}
	return false
}

func panicText(v, cause any) string {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return "<nil>"
	}
	return fmt.Sprintf("(%T: showing it panicked: %v)", v, cause)
}
