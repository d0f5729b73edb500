package wire

// Status is the content of a reply that says no more than how it went, and the
// part that all replies share.
type Status struct {
	Status string `json:"status"` // "ok", "error" or "aborted"
}

// OK is the status of a request that was done.
var OK = Status{Status: "ok"}

// Failure is the content of a reply to a request that failed.
type Failure struct {
	Status string `json:"status"` // "error"
	Error
}

// Error is the content of an error message on iopub.
type Error struct {
	Name      string   `json:"ename"`
	Value     string   `json:"evalue"`
	Traceback []string `json:"traceback"` // never null
}

// ExecuteOK is the content of execute_reply when the code ran to its end.
type ExecuteOK struct {
	Status
	ExecutionCount  int            `json:"execution_count"`
	Payload         []any          `json:"payload"` // deprecated by the protocol, empty
	UserExpressions map[string]any `json:"user_expressions"`
}

// ExecuteFailure is the content of execute_reply after an error.
type ExecuteFailure struct {
	Failure
	ExecutionCount int `json:"execution_count"`
}

// ExecuteAborted is the content of execute_reply to a request that was dropped
// because one before it had failed.
type ExecuteAborted struct {
	Status
	ExecutionCount int `json:"execution_count"`
}

// KernelInfo is the content of kernel_info_reply.
type KernelInfo struct {
	Status
	ProtocolVersion   string       `json:"protocol_version"`
	Implementation    string       `json:"implementation"`
	ImplVersion       string       `json:"implementation_version"`
	Language          LanguageInfo `json:"language_info"`
	Banner            string       `json:"banner"`
	HelpLinks         []HelpLink   `json:"help_links"`
	Debugger          bool         `json:"debugger"`
	SupportedFeatures []string     `json:"supported_features"`
}

// LanguageInfo is what front ends highlight, save and convert cells by.
type LanguageInfo struct {
	Name           string `json:"name"`
	Version        string `json:"version"`
	MIMEType       string `json:"mimetype"`
	FileExtension  string `json:"file_extension"`
	PygmentsLexer  string `json:"pygments_lexer"`
	CodeMirrorMode string `json:"codemirror_mode"`
	Exporter       string `json:"nbconvert_exporter"`
}

// HelpLink is an entry of a front end's help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// IsCompleteReply is the content of is_complete_reply. Its status is not one of
// [Status] but "complete", "incomplete", "invalid" or "unknown".
type IsCompleteReply struct {
	Status string `json:"status"`
	Indent string `json:"indent"`
}

// CompleteReply is the content of complete_reply.
type CompleteReply struct {
	Status
	Matches     []string       `json:"matches"` // never null
	CursorStart int            `json:"cursor_start"`
	CursorEnd   int            `json:"cursor_end"`
	Metadata    map[string]any `json:"metadata"`
}

// CompletionType is one of the completions with its type, as front ends show it
// by an icon: an item of the list under [CompletionTypes] in a reply's metadata.
type CompletionType struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"`
	Signature string `json:"signature"`
}

// CompletionTypes is the key of the list of [CompletionType] in the metadata of
// complete_reply.
const CompletionTypes = "_jupyter_types_experimental"

// InspectReply is the content of inspect_reply.
type InspectReply struct {
	Status
	Found    bool           `json:"found"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// HistoryReply is the content of history_reply.
type HistoryReply struct {
	Status
	History []any `json:"history"` // triples of session, line and source; never null
}

// CommInfoReply is the content of comm_info_reply.
type CommInfoReply struct {
	Status
	Comms map[string]CommTarget `json:"comms"` // by comm_id; never null
}

// CommTarget is what [CommInfoReply] tells of a comm.
type CommTarget struct {
	TargetName string `json:"target_name"`
}

// ConnectReply is the content of connect_reply.
type ConnectReply struct {
	Status
	ShellPort     int `json:"shell_port"`
	IOPubPort     int `json:"iopub_port"`
	StdinPort     int `json:"stdin_port"`
	ControlPort   int `json:"control_port"`
	HeartbeatPort int `json:"hb_port"`
}

// DebugReply is the content of debug_reply: a response of the Debug Adapter
// Protocol.
type DebugReply struct {
	Type       string `json:"type"`
	RequestSeq int    `json:"request_seq"`
	Success    bool   `json:"success"`
	Command    string `json:"command"`
	Message    string `json:"message"` // why there is no success
}

// UsageReply is the content of usage_reply, by which front ends show what a
// kernel takes.
type UsageReply struct {
	Status
	Hostname string   `json:"hostname"`
	PID      int      `json:"pid"`
	CPUCount int      `json:"cpu_count"`
	CPU      *float64 `json:"kernel_cpu,omitempty"`    // per cent of one core since the last request; nil: unknown
	Memory   *int64   `json:"kernel_memory,omitempty"` // resident bytes; nil: unknown
}

// UserExpression is the value of one of the user expressions of a cell.
type UserExpression struct {
	Status
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// SubshellReply is the content of create_subshell_reply.
type SubshellReply struct {
	Status
	ID string `json:"subshell_id"`
}

// SubshellList is the content of list_subshell_reply.
type SubshellList struct {
	Status
	IDs []string `json:"subshell_id"` // never null
}

// ShutdownReply is the content of shutdown_reply.
type ShutdownReply struct {
	Status
	Restart bool `json:"restart"` // as requested
}
