package wire

import "encoding/json"

// ExecuteRequest is the content of execute_request. The defaults of the protocol
// are not all zero: decode into [DefaultExecuteRequest].
type ExecuteRequest struct {
	Code            *string           `json:"code"`             // nil: missing, which is an error
	Silent          bool              `json:"silent"`           // no output, no history, no count
	StoreHistory    bool              `json:"store_history"`    // advance the count
	UserExpressions map[string]string `json:"user_expressions"` // evaluated after the code
	AllowStdin      bool              `json:"allow_stdin"`      // the code may ask for input
	StopOnError     bool              `json:"stop_on_error"`    // an error aborts the queued requests
}

// DefaultExecuteRequest returns the values of the keys that a client leaves out.
func DefaultExecuteRequest() ExecuteRequest {
	return ExecuteRequest{StoreHistory: true, AllowStdin: true, StopOnError: true}
}

// CodeRequest is the content of is_complete_request, complete_request and
// inspect_request.
type CodeRequest struct {
	Code        string `json:"code"`
	CursorPos   int    `json:"cursor_pos"`   // in Unicode code points
	DetailLevel int    `json:"detail_level"` // of inspect_request: 0, or 1 for more
}

// HistoryRequest is the content of history_request.
type HistoryRequest struct {
	Output  bool   `json:"output"`           // with what came of each cell
	Access  string `json:"hist_access_type"` // "tail", "range" or "search"
	Session int    `json:"session"`          // range: 0 is this one, -1 the one before it
	Start   int    `json:"start"`            // range: first execution count
	Stop    int    `json:"stop"`             // range: the one after the last; 0 or null: to the end
	N       *int   `json:"n"`                // tail, search: how many; null: the default
	Pattern string `json:"pattern"`          // search: of * and ?, for the whole source; "": everything
	Unique  bool   `json:"unique"`           // search: of equal sources only the last
}

// InputReply is the content of input_reply, a client's answer to
// [InputRequest].
type InputReply struct {
	Value string `json:"value"`
}

// DebugRequest is the content of debug_request as far as it is needed to refuse
// it.
type DebugRequest struct {
	Seq     int    `json:"seq"`
	Command string `json:"command"`
}

// SubshellRequest is the content of delete_subshell_request.
type SubshellRequest struct {
	ID string `json:"subshell_id"`
}

// ShutdownRequest is the content of shutdown_request.
type ShutdownRequest struct {
	Restart bool `json:"restart"` // the client will start a new kernel
}

// CommInfoRequest is the content of comm_info_request.
type CommInfoRequest struct {
	TargetName string `json:"target_name"` // "": comms of all targets
}

// Comm is the content of comm_open, comm_msg and comm_close, which both sides
// send.
type Comm struct {
	CommID     string          `json:"comm_id"`
	TargetName string          `json:"target_name,omitempty"` // of comm_open
	Data       json.RawMessage `json:"data"`                  // a dictionary
}
