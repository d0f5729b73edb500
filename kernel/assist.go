package kernel

import (
	"unicode/utf8"

	"crossbook/kernel/wire"
)

// complete answers complete_request.
func (s *Server) complete(r request) (any, error) {
	var req wire.CodeRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	c := s.interpreter.Complete(req.Code, byteOffset(req.Code, req.CursorPos))
	start, end := codePoints(req.Code, c.Start), codePoints(req.Code, c.End)
	matches, types := []string{}, []wire.CompletionType{}
	for _, item := range c.Items {
		matches = append(matches, item.Text)
		types = append(types, wire.CompletionType{
			Start:     start,
			End:       end,
			Text:      item.Text,
			Type:      item.Kind,
			Signature: item.Signature,
		})
	}
	return wire.CompleteReply{
		Status:      wire.OK,
		Matches:     matches,
		CursorStart: start,
		CursorEnd:   end,
		Metadata:    map[string]any{wire.CompletionTypes: types},
	}, nil
}

// inspect answers inspect_request.
func (s *Server) inspect(r request) (any, error) {
	var req wire.CodeRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	reply := wire.InspectReply{Status: wire.OK, Data: map[string]any{}, Metadata: map[string]any{}}
	at := byteOffset(req.Code, req.CursorPos)
	found := s.interpreter.Inspect(req.Code, at, min(max(req.DetailLevel, 0), 1))
	if !found.Found {
		return reply, nil
	}
	reply.Found = true
	reply.Data["text/plain"] = found.Text
	if found.Markdown != "" {
		reply.Data["text/markdown"] = found.Markdown
	}
	return reply, nil
}

// byteOffset turns the cursor of a message, which counts code points, into a byte
// offset. A cursor outside of the code is taken for its nearest end.
func byteOffset(code string, cursor int) int {
	for at := range code {
		if cursor <= 0 {
			return at
		}
		cursor--
	}
	return len(code)
}

// codePoints turns a byte offset, which is held to the code, into the cursor of a
// message.
func codePoints(code string, at int) int {
	return utf8.RuneCountInString(code[:min(max(at, 0), len(code))])
}
