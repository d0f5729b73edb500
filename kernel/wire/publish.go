package wire

// State is the content of a status message on iopub.
type State struct {
	ExecutionState string `json:"execution_state"` // "starting", "busy" or "idle"
}

// ExecuteInput is the content of execute_input, the copy of the code for all who
// watch the kernel.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

// Stream is the content of a stream message.
type Stream struct {
	Name string `json:"name"` // "stdout" or "stderr"
	Text string `json:"text"`
}

// DisplayData is the content of display_data and of update_display_data.
type DisplayData struct {
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Transient Transient      `json:"transient"`
}

// Transient is what a notebook does not save of a display.
type Transient struct {
	DisplayID string `json:"display_id,omitempty"`
}

// ExecuteResult is the content of execute_result.
type ExecuteResult struct {
	ExecutionCount int            `json:"execution_count"`
	Data           map[string]any `json:"data"`
	Metadata       map[string]any `json:"metadata"`
}

// ClearOutput is the content of clear_output.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// Welcome is the content of iopub_welcome, which tells a subscriber that from now
// on it misses nothing.
type Welcome struct {
	Subscription string `json:"subscription"` // the topic
}

// InputRequest is the content of input_request, which the kernel sends to the
// client of the running cell on the stdin channel.
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"` // do not show what is typed
}
