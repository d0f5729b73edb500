package symbols

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"io"
	"sync"

	"crossbook/interp/symbols/internal/catalog"
)

//go:embed docs.zip
var docsZip []byte

// documentation reads the doc comments of a package when they are first asked
// for.
type documentation struct {
	files map[string]*zip.File

	mu   sync.Mutex
	read map[string]map[string]string // by path, then by name
}

var docs = sync.OnceValue(func() *documentation {
	d := &documentation{files: map[string]*zip.File{}, read: map[string]map[string]string{}}
	z, err := zip.NewReader(bytes.NewReader(docsZip), int64(len(docsZip)))
	if err != nil {
		return d // the package's tests exclude it
	}
	for _, f := range z.File {
		d.files[f.Name] = f
	}
	return d
})

// Doc returns the doc comment of a name in a package: "Name", "Type.Method",
// "Type.Field", or "" for the package's own. It is the text as written, without
// comment marks; "" if there is none. The path "builtin" has the predeclared
// names, and under "func append" and the like their declarations.
func (s *Set) Doc(path, name string) string { return docs().of(path)[name] }

func (d *documentation) of(path string) map[string]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, done := d.read[path]; done {
		return known
	}
	d.read[path] = d.load(path)
	return d.read[path]
}

// load reads a package; nil if it has no documentation.
func (d *documentation) load(path string) map[string]string {
	f := d.files[path]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return catalog.SplitDocs(string(text))
}
