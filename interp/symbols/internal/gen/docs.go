package main

import (
	"archive/zip"
	"bytes"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"crossbook/interp/symbols/internal/catalog"

	"golang.org/x/tools/go/packages"
)

// writeDocs writes the doc comments of each package, and those of the
// predeclared names, as entries of a zip archive, which is read one entry at a
// time.
func writeDocs(dir string, entries []catalog.Entry) error {
	paths := []string{catalog.BuiltinPath}
	for _, e := range entries {
		paths = append(paths, e.Path)
	}
	config := &packages.Config{Mode: packages.NeedName | packages.NeedFiles, Dir: dir}
	found, err := packages.Load(config, paths...)
	if err != nil {
		return err
	}
	files := map[string][]string{}
	for _, p := range found {
		files[p.PkgPath] = p.GoFiles
	}
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for _, path := range paths {
		w, err := z.Create(path)
		if err != nil {
			return err
		}
		text, err := packageDocs(path, files[path])
		if err != nil {
			return err
		}
		if _, err := w.Write([]byte(catalog.JoinDocs(text))); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, catalog.DocsFile), archive.Bytes(), 0o644)
}

// comments collects the doc comments of a package by name.
type comments map[string]string

func packageDocs(path string, names []string) (comments, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	mode := doc.Mode(0)
	if path == catalog.BuiltinPath {
		mode = doc.AllDecls
	}
	p, err := doc.NewFromFiles(fset, files, path, mode)
	if err != nil {
		return nil, err
	}
	c := comments{}
	c.add("", p.Doc)
	c.values(p.Consts)
	c.values(p.Vars)
	c.functions("", p.Funcs)
	for _, t := range p.Types {
		c.addType(t)
	}
	if path == catalog.BuiltinPath {
		c.signatures(fset, p.Funcs)
		for _, t := range p.Types {
			c.signatures(fset, t.Funcs)
		}
	}
	return c, nil
}

func (c comments) add(name, text string) {
	if text = strings.TrimSpace(text); text != "" {
		c[name] = text
	}
}

func (c comments) addType(t *doc.Type) {
	c.add(t.Name, t.Doc)
	c.values(t.Consts)
	c.values(t.Vars)
	c.functions("", t.Funcs)
	c.functions(t.Name+".", t.Methods)
	for _, spec := range t.Decl.Specs {
		if spec, ok := spec.(*ast.TypeSpec); ok {
			c.fields(spec)
		}
	}
}

func (c comments) functions(owner string, list []*doc.Func) {
	for _, f := range list {
		c.add(owner+f.Name, f.Doc)
	}
}

// values adds constants and variables. One without a comment of its own has that
// of its group.
func (c comments) values(list []*doc.Value) {
	for _, v := range list {
		for _, spec := range v.Decl.Specs {
			spec, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			for _, n := range spec.Names {
				c.add(n.Name, v.Doc)
				c.add(n.Name, spec.Comment.Text())
				c.add(n.Name, spec.Doc.Text())
			}
		}
	}
}

// fields adds the fields of a struct and the methods of an interface.
func (c comments) fields(spec *ast.TypeSpec) {
	var list *ast.FieldList
	switch t := spec.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	for _, f := range list.List {
		for _, n := range f.Names {
			c.add(spec.Name.Name+"."+n.Name, f.Comment.Text())
			c.add(spec.Name.Name+"."+n.Name, f.Doc.Text())
		}
	}
}

// signatures adds the declarations of predeclared functions, for which the type
// checker has none.
func (c comments) signatures(fset *token.FileSet, list []*doc.Func) {
	for _, f := range list {
		f.Decl.Doc = nil
		var b strings.Builder
		if err := printer.Fprint(&b, fset, f.Decl); err == nil {
			c["func "+f.Name] = b.String()
		}
	}
}
