package notebooks

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"crossbook/kernel"
)

// Start starts an interpreter whose cells run in a folder.
type Start func(folder string) (kernel.Interpreter, error)

// Main is the subcommand run. It starts an interpreter for each notebook that
// args name, runs it and writes the result; its error is nil only when every
// cell ran as it should and every file was written.
func Main(args []string, start Start) error {
	opts, err := parseOptions(args, os.Stderr)
	if err != nil {
		return err
	}
	jobs, err := opts.prepare()
	if err != nil {
		return err
	}
	var problems []error
	for _, j := range jobs {
		stopped, err := j.run(start)
		problems = append(problems, err)
		if stopped {
			break
		}
	}
	return errors.Join(problems...)
}

// job is one notebook of a command line.
type job struct {
	*options
	input          string
	notebook, page string // files to write
	nb             *Notebook
	key            string // in the cache; "": it is not used
}

// prepare finds everything that can go wrong before minutes of computing.
func (o *options) prepare() ([]*job, error) {
	jobs, err := o.jobs()
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, j := range jobs {
		problems = append(problems, j.prepare())
	}
	return jobs, errors.Join(problems...)
}

func (j *job) prepare() error {
	nb, err := readGo(j.input, j.force)
	if err != nil {
		return err
	}
	j.nb = nb
	if err := nb.SetParameters(j.values); err != nil {
		return fmt.Errorf("%s: %w", j.input, err)
	}
	if j.cached {
		if j.key, err = cacheKey(j); err != nil {
			return err
		}
	}
	return errors.Join(checkWritable(j.notebook), checkWritable(j.page))
}

// readGo reads a notebook that is to run as Go.
func readGo(path string, force bool) (*Notebook, error) {
	nb, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := nb.CheckGo(); err != nil && !force {
		return nil, fmt.Errorf("notebooks: %s: %w", path, err)
	}
	return nb, nil
}

// run makes and writes the outputs; stopped says that the user ended the run.
func (j *job) run(start Start) (stopped bool, err error) {
	begin := time.Now()
	term := newTerminal(os.Stderr, len(j.nb.Cells), j.quiet)
	known := j.key != "" && recall(j.key, j.nb, j.runner.Timings)
	var failed error
	if !known {
		stopped, failed, err = j.execute(start, term)
		if err != nil {
			return stopped, err
		}
		if j.key != "" && failed == nil {
			err = remember(j.key, j.nb)
		}
	}
	if err := errors.Join(err, j.save()); err != nil {
		return stopped, errors.Join(failed, err)
	}
	if !j.quiet {
		j.summary(begin, known)
	}
	if failed != nil {
		return stopped, fmt.Errorf("notebooks: %s: %w", j.input, failed)
	}
	return stopped, nil
}

func (j *job) summary(begin time.Time, known bool) {
	from := ""
	if known {
		from = ", as in an earlier run (-cache)"
	}
	fmt.Fprintf(os.Stderr, "wrote %s\nwrote %s\ntook  %s%s\n", j.notebook, j.page, tidy(time.Since(begin)), from)
}

// execute runs the cells; failed is what ended them early, err what the
// interpreter itself failed at.
func (j *job) execute(start Start, term *terminal) (stopped bool, failed, err error) {
	folder, err := filepath.Abs(filepath.Dir(j.input))
	if err != nil {
		return false, nil, fmt.Errorf("notebooks: %s: %w", j.input, err)
	}
	interp, err := start(folder)
	if err != nil {
		return false, nil, fmt.Errorf("notebooks: start the interpreter: %w", err)
	}
	runner := j.runner
	runner.Started, runner.Progress = term.started, term.progress
	stopped, failed = runWithSignals(runner, j.nb, interp)
	closed := interp.Close()
	term.wipe()
	if cell := (*CellError)(nil); errors.As(failed, &cell) {
		term.failure(cell)
	}
	return stopped, failed, closed
}

// save writes all files, each whether or not another can be written.
func (j *job) save() error {
	page := Page{Folder: filepath.Dir(j.input), Title: filepath.Base(j.input)}
	err := errors.Join(j.nb.WriteFile(j.notebook), page.WriteFile(j.page, j.nb))
	if j.images != "" {
		err = errors.Join(err, j.nb.writeImages(j.images, baseName(j.input)))
	}
	return err
}

// runWithSignals runs the notebook; the first interrupt signal interrupts the
// cell that runs, a second one ends the interpreter under it.
func runWithSignals(r Runner, nb *Notebook, interp kernel.Interpreter) (stopped bool, err error) {
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
	err = r.Run(ctx, nb, interp)
	return ctx.Err() != nil, err
}

// tidy rounds a duration to what a reader wants to know.
func tidy(d time.Duration) time.Duration {
	if d > time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(10 * time.Millisecond)
}
