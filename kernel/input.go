package kernel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"crossbook/kernel/wire"
)

// answers passes the replies of stdin to the cell that waits for one.
type answers struct {
	turn sync.Mutex // held while a question waits: the user is asked one at a time

	mu      sync.Mutex
	waiting *question // nil: nobody waits, and what comes is dropped
}

// question is an input_request that is not answered yet.
type question struct {
	id     string   // its msg_id
	client [][]byte // route of the client that it went to
	answer chan wire.Message
}

// ask makes q the question that the next fitting reply answers.
func (a *answers) ask(q *question) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.waiting = q
}

// give hands a message to the question that it answers, if there is one: one of
// the same client. A client may leave the parent header out; one that names
// another question is late.
func (a *answers) give(m wire.Message) {
	a.mu.Lock()
	defer a.mu.Unlock()
	q := a.waiting
	if q == nil || m.Header.MsgType != "input_reply" || !slices.EqualFunc(m.Identities, q.client, bytes.Equal) {
		return
	}
	var parent wire.Header
	if json.Unmarshal(m.Parent, &parent) == nil && parent.MsgID != "" && parent.MsgID != q.id {
		return
	}
	q.answer <- m // has room for the one
	a.waiting = nil
}

// receiveInput passes on what comes on stdin.
func (s *Server) receiveInput() {
	for {
		m, err := s.stdin.receive(s.ctx, s.signer, &s.seen)
		if err != nil {
			return
		}
		s.answers.give(m)
	}
}

// inputOf returns what asks the client of the request r. What the cell has
// printed so far is sent first: it may be the question.
func (s *Server) inputOf(r request, out *output) Input {
	return func(ctx context.Context, prompt string, password bool) (string, error) {
		s.answers.turn.Lock()
		defer s.answers.turn.Unlock()
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		out.end()
		header := s.session.Header("input_request")
		q := &question{id: header.MsgID, client: r.Identities, answer: make(chan wire.Message, 1)}
		s.answers.ask(q)
		defer s.answers.ask(nil)
		m := wire.Message{Identities: r.Identities, Header: header, Parent: r.RawHeader}
		if err := m.Encode(wire.InputRequest{Prompt: prompt, Password: password}); err != nil {
			return "", err
		}
		if err := s.stdin.send(m, s.signer); err != nil {
			return "", err
		}
		select {
		case answer := <-q.answer:
			var reply wire.InputReply
			err := answer.Decode(&reply)
			return reply.Value, err
		case <-ctx.Done():
			return "", ctx.Err()
		case <-s.ctx.Done():
			return "", errors.New("kernel: input_request: the kernel ends")
		}
	}
}
