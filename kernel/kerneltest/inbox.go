package kerneltest

import (
	"fmt"
	"sync"
	"time"

	"crossbook/kernel/wire"
)

// inbox keeps the messages of one channel until somebody asks for them.
type inbox struct {
	mu       sync.Mutex
	changed  sync.Cond // signals a change of what follows
	messages []wire.Message
	err      error // the first message that was wrong
}

func newInbox() *inbox {
	b := &inbox{}
	b.changed.L = &b.mu
	return b
}

func (b *inbox) put(m wire.Message, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil && b.err == nil {
		b.err = err
	}
	if err == nil {
		b.messages = append(b.messages, m)
	}
	b.changed.Broadcast()
}

// take removes and returns the first message that matches, waiting for it until
// the deadline. Messages that do not match stay.
func (b *inbox) take(match func(wire.Message) bool, deadline time.Time) (wire.Message, error) {
	timer := time.AfterFunc(time.Until(deadline), func() {
		b.mu.Lock()
		b.changed.Broadcast()
		b.mu.Unlock()
	})
	defer timer.Stop()
	b.mu.Lock()
	defer b.mu.Unlock()
	for from := 0; ; {
		for ; from < len(b.messages); from++ {
			if m := b.messages[from]; match(m) {
				b.messages = append(b.messages[:from:from], b.messages[from+1:]...)
				return m, nil
			}
		}
		if b.err != nil {
			return wire.Message{}, b.err
		}
		if !time.Now().Before(deadline) {
			return wire.Message{}, fmt.Errorf("kerneltest: no such message in time; %d others came", len(b.messages))
		}
		b.changed.Wait()
		from = 0
	}
}
