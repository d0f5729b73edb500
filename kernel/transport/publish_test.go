package transport

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

func publisher(t *testing.T, options Options) (zmq4.Socket, *Listener) {
	t.Helper()
	pub := zmq4.NewPub(t.Context(), zmq4.WithLogger(log.New(io.Discard, "", 0)))
	l, err := Listen(pub, "tcp", "127.0.0.1:0", options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pub.Close() })
	return pub, l
}

// subscribe connects a subscriber to a topic.
func subscribe(t *testing.T, l *Listener, topic string) net.Conn {
	t.Helper()
	c := connect(t, l)
	if err := shakeHands(t, c, zmq4.Sub, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write(frame("\x01" + topic)); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSubscriptionIsReportedInEffect publishes from within the report, which the
// new subscriber must get: the welcome message of the protocol works so.
func TestSubscriptionIsReportedInEffect(t *testing.T) {
	var pub zmq4.Socket
	made := make(chan struct{})
	pub, l := publisher(t, Options{OnSubscribe: func(topic string) {
		<-made
		pub.SendMulti(zmq4.NewMsgFrom([]byte(topic), []byte("welcome")))
	}})
	close(made)
	for i := range 50 {
		topic := "topic" + strconv.Itoa(i)
		want := append(frameHeader{more: true, size: uint64(len(topic))}.append(nil), topic...)
		want = append(want, frame("welcome")...)
		got := make([]byte, len(want))
		if _, err := io.ReadFull(subscribe(t, l, topic), got); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%q, error %v, want %q", got, err, want)
		}
	}
}

func TestPublisherTakesSubscriptionsOnly(t *testing.T) {
	_, l := publisher(t, Options{})
	for _, b := range [][]byte{frame(""), frame("\x02x"), frame("\x01" + string(make([]byte, maxTopic))), {1, 1, 1, 0, 1, 1}} {
		c := subscribe(t, l, "")
		c.Write(b)
		if !cut(c) {
			t.Errorf("%.20q: the connection is still open", b)
		}
	}
}

func TestStalledSubscriberHarmsNobody(t *testing.T) {
	subscribed := make(chan string, 2)
	pub, l := publisher(t, Options{
		Limits:      Limits{Queue: 1 << 20, Patience: 50 * time.Millisecond, Linger: 50 * time.Millisecond},
		OnSubscribe: func(topic string) { subscribed <- topic },
	})
	stalled, fast := subscribe(t, l, ""), subscribe(t, l, "")
	<-subscribed
	<-subscribed
	const messages, size = 1000, 64 << 10
	one := make([]byte, 9+size)
	for i := range messages {
		if err := pub.SendMulti(zmq4.NewMsg(make([]byte, size))); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(fast, one); err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
	}
	n, err := io.Copy(io.Discard, stalled)
	if errors.Is(err, os.ErrDeadlineExceeded) || n >= messages*int64(len(one)) {
		t.Errorf("the stalled client got %d bytes, error %v: it was not dropped", n, err)
	}
}

// numbered returns bodies of messages that differ.
func numbered(messages, size int) [][]byte {
	bodies := make([][]byte, messages)
	for i := range bodies {
		bodies[i] = make([]byte, size)
		binary.BigEndian.PutUint64(bodies[i], uint64(i+1))
	}
	return bodies
}

// publish sends messages and waits until they are with the connections.
func publish(t *testing.T, pub zmq4.Socket, fence *Fence, bodies [][]byte) {
	t.Helper()
	for _, body := range bodies {
		fence.Expect(body)
		pub.SendMulti(zmq4.NewMsg(body))
	}
	if !fence.Wait(soon) {
		t.Fatal("the fence has not seen all messages")
	}
}

// backlog publishes 32 MiB to one subscriber that has not read any of it.
func backlog(t *testing.T, patience time.Duration) (*Listener, net.Conn) {
	t.Helper()
	subscribed := make(chan string, 1)
	pub, l := publisher(t, Options{
		Limits:      Limits{Patience: patience},
		OnSubscribe: func(topic string) { subscribed <- topic },
	})
	c := subscribe(t, l, "")
	<-subscribed
	fence, err := l.Fence()
	if err != nil {
		t.Fatal(err)
	}
	publish(t, pub, fence, numbered(32, 1<<20))
	return l, c
}

func TestSettleWaitsForClientsThatRead(t *testing.T) {
	l, c := backlog(t, soon)
	go io.Copy(io.Discard, c)
	const mark = 1 << 20
	l.Settle(mark)
	for _, c := range l.snapshot() {
		if c.queue.behind(mark) {
			t.Error("a client that reads is behind")
		}
	}
}

func TestSettleDoesNotWaitForOthers(t *testing.T) {
	l, _ := backlog(t, 50*time.Millisecond)
	start := time.Now()
	l.Settle(1 << 20)
	if took := time.Since(start); took > soon/2 {
		t.Errorf("Settle took %v", took)
	}
}

func TestCloseSendsWhatIsQueued(t *testing.T) {
	subscribed := make(chan string, 1)
	pub, l := publisher(t, Options{OnSubscribe: func(topic string) { subscribed <- topic }})
	c := subscribe(t, l, "")
	<-subscribed
	fence, err := l.Fence()
	if err != nil {
		t.Fatal(err)
	}
	const messages, size = 1000, 10000
	publish(t, pub, fence, numbered(messages, size))
	go pub.Close()
	n, err := io.Copy(io.Discard, c)
	if want := int64(messages * (9 + size)); n != want || err != nil {
		t.Errorf("%d bytes arrived, error %v, want %d", n, err, want)
	}
}

// TestFenceIsNotMisledByOlderMessages sets the fence up while messages wait in
// zmq4's queue, which it sees too.
func TestFenceIsNotMisledByOlderMessages(t *testing.T) {
	for range 20 {
		pub, l := publisher(t, Options{})
		for range 100 {
			pub.SendMulti(zmq4.NewMsg([]byte("older")))
		}
		fence, err := l.Fence()
		if err != nil {
			t.Fatal(err)
		}
		if !fence.Wait(0) {
			t.Error("the fence waits for what nobody expects")
		}
		fence.Expect([]byte("never sent"))
		if fence.Wait(time.Millisecond) {
			t.Error("the fence has seen what was never sent")
		}
		publish(t, pub, fence, numbered(3, 8))
		pub.Close()
	}
}

func TestFenceOfAClosedSocket(t *testing.T) {
	pub, l := publisher(t, Options{})
	pub.Close()
	if _, err := l.Fence(); err == nil {
		t.Error("a closed socket has a fence")
	}
	router := echo(t, Options{})
	if _, err := router.Fence(); err == nil {
		t.Error("a ROUTER has a fence")
	}
}
