package notebooks

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const usage = `usage: crossbook run [flags] notebook.ipynb...

Runs each notebook from top to bottom in its own folder and writes it with its
outputs, and as a page that needs nothing else, beside it. A cell that fails
ends its notebook's run, and the exit is non-zero; what had run is written all
the same.

Parameters set the variables that the notebook's cell with the tag "parameters"
declares: -p epochs=20 -p 'seeds=[1, 2, 3]'. A YAML file (-f) has one "name:
value" a line; -p goes before it.

`

// options are the flags of the run subcommand.
type options struct {
	inputs                        []string
	notebook, page, images        string
	inPlace, force, quiet, cached bool
	values                        Parameters
	runner                        Runner
}

// parseOptions reads the flags, which may stand before and after the notebooks.
func parseOptions(args []string, out io.Writer) (*options, error) {
	o := &options{values: Parameters{}}
	named := Parameters{}
	fs := newFlags("run", usage, out)
	fs.StringVar(&o.notebook, "o", "", "write the executed notebook to `FILE`, or into a folder that exists (default NAME.executed.ipynb)")
	fs.StringVar(&o.page, "html", "", "write the page to `FILE`, or into a folder that exists (default NAME.executed.html)")
	fs.StringVar(&o.images, "images", "", "write every figure into the folder `DIR` too, named after notebook and cell")
	fs.BoolVar(&o.inPlace, "inplace", false, "write the executed notebook over the notebook")
	fs.Func("p", "set a parameter to a value: `NAME=VALUE`; can be repeated", named.set)
	fs.Func("f", "set the parameters in a YAML `FILE`; can be repeated", func(path string) error {
		read, err := ReadParameters(path)
		maps.Copy(o.values, read)
		return err
	})
	fs.BoolVar(&o.cached, "cache", false, "take the outputs of an earlier run of the same code with the same parameters by the same program;\nwhat cells read from elsewhere, such as files, is not looked at")
	fs.BoolVar(&o.runner.AllowErrors, "allow-errors", false, "go on after a cell that fails")
	fs.DurationVar(&o.runner.Timeout, "timeout", 0, "interrupt a cell after `TIME`, such as 90s (default no limit)")
	fs.BoolVar(&o.runner.Timings, "timings", false, "note in the notebook when and where each cell ran (it then differs from run to run)")
	fs.BoolVar(&o.quiet, "quiet", false, "show no progress and no summary")
	fs.BoolVar(&o.force, "force", false, "run a notebook that was written for another kernel as Go")
	var err error
	if o.inputs, err = parseMixed(fs, args); err != nil {
		return nil, err
	}
	maps.Copy(o.values, named)
	return o, o.check()
}

// newFlags makes the flags of a subcommand.
func newFlags(name, usage string, out io.Writer) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(out)
	fs.Usage = func() {
		fmt.Fprint(out, usage)
		fs.PrintDefaults()
	}
	return fs
}

// parseMixed reads flags before, between and after the names of notebooks.
func parseMixed(fs *flag.FlagSet, args []string) (inputs []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		if fs.NArg() == 0 {
			break
		}
		inputs, args = append(inputs, fs.Arg(0)), fs.Args()[1:]
	}
	if len(inputs) == 0 {
		return nil, fmt.Errorf("notebooks: %s: which notebook? See crossbook %s -h", fs.Name(), fs.Name())
	}
	return inputs, nil
}

// check holds the flags against each other.
func (o *options) check() error {
	switch {
	case o.runner.Timeout < 0:
		return fmt.Errorf("notebooks: run: -timeout is %s, must not be negative", o.runner.Timeout)
	case o.inPlace && o.notebook != "":
		return errors.New("notebooks: run: -inplace and -o both say where the notebook goes")
	case len(o.inputs) > 1 && o.notebook != "" && !isFolder(o.notebook):
		return fmt.Errorf("notebooks: run: -o is %s; for several notebooks it must be a folder that exists", o.notebook)
	case len(o.inputs) > 1 && o.page != "" && !isFolder(o.page):
		return fmt.Errorf("notebooks: run: -html is %s; for several notebooks it must be a folder that exists", o.page)
	case o.images != "" && !isFolder(o.images):
		return fmt.Errorf("notebooks: run: -images is %s, must be a folder that exists", o.images)
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// jobs says for each notebook what is written where.
func (o *options) jobs() ([]*job, error) {
	written := map[string]string{} // file -> who writes it
	var jobs []*job
	for i, input := range o.inputs {
		if slices.Contains(o.inputs[:i], input) {
			return nil, fmt.Errorf("notebooks: run: %s is named twice", input)
		}
		j := &job{options: o, input: input}
		j.notebook = place(input, o.notebook, ".executed.ipynb")
		if o.inPlace {
			j.notebook = input
		}
		j.page = place(input, o.page, ".executed.html")
		jobs = append(jobs, j)
		for _, file := range []string{j.notebook, j.page} {
			clean := filepath.Clean(file)
			if first, taken := written[clean]; taken && first == input {
				return nil, fmt.Errorf("notebooks: run: -o and -html both name %s", file)
			} else if taken {
				return nil, fmt.Errorf("notebooks: run: both %s and %s would be written to %s", first, input, file)
			}
			written[clean] = input
		}
		if filepath.Clean(input) == filepath.Clean(j.page) {
			return nil, fmt.Errorf("notebooks: run: -html names the notebook itself, %s", j.page)
		}
	}
	return jobs, nil
}

// place is where a result of a notebook goes: beside it, into a folder or to a
// file of its own.
func place(input, wish, suffix string) string {
	name := strings.TrimSuffix(input, filepath.Ext(input)) + suffix
	switch {
	case wish == "":
		return name
	case isFolder(wish):
		return filepath.Join(wish, filepath.Base(name))
	}
	return wish
}
