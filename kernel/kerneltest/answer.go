package kerneltest

import (
	"fmt"
	"slices"
	"strings"

	"crossbook/kernel/wire"
)

// Answer is all that a kernel sends for one request.
type Answer struct {
	Reply     wire.Message
	Published []wire.Message // on iopub, in order
}

// Types returns the types of the published messages, in order.
func (a Answer) Types() []string {
	types := make([]string, len(a.Published))
	for i, m := range a.Published {
		types[i] = m.Header.MsgType
	}
	return types
}

// Text returns the text of a stream, its messages joined.
func (a Answer) Text(stream string) string {
	var b strings.Builder
	for _, m := range a.Published {
		var s wire.Stream
		if m.Header.MsgType == "stream" && m.Decode(&s) == nil && s.Name == stream {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Status returns the status of the reply.
func (a Answer) Status() string {
	var s wire.Status
	if a.Reply.Decode(&s) != nil {
		return ""
	}
	return s.Status
}

// Failure returns the error of the reply as "name: value", "" when there is none.
func (a Answer) Failure() string {
	var f wire.Failure
	if a.Reply.Decode(&f) != nil || f.Status != "error" {
		return ""
	}
	return f.Name + ": " + f.Value
}

// Bundles returns the data of the published messages of the type: MIME bundles.
func (a Answer) Bundles(msgType string) []map[string]any {
	var all []map[string]any
	for _, m := range a.Published {
		var d wire.DisplayData
		if m.Header.MsgType == msgType && m.Decode(&d) == nil {
			all = append(all, d.Data)
		}
	}
	return all
}

// validateOrder checks that busy comes first and idle last, that a cell's input
// comes before its outputs, and that an error is on iopub if and only if it is in
// the reply of a cell.
func (a Answer) validateOrder() error {
	types := a.Types()
	for i, m := range a.Published {
		var s wire.State
		if m.Header.MsgType != "status" {
			continue
		}
		if err := m.Decode(&s); err != nil {
			return err
		}
		if (i == 0) != (s.ExecutionState == "busy") || (i == len(types)-1) != (s.ExecutionState == "idle") {
			return fmt.Errorf("kerneltest: status %s is message %d of %d", s.ExecutionState, i+1, len(types))
		}
	}
	if at := slices.Index(types, "execute_input"); at > 1 {
		return fmt.Errorf("kerneltest: execute_input is message %d of %q", at+1, types)
	}
	if failed := a.Reply.Header.MsgType == "execute_reply" && a.Status() == "error"; failed != slices.Contains(types, "error") {
		return fmt.Errorf("kerneltest: reply %s, published %q", a.Reply.Content, types)
	}
	return nil
}
