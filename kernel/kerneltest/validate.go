package kerneltest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"crossbook/kernel/wire"
)

// kind is what a value of a message has to be.
type kind int

const (
	text kind = iota
	integer
	boolean
	dict
	list  // of anything
	texts // list of strings
	state // status: ok, error or aborted
)

type keys map[string]kind

// contents lists, for each type of message that a kernel sends, the keys that
// the protocol demands of its content when the status is not "error".
var contents = map[string]keys{
	"execute_reply":     {"status": state, "execution_count": integer},
	"kernel_info_reply": {"status": state, "protocol_version": text, "implementation": text, "implementation_version": text, "language_info": dict, "banner": text, "help_links": list, "supported_features": texts},
	"is_complete_reply": {"status": text, "indent": text},
	"complete_reply":    {"status": state, "matches": texts, "cursor_start": integer, "cursor_end": integer, "metadata": dict},
	"inspect_reply":     {"status": state, "found": boolean, "data": dict, "metadata": dict},
	"history_reply":     {"status": state, "history": list},
	"comm_info_reply":   {"status": state, "comms": dict},
	"shutdown_reply":    {"status": state, "restart": boolean},
	"interrupt_reply":   {"status": state},

	"status":                {"execution_state": text},
	"execute_input":         {"code": text, "execution_count": integer},
	"stream":                {"name": text, "text": text},
	"display_data":          {"data": dict, "metadata": dict, "transient": dict},
	"update_display_data":   {"data": dict, "metadata": dict, "transient": dict},
	"execute_result":        {"execution_count": integer, "data": dict, "metadata": dict},
	"clear_output":          {"wait": boolean},
	"error":                 {"ename": text, "evalue": text, "traceback": texts},
	"comm_open":             {"comm_id": text, "target_name": text, "data": dict},
	"comm_msg":              {"comm_id": text, "data": dict},
	"comm_close":            {"comm_id": text, "data": dict},
	"create_subshell_reply": {"status": state, "subshell_id": text},
	"delete_subshell_reply": {"status": state},
	"list_subshell_reply":   {"status": state, "subshell_id": texts},
	"iopub_welcome":         {"subscription": text},
	"connect_reply":         {"shell_port": integer, "iopub_port": integer, "stdin_port": integer, "control_port": integer, "hb_port": integer},
	"usage_reply":           {"hostname": text, "pid": integer, "cpu_count": integer},
	"debug_reply":           {"type": text, "request_seq": integer, "success": boolean, "command": text},
	"input_request":         {"prompt": text, "password": boolean},
}

var (
	failureKeys  = keys{"status": state, "ename": text, "evalue": text, "traceback": texts}
	languageKeys = keys{"name": text, "version": text, "mimetype": text, "file_extension": text, "pygments_lexer": text, "codemirror_mode": text, "nbconvert_exporter": text}
)

// Validate checks a message of a kernel against the protocol: header, parent
// header, and the keys of the content with their types.
func Validate(m wire.Message) error {
	if err := validateHeader(m); err != nil {
		return fmt.Errorf("kerneltest: %s: %w", m.Header.MsgType, err)
	}
	want, ok := contents[m.Header.MsgType]
	if !ok {
		return fmt.Errorf("kerneltest: %q: a type that no kernel sends", m.Header.MsgType)
	}
	var content map[string]any
	if err := m.Decode(&content); err != nil {
		return err
	}
	if strings.HasSuffix(m.Header.MsgType, "_reply") && content["status"] == "error" {
		want = failureKeys
	}
	if err := check(content, want); err != nil {
		return fmt.Errorf("kerneltest: %s: %w", m.Header.MsgType, err)
	}
	if err := validateContent(m.Header.MsgType, content); err != nil {
		return fmt.Errorf("kerneltest: %s: %w", m.Header.MsgType, err)
	}
	return nil
}

func validateHeader(m wire.Message) error {
	h := m.Header
	if h.MsgID == "" || h.Session == "" || h.Username == "" || h.Version != wire.Version {
		return fmt.Errorf("header %s: want msg_id, session, username, and version %s", m.RawHeader, wire.Version)
	}
	if _, err := time.Parse("2006-01-02T15:04:05.000000Z07:00", h.Date); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	var parent map[string]any
	if err := json.Unmarshal(m.Parent, &parent); err != nil {
		return fmt.Errorf("parent_header: %w", err)
	}
	if len(parent) == 0 && h.MsgType != "status" && h.MsgType != "iopub_welcome" {
		return fmt.Errorf("parent_header: empty")
	}
	var metadata map[string]any
	if err := json.Unmarshal(m.Metadata, &metadata); err != nil || metadata == nil {
		return fmt.Errorf("metadata: %s, want a dictionary", m.Metadata)
	}
	return nil
}

// validateContent checks what types of keys do not tell.
func validateContent(msgType string, content map[string]any) error {
	switch msgType {
	case "kernel_info_reply":
		language, _ := content["language_info"].(map[string]any)
		return check(language, languageKeys)
	case "status":
		return among(content["execution_state"], "starting", "busy", "idle")
	case "stream":
		return among(content["name"], "stdout", "stderr")
	case "is_complete_reply":
		return among(content["status"], "complete", "incomplete", "invalid", "unknown")
	case "display_data", "execute_result":
		data, _ := content["data"].(map[string]any)
		return check(data, keys{"text/plain": text})
	}
	return nil
}

func among(value any, allowed ...string) error {
	if s, _ := value.(string); !slices.Contains(allowed, s) {
		return fmt.Errorf("%v, want one of %q", value, allowed)
	}
	return nil
}

// check returns the first key, in alphabetical order, that is missing or of the
// wrong type.
func check(content map[string]any, want keys) error {
	names := []string{}
	for name := range want {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value, ok := content[name]
		if !ok {
			return fmt.Errorf("%s: missing", name)
		}
		if !want[name].holds(value) {
			return fmt.Errorf("%s: %T %v, of the wrong type", name, value, value)
		}
	}
	return nil
}

// holds says whether a decoded value is of the kind.
func (k kind) holds(value any) bool {
	switch k {
	case text:
		_, ok := value.(string)
		return ok
	case integer:
		f, ok := value.(float64)
		return ok && f == float64(int(f))
	case boolean:
		_, ok := value.(bool)
		return ok
	case dict:
		_, ok := value.(map[string]any)
		return ok
	case state:
		return among(value, "ok", "error", "aborted") == nil
	}
	items, ok := value.([]any)
	for _, item := range items {
		_, isText := item.(string)
		ok = ok && (isText || k != texts)
	}
	return ok
}
