// Crossbook is a Jupyter kernel for Go with a compute-in-memory simulator
// inside; this program installs it, is it, and runs notebooks without Jupyter.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"crossbook/install"
	"crossbook/kernel"
	"crossbook/kernel/version"
	"crossbook/notebooks"
)

// command is a subcommand; one without a summary is for the program itself.
type command struct {
	name, summary string
	run           func(args []string) error
}

var commands = []command{
	{"run", "run a notebook without Jupyter, and make a page of it", func(args []string) error { return notebooks.Main(args, start) }},
	{"install", "register the kernel with Jupyter", install.Main},
	{"uninstall", "remove it again", install.Uninstall},
	{"doctor", "check that all of it works", func(args []string) error { return install.Doctor(args, checks) }},
	{"version", "print the version", printVersion},
}

// start starts the interpreter that runs cells.
func start() (kernel.Interpreter, error) { return nil, errors.New("no interpreter is linked") }

func printVersion(args []string) error {
	if err := flag.NewFlagSet("version", flag.ContinueOnError).Parse(args); err != nil {
		return err
	}
	fmt.Println("crossbook", version.Long())
	return nil
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run carries out a command line and returns the exit status: 0, 1 for a
// failure, 2 for a command that does not exist.
func run(args []string, out, problems io.Writer) int {
	if len(args) == 0 {
		help(problems)
		return 2
	}
	name := args[0]
	if name == "help" || name == "-h" || name == "-help" || name == "--help" {
		help(out)
		return 0
	}
	for _, c := range commands {
		if c.name != name {
			continue
		}
		err := c.run(args[1:])
		if err == nil || errors.Is(err, flag.ErrHelp) {
			return 0
		}
		fmt.Fprintln(problems, "crossbook:", err)
		return 1
	}
	fmt.Fprintf(problems, "crossbook: there is no command %q%s; crossbook help lists them\n", name, guess(name))
	return 2
}

func help(out io.Writer) {
	fmt.Fprint(out, "Crossbook: Go notebooks that compute in memory\n\nusage: crossbook COMMAND [flags]; crossbook COMMAND -h tells its flags\n\n")
	for _, c := range commands {
		if c.summary != "" {
			fmt.Fprintf(out, "  %-10s %s\n", c.name, c.summary)
		}
	}
}

// guess suggests the command that was meant, by the fewest letters to change.
func guess(name string) string {
	best, least := "", 3
	for _, c := range commands {
		if d := distance(name, c.name); c.summary != "" && d < least {
			best, least = c.name, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(": did you mean %q?", best)
}

// distance is how many letters must be put in, taken out or replaced
// (Levenshtein's distance) to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
