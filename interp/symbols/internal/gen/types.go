package main

import (
	"archive/zip"
	"bytes"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// writeTypes writes the type information of each package as an entry of a zip
// archive, which is read one entry at a time. The file set is empty on purpose:
// positions would name files of the machine that ran the generator.
func writeTypes(name string, loaded []*types.Package) error {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for _, p := range loaded {
		w, err := z.Create(p.Path())
		if err != nil {
			return err
		}
		if err := gcexportdata.Write(w, token.NewFileSet(), p); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(name, archive.Bytes(), 0o644)
}
