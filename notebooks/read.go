package notebooks

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"unicode/utf8"
)

// ReadFile reads a notebook of nbformat 4.0 to 4.5; see [Parse].
func ReadFile(path string) (*Notebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("notebooks: %w", err)
	}
	nb, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("notebooks: %s: %w", path, err)
	}
	return nb, nil
}

// Parse reads a notebook of nbformat 4.0 to 4.5, whatever its language. It is
// strict: an error names the line and column, or the cell (counted from 1) and
// the field, and the first ten problems are told at once. Cells of notebooks
// older than 4.5, which have no ids, get ids made from their place and source.
func Parse(data []byte) (*Notebook, error) {
	tree, err := decodeJSON(data)
	if err != nil {
		return nil, err
	}
	top, ok := tree.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("not a notebook: the file holds %s, not an object", kindOf(tree))
	}
	minor, err := checkFormat(top)
	if err != nil {
		return nil, err
	}
	d := &decoder{minor: minor, ids: map[string]int{}}
	nb := d.notebook(top)
	if err := errors.Join(d.problems...); err != nil {
		return nil, err
	}
	return nb, nil
}

// decodeJSON decodes exactly one JSON value, with numbers kept as written.
func decodeJSON(data []byte) (any, error) {
	if at := invalidUTF8(data); at >= 0 {
		line, column := position(data, at)
		return nil, fmt.Errorf("not UTF-8 text at line %d, column %d", line, column)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, syntaxError(data, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		line, column := position(data, int(dec.InputOffset()))
		return nil, fmt.Errorf("not JSON: something follows the end of the document at line %d, column %d", line, column)
	}
	return tree, nil
}

func invalidUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// syntaxError gives an error of encoding/json its line and column.
func syntaxError(data []byte, err error) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("not JSON: the file is empty")
	}
	offset := len(data)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		offset = int(syntax.Offset) - 1
	}
	line, column := position(data, offset)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("not JSON: the file ends in the middle, at line %d, column %d", line, column)
	}
	return fmt.Errorf("not JSON: line %d, column %d: %w", line, column, err)
}

// checkFormat returns the minor version of a notebook of nbformat 4.
func checkFormat(top map[string]any) (minor int, err error) {
	const written = "nbformat 4.0 to 4.5 can be read"
	if _, ok := top["nbformat"]; !ok {
		return 0, errors.New(`not a notebook: it has no "nbformat"`)
	}
	major, ok := integer(top["nbformat"])
	switch {
	case !ok:
		return 0, fmt.Errorf("nbformat: is %s, must be a whole number", kindOf(top["nbformat"]))
	case major < 4:
		return 0, fmt.Errorf("nbformat %d is too old: %s; convert it by: jupyter nbconvert --to notebook --nbformat 4 FILE", major, written)
	case major > 4:
		return 0, fmt.Errorf("nbformat %d is newer than this program: %s; save it as nbformat 4 in the tool that wrote it", major, written)
	}
	minor, ok = integer(top["nbformat_minor"])
	if !ok {
		return 0, fmt.Errorf("nbformat_minor: is %s, must be a whole number", kindOf(top["nbformat_minor"]))
	}
	if minor < 0 || minor > 5 {
		return 0, fmt.Errorf("nbformat_minor: is %d, must be 0 to 5: %s", minor, written)
	}
	return minor, nil
}

func integer(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(n.String())
	return i, err == nil
}

// madeID names a cell that has no id: eight hexadecimal digits, the same ones
// each time, and different for cells of the same source.
func madeID(index int, source string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s", index, source))
	return fmt.Sprintf("%x", sum[:4])
}
