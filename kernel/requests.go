package kernel

import (
	"crossbook/kernel/wire"
)

// kernelInfo answers kernel_info_request.
func (s *Server) kernelInfo(request) (any, error) {
	info := s.interpreter.Info()
	return wire.KernelInfo{
		Status:          wire.OK,
		ProtocolVersion: wire.Version,
		Implementation:  info.Implementation,
		ImplVersion:     info.ImplVersion,
		Language: wire.LanguageInfo{
			Name:           info.Name,
			Version:        info.Version,
			MIMEType:       info.MIMEType,
			FileExtension:  info.FileExtension,
			PygmentsLexer:  info.PygmentsLexer,
			CodeMirrorMode: info.CodeMirrorMode,
			Exporter:       "script",
		},
		Banner:            info.Banner,
		HelpLinks:         helpLinks,
		SupportedFeatures: []string{},
	}, nil
}

// helpLinks are the entries of a front end's help menu.
var helpLinks = []wire.HelpLink{
	{Text: "Go language", URL: "https://go.dev/ref/spec"},
	{Text: "Go standard library", URL: "https://pkg.go.dev/std"},
	{Text: "Gonum", URL: "https://pkg.go.dev/gonum.org/v1/gonum"},
}

// shutdown answers shutdown_request; the caller ends the kernel. A client that
// asks for a restart starts a new process itself.
func (s *Server) shutdown(r request) (any, error) {
	var req wire.ShutdownRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	s.iopub.setFence()
	return wire.ShutdownReply{Status: wire.OK, Restart: req.Restart}, nil
}

// interrupt answers interrupt_request.
func (s *Server) interrupt(request) (any, error) {
	s.interpreter.Interrupt()
	return wire.OK, nil
}

// isComplete answers is_complete_request, which consoles send at every line.
func (s *Server) isComplete(r request) (any, error) {
	var req wire.CodeRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	c := s.interpreter.IsComplete(req.Code)
	return wire.IsCompleteReply{Status: c.Status, Indent: c.Indent}, nil
}

// connect answers connect_request, which the protocol has given up and old
// clients may still send.
func (s *Server) connect(request) (any, error) {
	c := s.connection
	return wire.ConnectReply{
		Status:        wire.OK,
		ShellPort:     c.ShellPort,
		IOPubPort:     c.IOPubPort,
		StdinPort:     c.StdinPort,
		ControlPort:   c.ControlPort,
		HeartbeatPort: c.HeartbeatPort,
	}, nil
}

// debug refuses debug_request in the words of the Debug Adapter Protocol:
// kernel_info_reply says that there is no debugger.
func (s *Server) debug(r request) (any, error) {
	var req wire.DebugRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	return wire.DebugReply{
		Type:       "response",
		RequestSeq: req.Seq,
		Command:    req.Command,
		Message:    "this kernel has no debugger",
	}, nil
}
