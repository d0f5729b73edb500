package kernel

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"crossbook/kernel/wire"
)

// Main is the kernel subcommand: it runs a kernel for the connection file that
// the flag -f names, over the interpreter that start returns, until it is told to
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
	connection, err := wire.ReadConnection(*file)
	if err != nil {
		return err
	}
	return serve(connection, past, start)
}

func serve(connection wire.Connection, past string, start func() (Interpreter, error)) error {
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
	go func() {
		for range interrupts {
			server.Interrupt()
		}
	}()
	return server.Serve(untilOrphaned(ctx))
}
