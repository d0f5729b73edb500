package notebooks

import (
	"slices"

	"crossbook/kernel/display"
)

// Notebook is a document of nbformat 4.
type Notebook struct {
	Metadata Metadata
	Cells    []Cell
}

// Metadata is a JSON object that tools hang their own keys on; keys that this
// package does not know are kept as they are. Numbers read from a file are
// json.Number, so that they are written back digit for digit.
type Metadata map[string]any

// CellType says what a cell holds.
type CellType string

// The cell types of nbformat 4.
const (
	Code     CellType = "code"
	Markdown CellType = "markdown"
	Raw      CellType = "raw"
)

// Cell is one cell. Count and Outputs belong to code cells, Attachments to the
// other two types.
type Cell struct {
	Type     CellType
	ID       string // 1 to 64 of A-Z a-z 0-9 - _, unique in the notebook
	Metadata Metadata
	Source   string

	Attachments map[string]any // file name -> MIME bundle; nil: none
	Count       int            // as in In [3]; 0: not run
	Outputs     []Output
}

// OutputType says what an output is.
type OutputType string

// The output types of nbformat 4.
const (
	StreamOutput  OutputType = "stream"
	DisplayOutput OutputType = "display_data"
	ResultOutput  OutputType = "execute_result"
	ErrorOutput   OutputType = "error"
)

// Output is one output of a code cell; which fields count depends on Type.
type Output struct {
	Type OutputType

	Stream string // StreamOutput: "stdout" or "stderr"
	Text   string // StreamOutput: what was printed

	Bundle display.Bundle // DisplayOutput, ResultOutput
	Count  int            // ResultOutput: as in Out [3]

	Error     string   // ErrorOutput: kind, such as "Panic"
	Message   string   // ErrorOutput: message in one line
	Traceback []string // ErrorOutput: lines, ANSI colours allowed
}

// HasTag says whether the cell carries a tag, such as "raises-exception".
func (c *Cell) HasTag(tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	return slices.ContainsFunc(tags, func(t any) bool { return t == tag })
}

// hides says whether the author asked to hide a part of the cell: "source" or
// "outputs", by JupyterLab's flag or by the tag of the same meaning.
func (c *Cell) hides(part, tag string) bool {
	flags, _ := c.Metadata["jupyter"].(map[string]any)
	return flags[part+"_hidden"] == true || c.HasTag(tag)
}

// text returns a string at a path of nested objects, "" when it is not there.
func (m Metadata) text(group, key string) string {
	object, _ := m[group].(map[string]any)
	s, _ := object[key].(string)
	return s
}
