package kernel

import (
	"testing"

	"crossbook/kernel/wire"
)

// TestAnswersToNobody are dropped, and not kept for the next question: a client may
// leave out which one it answers.
func TestAnswersToNobody(t *testing.T) {
	client := [][]byte{[]byte("client")}
	reply := wire.Message{Identities: client, Header: wire.Header{MsgType: "input_reply"}}
	var a answers
	a.give(reply)
	q := &question{id: "1", client: client, answer: make(chan wire.Message, 1)}
	a.ask(q)
	if len(q.answer) != 0 {
		t.Error("a question had an answer before it was asked")
	}
	a.give(reply)
	a.give(reply) // a second answer
	if len(q.answer) != 1 {
		t.Error("the question has no answer")
	}
}
