package api

import (
	"crypto/sha256"
	"fmt"
	"go/types"
	"io"
	"strings"
)

// Manifest lists each package with the hash of its exported API.
func Manifest(loaded []*types.Package) string {
	var b strings.Builder
	for _, p := range loaded {
		fmt.Fprintf(&b, "%s %s\n", Hash(p), p.Path())
	}
	return b.String()
}

// Hash condenses the exported API of a package: every exported name with its
// type, value and methods. Comments, bodies and positions do not change it.
func Hash(p *types.Package) string {
	h := sha256.New()
	fmt.Fprintln(h, p.Path(), p.Name())
	for _, name := range p.Scope().Names() {
		if object := p.Scope().Lookup(name); object.Exported() {
			describe(h, object)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

func describe(w io.Writer, object types.Object) {
	fmt.Fprintln(w, types.ObjectString(object, nil))
	switch object := object.(type) {
	case *types.Const:
		fmt.Fprintln(w, object.Val().ExactString())
	case *types.TypeName:
		fmt.Fprintln(w, types.TypeString(object.Type().Underlying(), nil))
		methods := types.NewMethodSet(types.NewPointer(object.Type()))
		for i := range methods.Len() {
			if m := methods.At(i); m.Obj().Exported() {
				fmt.Fprintln(w, m)
			}
		}
	}
}
