package notebooks

import (
	"errors"
	"fmt"
	"os"
	"time"
)

const checkUsage = `usage: crossbook check [flags] notebook.ipynb...

Runs each notebook again and compares its outputs with those that it holds:
numbers within a tolerance, figures by the data that they draw or by their
pixels, texts with blanks made one. Nothing is written. The exit is zero only
when every cell shows what it showed.

Tags on a cell change the rule: check-skip compares nothing, check-numbers only
the numbers, check-exact texts to the letter, check-tolerance=0.05 allows that
relative difference of numbers.

`

// checker is a command line of the subcommand check.
type checker struct {
	inputs       []string
	within       Tolerance
	force, quiet bool
	runner       Runner
}

// CheckMain is the subcommand check: it runs every notebook that args name
// again, and its error says how many show something else than what they hold.
func CheckMain(args []string, start Start) error {
	c := &checker{}
	fs := newFlags("check", checkUsage, os.Stderr)
	fs.Float64Var(&c.within.Number, "tolerance", 0, "allow numbers this relative difference (default 1e-6)")
	fs.Float64Var(&c.within.Pixels, "pixels", 0, "allow this `SHARE` of a figure's pixels to differ (default 0.001)")
	fs.DurationVar(&c.runner.Timeout, "timeout", 0, "interrupt a cell after `TIME`, such as 90s (default no limit)")
	fs.BoolVar(&c.quiet, "quiet", false, "show no progress, only differences")
	fs.BoolVar(&c.force, "force", false, "run a notebook that was written for another kernel as Go")
	var err error
	if c.inputs, err = parseMixed(fs, args); err != nil {
		return err
	}
	if err := c.within.Validate(); err != nil {
		return err
	}
	if c.runner.Timeout < 0 {
		return fmt.Errorf("notebooks: check: -timeout is %s, must not be negative", c.runner.Timeout)
	}
	return c.all(start)
}

// all checks one notebook after the other.
func (c *checker) all(start Start) error {
	differing := 0
	var problems []error
	for _, input := range c.inputs {
		found, stopped, err := c.one(input, start)
		if err != nil {
			problems = append(problems, err)
		} else if found > 0 {
			differing++
		}
		if stopped {
			break
		}
	}
	if differing > 0 {
		problems = append(problems, fmt.Errorf("notebooks: check: %d of %d notebooks show something else than what they hold", differing, len(c.inputs)))
	}
	return errors.Join(problems...)
}

// one checks a notebook and tells of its differences.
func (c *checker) one(input string, start Start) (found int, stopped bool, err error) {
	stored, err := readGo(input, c.force)
	if err != nil {
		return 0, false, err
	}
	ran := 0
	for _, cell := range stored.code() {
		if cell.Count > 0 {
			ran++
		}
	}
	if ran == 0 {
		return 0, false, fmt.Errorf("notebooks: check: %s holds no outputs to compare with; run it first: crossbook run -inplace %s", input, input)
	}
	begin := time.Now()
	again, stopped, err := c.rerun(stored, input, start)
	if err != nil {
		return 0, stopped, err
	}
	differences, err := Compare(stored, again, c.within)
	if err != nil {
		return 0, false, fmt.Errorf("%s: %w", input, err)
	}
	c.tell(input, ran, differences, time.Since(begin))
	return len(differences), false, nil
}

// rerun runs a copy of the notebook.
func (c *checker) rerun(stored *Notebook, input string, start Start) (again *Notebook, stopped bool, err error) {
	data, err := stored.Bytes()
	if err != nil {
		return nil, false, err
	}
	if again, err = Parse(data); err != nil {
		return nil, false, fmt.Errorf("notebooks: %s: %w", input, err)
	}
	o := &options{runner: c.runner, quiet: c.quiet}
	j := &job{options: o, input: input, nb: again}
	stopped, failed, err := j.execute(start, newTerminal(os.Stderr, len(again.Cells), c.quiet))
	if failed != nil {
		failed = fmt.Errorf("notebooks: %s: %w", input, failed)
	}
	return again, stopped, errors.Join(failed, err)
}

// tell writes the verdict on a notebook.
func (c *checker) tell(input string, cells int, differences []Difference, took time.Duration) {
	if len(differences) == 0 {
		if !c.quiet {
			fmt.Fprintf(os.Stderr, "same  %s: %d cells, %s\n", input, cells, tidy(took))
		}
		return
	}
	count := fmt.Sprintf("%d differences", len(differences))
	if len(differences) == 1 {
		count = "1 difference"
	}
	fmt.Fprintf(os.Stderr, "other %s: %s\n", input, count)
	for _, d := range differences {
		fmt.Fprintf(os.Stderr, "  %s\n", d)
	}
}
