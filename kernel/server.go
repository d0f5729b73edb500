package kernel

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-zeromq/zmq4"

	"crossbook/kernel/history"
	"crossbook/kernel/transport"
	"crossbook/kernel/wire"
)

// Server is a kernel: five sockets before an interpreter.
type Server struct {
	interpreter Interpreter
	connection  wire.Connection
	signer      wire.Signer
	session     wire.Session
	ctx         context.Context // ends with the sockets
	cancel      context.CancelFunc

	shell, control, stdin, heartbeat channel

	iopub     *publisher
	answers   answers // of the user, on stdin
	past      *history.Store
	seen      wire.Seen
	meter     meter
	waiting   *queue // requests on shell
	subshells subshells
	idle      chan struct{} // closed when the shell's goroutine has ended
	stop      chan struct{} // closed by a shutdown request
	once      sync.Once     // closes stop

	count   int          // execution count; the shell's goroutine owns it
	outputs atomic.Int64 // cells and comm messages so far
}

// Listen opens the sockets of a kernel. From then on requests are taken, and
// answered once [Server.Serve] runs. The interpreter belongs to the server, which
// closes it at the end.
func Listen(c wire.Connection, interpreter Interpreter) (*Server, error) {
	signer, err := wire.NewSigner(c.SignatureScheme, c.Key)
	if err != nil {
		return nil, fmt.Errorf("kernel: %w", err)
	}
	s := &Server{
		interpreter: interpreter,
		connection:  c,
		signer:      signer,
		session:     wire.NewSession("kernel"),
		waiting:     newQueue(),
		past:        history.Open(""),
		idle:        make(chan struct{}),
		stop:        make(chan struct{}),
	}
	s.subshells.serve = s.serveSubshell
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if err := s.open(); err != nil {
		s.closeSockets()
		return nil, err
	}
	return s, nil
}

// open opens the sockets and publishes that the kernel starts.
func (s *Server) open() error {
	public, secret, err := s.connection.CurveKeys()
	if err != nil {
		return fmt.Errorf("kernel: %w", err)
	}
	var curve *transport.Curve
	if public != nil {
		curve = &transport.Curve{Public: *public, Secret: *secret}
	}
	var iopub channel
	s.iopub = &publisher{signer: s.signer, session: s.session, heard: make(chan struct{})}
	greet := transport.Options{OnSubscribe: s.iopub.subscribed}
	sockets := []struct {
		channel *channel
		kind    openFunc
		port    *int
		options transport.Options
	}{
		{&s.shell, zmq4.NewRouter, &s.connection.ShellPort, transport.Options{}},
		{&s.control, zmq4.NewRouter, &s.connection.ControlPort, transport.Options{}},
		{&s.stdin, zmq4.NewRouter, &s.connection.StdinPort, transport.Options{}},
		{&s.heartbeat, zmq4.NewRouter, &s.connection.HeartbeatPort, transport.Options{}},
		{&iopub, zmq4.NewPub, &s.connection.IOPubPort, greet},
	}
	for _, k := range sockets {
		k.options.Curve = curve
		if *k.channel, err = open(s.ctx, k.kind, place{s.connection, k.port, k.options}); err != nil {
			return err
		}
	}
	s.iopub.begin(iopub)
	s.iopub.state(nil, "starting")
	return nil
}

// Connection returns where the server listens, with the ports that it chose.
func (s *Server) Connection() wire.Connection { return s.connection }

// KeepHistory keeps the history of cells in a file that several kernels and
// sessions share; without it the history is this session's and in memory. It must
// be called before [Server.Serve].
func (s *Server) KeepHistory(path string) { s.past = history.Open(path) }

// Interrupt asks the running cell to end, as an interrupt_request does.
func (s *Server) Interrupt() { s.interpreter.Interrupt() }

// Serve answers requests until a client asks for the shutdown or ctx ends, closes
// the interpreter, sends what is left and closes the sockets. Its error is the
// interpreter's.
func (s *Server) Serve(ctx context.Context) error {
	go s.echo()
	go s.receiveInput()
	go s.receive()
	go s.serveControl()
	go s.serveShell()
	select {
	case <-ctx.Done():
	case <-s.stop:
	}
	return s.close()
}

// lastWords is the time that a cell has to end, and its messages to get away,
// once the interpreter is closed.
const lastWords = time.Second

// close ends the kernel in the order in which nothing gets lost.
func (s *Server) close() error {
	s.iopub.setFence()
	s.waiting.close()
	s.subshells.close()
	s.interpreter.Interrupt()
	err := s.interpreter.Close()
	select {
	case <-s.idle:
	case <-time.After(lastWords): // the interpreter will not let go of the cell
	}
	s.iopub.drain(lastWords)
	s.closeSockets()
	s.past.Close()
	if err != nil {
		return fmt.Errorf("kernel: interpreter: %w", err)
	}
	return nil
}

func (s *Server) closeSockets() {
	var closing sync.WaitGroup
	sockets := []channel{s.shell, s.control, s.stdin, s.heartbeat}
	if s.iopub != nil {
		sockets = append(sockets, s.iopub.channel)
	}
	s.cancel()
	for _, c := range sockets {
		closing.Go(c.close)
	}
	closing.Wait()
}

// echo answers heartbeats: whatever comes goes back as it is. A ROUTER does it
// for the REQ sockets of clients without a state that a malformed request could
// upset.
func (s *Server) echo() {
	for s.ctx.Err() == nil {
		if m, err := s.heartbeat.socket.Recv(); err == nil {
			s.heartbeat.socket.SendMulti(m)
		}
	}
}

// receive queues the requests of shell.
func (s *Server) receive() {
	for {
		m, err := s.shell.receive(s.ctx, s.signer, &s.seen)
		if err != nil {
			return
		}
		s.route(m)
	}
}

// serveShell answers the requests of shell one by one.
func (s *Server) serveShell() {
	defer close(s.idle)
	for {
		item, ok := s.waiting.take()
		if !ok {
			return
		}
		if item.request.Header.MsgType == "execute_request" {
			s.iopub.awaitSubscriber(s.stop)
		}
		s.handle(request{Message: item.request, channel: s.shell, aborted: item.aborted})
	}
}

// serveControl answers the requests of control, also while a cell runs.
func (s *Server) serveControl() {
	for {
		m, err := s.control.receive(s.ctx, s.signer, &s.seen)
		if err != nil {
			return
		}
		s.handle(request{Message: m, channel: s.control, onControl: true})
	}
}
