package notebooks

import "fmt"

// Bytes returns the notebook as a file of nbformat 4.5, byte for byte as
// Jupyter saves it. Metadata that must not be saved (a cell's "trusted", the
// notebook's "signature") is left out.
func (nb *Notebook) Bytes() ([]byte, error) {
	cells := make([]any, len(nb.Cells))
	for i := range nb.Cells {
		cells[i] = nb.Cells[i].tree()
	}
	tree := map[string]any{
		"cells":          cells,
		"metadata":       nb.Metadata.without("orig_nbformat", "orig_nbformat_minor", "signature"),
		"nbformat":       4,
		"nbformat_minor": 5,
	}
	var e encoder
	if err := e.value(tree, 0); err != nil {
		return nil, fmt.Errorf("notebooks: write: %w", err)
	}
	e.WriteByte('\n')
	return e.Bytes(), nil
}

// WriteFile saves the notebook. The file appears at once and whole: whoever
// reads it sees the old or the new one.
func (nb *Notebook) WriteFile(path string) error {
	data, err := nb.Bytes()
	if err != nil {
		return err
	}
	return writeFile(path, data)
}

func (c *Cell) tree() map[string]any {
	tree := map[string]any{
		"cell_type": string(c.Type),
		"id":        c.ID,
		"metadata":  c.Metadata.without("trusted"),
		"source":    asLines(c.Source),
	}
	if c.Type == Code {
		outputs := make([]any, len(c.Outputs))
		for i := range c.Outputs {
			outputs[i] = c.Outputs[i].tree()
		}
		tree["outputs"] = outputs
		tree["execution_count"] = countTree(c.Count)
	} else if c.Attachments != nil {
		attachments := make(map[string]any, len(c.Attachments))
		for name, bundle := range c.Attachments {
			fields, _ := bundle.(map[string]any)
			attachments[name] = bundleTree(fields)
		}
		tree["attachments"] = attachments
	}
	return tree
}

func (o *Output) tree() map[string]any {
	tree := map[string]any{"output_type": string(o.Type)}
	switch o.Type {
	case StreamOutput:
		tree["name"] = o.Stream
		tree["text"] = asLines(o.Text)
	case ErrorOutput:
		tree["ename"] = o.Error
		tree["evalue"] = o.Message
		tree["traceback"] = asList(o.Traceback)
	case ResultOutput, DisplayOutput:
		tree["data"] = bundleTree(o.Bundle.Data)
		tree["metadata"] = Metadata(o.Bundle.Metadata).without()
	}
	if o.Type == ResultOutput {
		tree["execution_count"] = countTree(o.Count)
	}
	return tree
}

// bundleTree is a MIME bundle with the text types cut into lines.
func bundleTree(data map[string]any) map[string]any {
	tree := make(map[string]any, len(data))
	for mime, value := range data {
		if text, ok := value.(string); ok && isSplit(mime) {
			value = asLines(text)
		}
		tree[mime] = value
	}
	return tree
}

// countTree is an execution count, where none is null.
func countTree(count int) any {
	if count == 0 {
		return nil
	}
	return count
}

func asLines(text string) []any { return asList(splitLines(text)) }

func asList(lines []string) []any {
	list := make([]any, len(lines))
	for i, line := range lines {
		list[i] = line
	}
	return list
}

// without is a copy of the metadata less some keys, never nil.
func (m Metadata) without(keys ...string) map[string]any {
	kept := make(map[string]any, len(m))
	for key, value := range m {
		kept[key] = value
	}
	for _, key := range keys {
		delete(kept, key)
	}
	return kept
}
