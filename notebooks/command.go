package notebooks

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"crossbook/kernel"
)

const usage = `usage: crossbook run [flags] notebook.ipynb

Runs the notebook from top to bottom and writes it with its outputs, and as a
page that needs nothing else, beside it. A cell that fails ends the run with a
non-zero exit; what had run is written all the same.

`

// options are the flags of the run subcommand.
type options struct {
	input, notebook, page string
	force, quiet          bool
	runner                Runner
}

// Main is the subcommand run. It starts an interpreter by start, runs the
// notebook that args name and writes the result; its error is nil only when
// every cell ran as it should and both files were written.
func Main(args []string, start func() (kernel.Interpreter, error)) error {
	opts, err := parseOptions(args, os.Stderr)
	if err != nil {
		return err
	}
	nb, err := opts.prepare()
	if err != nil {
		return err
	}
	interp, err := start()
	if err != nil {
		return fmt.Errorf("notebooks: start the interpreter: %w", err)
	}
	begin := time.Now()
	term := newTerminal(os.Stderr, len(nb.Cells), opts.quiet)
	opts.runner.Started, opts.runner.Progress = term.started, term.progress
	failed := runWithSignals(opts.runner, nb, interp)
	closed := interp.Close()
	term.wipe()
	if cell := (*CellError)(nil); errors.As(failed, &cell) {
		term.failure(cell)
	}
	if err := errors.Join(opts.save(nb), closed); err != nil {
		return errors.Join(failed, err)
	}
	if !opts.quiet {
		fmt.Fprintf(os.Stderr, "wrote %s\nwrote %s\ntook  %s\n", opts.notebook, opts.page, tidy(time.Since(begin)))
	}
	if failed != nil {
		return fmt.Errorf("notebooks: %s: %w", opts.input, failed)
	}
	return nil
}

// parseOptions reads the flags, which may stand before and after the notebook.
func parseOptions(args []string, out io.Writer) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet("run", flag.ContinueOnError)
	fs.SetOutput(out)
	fs.Usage = func() {
		fmt.Fprint(out, usage)
		fs.PrintDefaults()
	}
	fs.StringVar(&o.notebook, "o", "", "write the executed notebook to `FILE` (default NAME.executed.ipynb)")
	fs.StringVar(&o.page, "html", "", "write the page to `FILE` (default NAME.executed.html)")
	fs.BoolVar(&o.runner.AllowErrors, "allow-errors", false, "go on after a cell that fails")
	fs.DurationVar(&o.runner.Timeout, "timeout", 0, "interrupt a cell after `TIME`, such as 90s (default no limit)")
	fs.BoolVar(&o.runner.Timings, "timings", false, "note in the notebook when each cell ran (it then differs from run to run)")
	fs.BoolVar(&o.quiet, "quiet", false, "show no progress and no summary")
	fs.BoolVar(&o.force, "force", false, "run a notebook that was written for another kernel as Go")
	for rest := args; ; {
		if err := fs.Parse(rest); err != nil {
			return nil, err
		}
		if fs.NArg() == 0 {
			break
		}
		if o.input != "" {
			return nil, fmt.Errorf("notebooks: run: one notebook at a time, not %q and %q", o.input, fs.Arg(0))
		}
		o.input, rest = fs.Arg(0), fs.Args()[1:]
	}
	return o, o.complete()
}

// complete checks the flags against each other and fills in the defaults.
func (o *options) complete() error {
	if o.input == "" {
		return errors.New("notebooks: run: which notebook? See crossbook run -h")
	}
	if o.runner.Timeout < 0 {
		return fmt.Errorf("notebooks: run: -timeout is %s, must not be negative", o.runner.Timeout)
	}
	name := strings.TrimSuffix(o.input, filepath.Ext(o.input))
	if o.notebook == "" {
		o.notebook = name + ".executed.ipynb"
	}
	if o.page == "" {
		o.page = name + ".executed.html"
	}
	if filepath.Clean(o.notebook) == filepath.Clean(o.page) {
		return fmt.Errorf("notebooks: run: -o and -html both name %s", o.page)
	}
	if filepath.Clean(o.input) == filepath.Clean(o.page) {
		return fmt.Errorf("notebooks: run: -html names the notebook itself, %s", o.page)
	}
	return nil
}

// prepare finds everything that can go wrong before minutes of computing.
func (o *options) prepare() (*Notebook, error) {
	nb, err := ReadFile(o.input)
	if err != nil {
		return nil, err
	}
	if err := nb.CheckGo(); err != nil && !o.force {
		return nil, fmt.Errorf("notebooks: %s: %w", o.input, err)
	}
	return nb, errors.Join(checkWritable(o.notebook), checkWritable(o.page))
}

// save writes both files, each whether or not the other can be written.
func (o *options) save(nb *Notebook) error {
	page := Page{Folder: filepath.Dir(o.input), Title: filepath.Base(o.input)}
	return errors.Join(nb.WriteFile(o.notebook), page.WriteFile(o.page, nb))
}

// runWithSignals runs the notebook; the first interrupt signal interrupts the
// cell that runs, a second one ends the interpreter under it.
func runWithSignals(r Runner, nb *Notebook, interp kernel.Interpreter) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	over := make(chan struct{})
	defer close(over)
	go func() {
		stop := cancel
		for {
			select {
			case <-over:
				return
			case <-signals:
				stop()
			}
			stop = func() { _ = interp.Restart() } // takes the cell's process away
		}
	}()
	return r.Run(ctx, nb, interp)
}

// tidy rounds a duration to what a reader wants to know.
func tidy(d time.Duration) time.Duration {
	if d > time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(10 * time.Millisecond)
}
