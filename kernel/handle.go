package kernel

import (
	"errors"
	"fmt"
	"strings"

	"crossbook/kernel/wire"
)

// request is a message that waits for its answer.
type request struct {
	wire.Message
	channel   channel // it came on
	onControl bool
	aborted   bool  // do not run it
	subshell  bool  // it is not on the goroutine of shell
	refused   error // why it is not to be served; nil: it is
}

// handler answers one type of request with the content of its reply; nil content
// means no reply.
type handler func(s *Server, r request) (content any, err error)

// handlers on both shell and control.
var common = map[string]handler{
	"kernel_info_request": (*Server).kernelInfo,
	"shutdown_request":    (*Server).shutdown,
}

var onShell = map[string]handler{
	"execute_request":     (*Server).execute,
	"is_complete_request": (*Server).isComplete,
	"complete_request":    (*Server).complete,
	"inspect_request":     (*Server).inspect,
	"history_request":     (*Server).history,
	"comm_info_request":   (*Server).commInfo,
	"connect_request":     (*Server).connect,
	"comm_open":           (*Server).comm,
	"comm_msg":            (*Server).comm,
	"comm_close":          (*Server).comm,
}

var onControl = map[string]handler{
	"interrupt_request": (*Server).interrupt,
	"usage_request":     (*Server).usage,

	"create_subshell_request": (*Server).createSubshell,
	"delete_subshell_request": (*Server).deleteSubshell,
	"list_subshell_request":   (*Server).listSubshells,

	"debug_request": (*Server).debug,
}

// find returns the handler of the request, nil for types that are unknown, which
// the protocol wants ignored.
func find(r request) handler {
	msgType := r.Header.MsgType
	if h, ok := common[msgType]; ok {
		return h
	}
	if r.onControl {
		return onControl[msgType]
	}
	return onShell[msgType]
}

// handle answers a request between a busy and an idle status, whatever happens.
func (s *Server) handle(r request) {
	s.iopub.state(r.RawHeader, "busy")
	content := s.answer(r)
	if content != nil {
		s.reply(r, content)
	}
	bye, ending := content.(wire.ShutdownReply)
	if ending {
		s.iopub.publish(r.RawHeader, "shutdown_reply", bye)
	}
	s.iopub.state(r.RawHeader, "idle")
	if ending {
		s.once.Do(func() { close(s.stop) })
	}
}

// answer returns the content of the reply; nil: there is none.
func (s *Server) answer(r request) any {
	if r.refused != nil {
		return s.refuse(r, r.refused)
	}
	h := find(r)
	if h == nil {
		return nil
	}
	content, err := call(s, h, r)
	if err == nil {
		return content
	}
	return s.refuse(r, err)
}

// errInternal is in the chain of the error of a handler that panicked.
var errInternal = errors.New("internal error")

// call turns a panic of a handler into an error: one bad request must not end the
// kernel.
func call(s *Server, h handler, r request) (content any, err error) {
	defer func() {
		if p := recover(); p != nil {
			content, err = nil, fmt.Errorf("kernel: %s: %w: %v", r.Header.MsgType, errInternal, p)
		}
	}()
	return h(s, r)
}

// refuse returns the content of the reply to a request that cannot be served.
func (s *Server) refuse(r request, err error) any {
	e := &Error{Name: "BadRequest", Value: err.Error()}
	if errors.Is(err, errInternal) {
		e.Name = "KernelError"
	}
	if r.Header.MsgType != "execute_request" {
		return failure(e)
	}
	s.iopub.publish(r.RawHeader, "error", wireError(e))
	reply := wire.ExecuteFailure{Failure: failure(e)}
	if !r.subshell {
		reply.ExecutionCount = s.count
	}
	return reply
}

// reply sends the reply to a request.
func (s *Server) reply(r request, content any) {
	m := wire.Message{
		Identities: r.Identities,
		Header:     s.session.Header(strings.TrimSuffix(r.Header.MsgType, "_request") + "_reply"),
		Parent:     r.RawHeader,
	}
	if err := m.Encode(content); err != nil {
		m.Encode(failure(&Error{Name: "KernelError", Value: err.Error()}))
	}
	r.channel.send(m, s.signer)
}

// failure is the content that every reply has after an error.
func failure(e *Error) wire.Failure {
	return wire.Failure{Status: "error", Error: wireError(e)}
}

// wireError is e with a traceback that is a list in any case.
func wireError(e *Error) wire.Error {
	return wire.Error{Name: e.Name, Value: e.Value, Traceback: painted(e.Traceback)}
}
