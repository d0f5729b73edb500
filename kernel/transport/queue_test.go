package transport

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"
)

// slowPipe is a queue whose writer is a pipe, and the pipe's other end.
func slowPipe(limit int) (*queue, *io.PipeReader, chan struct{}) {
	r, w := io.Pipe()
	q := newQueue(Limits{Queue: limit}, func() { w.CloseWithError(io.ErrClosedPipe) })
	ended := make(chan struct{})
	go func() {
		q.writeTo(w)
		w.Close()
		close(ended)
	}()
	return q, r, ended
}

func TestQueueKeepsOrder(t *testing.T) {
	q, r, _ := slowPipe(1 << 20)
	var want []byte
	for i := range 10000 {
		p := []byte{byte(i), byte(i >> 8)}
		want = append(want, p...)
		if err := q.put(p); err != nil {
			t.Fatal(err)
		}
	}
	q.close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, error %v, want %d", len(got), err, len(want))
	}
	if q.put([]byte("x")) == nil {
		t.Error("a closed queue takes more")
	}
}

func TestQueueClosedEmptyEnds(t *testing.T) {
	q, _, ended := slowPipe(10)
	q.close()
	<-ended
	q, r, ended := slowPipe(10)
	q.put([]byte("first"))
	io.ReadFull(r, make([]byte, 5))
	q.close()
	<-ended
}

func TestFullQueueIsDead(t *testing.T) {
	q, r, ended := slowPipe(10)
	if err := q.put(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if q.put([]byte("x")) == nil {
		t.Error("a full queue takes more")
	}
	<-ended
	if _, err := io.ReadAll(r); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v, want that of a dropped client", err)
	}
}

func TestFullQueueOfAClientThatReadsTakesMore(t *testing.T) {
	q := newQueue(Limits{Queue: 10, Patience: time.Hour}, func() {})
	for range 3 {
		if err := q.put(make([]byte, 10)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOneMessageMayExceedTheQueue(t *testing.T) {
	q, r, _ := slowPipe(10)
	want := make([]byte, 3*maxWrite+5)
	for i := range want {
		want[i] = byte(i % 251)
	}
	if err := q.put(want); err != nil {
		t.Fatal(err)
	}
	q.close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, error %v, want %d", len(got), err, len(want))
	}
}

func TestBehind(t *testing.T) {
	q := newQueue(Limits{Queue: 100, Patience: time.Hour}, func() {})
	q.put(make([]byte, 50))
	if !q.behind(49) || q.behind(50) {
		t.Error("behind does not tell the mark")
	}
	q.patience = 0
	if q.behind(49) {
		t.Error("behind has too much patience")
	}
}
