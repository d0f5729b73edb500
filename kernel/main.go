package kernel

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"crossbook/kernel/wire"
)

// Main is the kernel subcommand: it runs a kernel for the connection file that
// the flag -f names, or the registration file of a launcher that lets the kernel
// choose its ports, over the interpreter that start returns, until it is told to
// end by a client or by SIGTERM. SIGINT interrupts the running cell. A connection
// file that is missing or wrong is an error that names it, and start is not called.
// The history of cells is kept in the file past, see [Server.KeepHistory].
func Main(args []string, past string, start func() (Interpreter, error)) error {
	flags := flag.NewFlagSet("kernel", flag.ContinueOnError)
	file := flags.String("f", "", "connection `file` that the client wrote")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *file == "":
		return errors.New("kernel: -f: missing, want the path of a connection file")
	case flags.NArg() > 0:
		return fmt.Errorf("kernel: argument %q: unexpected, want -f FILE only", flags.Arg(0))
	}
	return serve(*file, past, start)
}

// gcPercent keeps the kernel small while much output passes through it.
const gcPercent = 80

func serve(file, past string, start func() (Interpreter, error)) error {
	connection, registration, err := wire.ReadConnection(file)
	if err != nil {
		return err
	}
	if registration != nil {
		choosePorts(&connection)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second SIGTERM ends the process at once
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)

	interpreter, err := start()
	if err != nil {
		return fmt.Errorf("kernel: interpreter: %w", err)
	}
	server, err := Listen(connection, interpreter)
	if err != nil {
		interpreter.Close()
		return err
	}
	server.KeepHistory(past)
	Rest()
	go func() {
		for range interrupts {
			server.Interrupt()
		}
	}()
	ctx = untilOrphaned(ctx)
	if registration == nil {
		return server.Serve(ctx)
	}
	return serveRegistered(ctx, server, file, *registration)
}

// serveRegistered serves once the launcher knows where; without its answer the
// kernel ends.
func serveRegistered(ctx context.Context, server *Server, file string, r wire.Registration) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if path, err := publishConnection(file, r, server.Connection()); err == nil { // else only the launcher finds it
		defer os.Remove(path)
	}
	registered := make(chan error, 1)
	go func() {
		err := register(ctx, r, server.Connection())
		registered <- err
		if err != nil {
			cancel(err)
		}
	}()
	if err := server.Serve(ctx); err != nil {
		return err
	}
	cancel(nil)
	if err := <-registered; err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
