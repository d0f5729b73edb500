package wire

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

// InputReply is the content of input_reply, a client's answer to
// [InputRequest].
type InputReply struct {
	Value string `json:"value"`
}

// ShutdownRequest is the content of shutdown_request.
type ShutdownRequest struct {
	Restart bool `json:"restart"` // the client will start a new kernel
}

// CommOpen is the content of comm_open as far as it is needed to refuse it.
type CommOpen struct {
	CommID     string `json:"comm_id"`
	TargetName string `json:"target_name"`
}
