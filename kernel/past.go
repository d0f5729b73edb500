package kernel

import (
	"fmt"

	"crossbook/kernel/history"
	"crossbook/kernel/wire"
)

// defaultTail is how many entries a client gets that does not say.
const defaultTail = 10

// history answers history_request.
func (s *Server) history(r request) (any, error) {
	var req wire.HistoryRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	entries, err := s.recall(req)
	if err != nil {
		return nil, err
	}
	reply := wire.HistoryReply{Status: wire.OK, History: []any{}}
	for _, e := range entries {
		var what any = e.Source
		if req.Output {
			what = []any{e.Source, nil} // outputs are not kept
		}
		reply.History = append(reply.History, []any{e.Session, e.Line, what})
	}
	return reply, nil
}

// recall looks the entries up.
func (s *Server) recall(req wire.HistoryRequest) ([]history.Entry, error) {
	switch req.Access {
	case "tail":
		if req.N == nil {
			return s.past.Tail(defaultTail)
		}
		return s.past.Tail(*req.N)
	case "range":
		return s.past.Range(req.Session, req.Start, req.Stop)
	case "search":
		n, pattern := 0, req.Pattern
		if req.N != nil {
			n = *req.N
		}
		if pattern == "" {
			pattern = "*"
		}
		return s.past.Search(pattern, n, req.Unique)
	}
	return nil, fmt.Errorf(`kernel: history_request: hist_access_type: %q, want "tail", "range" or "search"`, req.Access)
}
