package kernel

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"crossbook/kernel/wire"
)

// maxSubshells bounds what a client that forgets to delete them costs.
const maxSubshells = 64

// subshells are queues beside that of shell, each with a goroutine of its own: a
// request to one is answered while a cell runs. They run no cells, because cells
// share one interpreter in which one runs at a time; so the kernel does not
// announce them as a feature.
type subshells struct {
	serve func(*queue) // answers the requests of a queue until it is closed

	mu     sync.Mutex
	queues map[string]*queue // by subshell_id
	closed bool
}

var errCellInSubshell = errors.New("kernel: execute_request: a subshell runs no cells here; " +
	"it answers completions, inspections, history and comms")

// make opens a subshell.
func (s *subshells) make(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.queues) >= maxSubshells {
		return fmt.Errorf("kernel: create_subshell_request: %d subshells are open, at most %d", len(s.queues), maxSubshells)
	}
	if s.queues == nil {
		s.queues = map[string]*queue{}
	}
	q := newQueue()
	s.queues[id] = q
	go s.serve(q)
	return nil
}

// find returns the queue of a subshell, nil when there is none.
func (s *subshells) find(id string) *queue {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queues[id]
}

// delete ends a subshell; what waits in it is dropped. It says whether there was
// one.
func (s *subshells) delete(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, ok := s.queues[id]
	if ok {
		q.close()
	}
	delete(s.queues, id)
	return ok
}

func (s *subshells) list() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.AppendSeq([]string{}, maps.Keys(s.queues)) // never null
}

// close ends all subshells and lets no more be made.
func (s *subshells) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, q := range s.queues {
		q.close()
	}
}

// route queues a request of the shell channel for shell or for a subshell. One
// for a subshell that does not exist is answered at once.
func (s *Server) route(m wire.Message) {
	id := m.Header.SubshellID
	if id == "" {
		s.waiting.put(m)
		return
	}
	if q := s.subshells.find(id); q != nil {
		q.put(m)
		return
	}
	err := fmt.Errorf("kernel: %s: subshell_id: %q, no such subshell", m.Header.MsgType, id)
	s.handle(request{Message: m, channel: s.shell, subshell: true, refused: err})
}

// serveSubshell answers the requests of a subshell one by one.
func (s *Server) serveSubshell(q *queue) {
	for {
		item, ok := q.take()
		if !ok {
			return
		}
		r := request{Message: item.request, channel: s.shell, subshell: true}
		if r.Header.MsgType == "execute_request" {
			r.refused = errCellInSubshell
		}
		s.handle(r)
	}
}

// createSubshell answers create_subshell_request.
func (s *Server) createSubshell(request) (any, error) {
	id := wire.NewSession("").ID
	if err := s.subshells.make(id); err != nil {
		return nil, err
	}
	return wire.SubshellReply{Status: wire.OK, ID: id}, nil
}

// deleteSubshell answers delete_subshell_request.
func (s *Server) deleteSubshell(r request) (any, error) {
	var req wire.SubshellRequest
	if err := r.Decode(&req); err != nil {
		return nil, err
	}
	if !s.subshells.delete(req.ID) {
		return nil, fmt.Errorf("kernel: delete_subshell_request: subshell_id: %q, no such subshell", req.ID)
	}
	return wire.OK, nil
}

// listSubshells answers list_subshell_request.
func (s *Server) listSubshells(request) (any, error) {
	return wire.SubshellList{Status: wire.OK, IDs: s.subshells.list()}, nil
}
