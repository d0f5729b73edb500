package notebooks

import (
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// imageEndings are the types of pictures that can be saved from a notebook.
var imageEndings = []struct{ mime, ending string }{
	{"image/png", ".png"},
	{"image/svg+xml", ".svg"},
	{"image/jpeg", ".jpg"},
}

// writeImages saves every picture among the outputs as NAME-CELL.png, where
// CELL is the cell's id, with a number behind it from the second one on.
func (nb *Notebook) writeImages(folder, name string) error {
	var problems []error
	for _, c := range nb.code() {
		count := 0
		for _, o := range c.Outputs {
			content, ending, err := picture(o)
			if err != nil {
				problems = append(problems, fmt.Errorf("notebooks: cell %s: %w", c.ID, err))
			}
			if content == nil {
				continue
			}
			count++
			stem := name + "-" + c.ID
			if count > 1 {
				stem += fmt.Sprintf("-%d", count)
			}
			problems = append(problems, writeFile(filepath.Join(folder, stem+ending), content))
		}
	}
	return errors.Join(problems...)
}

// picture returns the picture that an output shows; nil when there is none.
func picture(o Output) (content []byte, ending string, err error) {
	for _, kind := range imageEndings {
		text, ok := o.Bundle.Data[kind.mime].(string)
		if !ok {
			continue
		}
		if kind.ending == ".svg" {
			return []byte(text), kind.ending, nil
		}
		content, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
		return content, kind.ending, err
	}
	return nil, "", nil
}

// baseName is the name of a notebook without folder and ending.
func baseName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}
