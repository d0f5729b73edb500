// Crossbook is a Jupyter kernel for Go with a compute-in-memory simulator
// inside; this program installs it, is it, and runs notebooks without Jupyter.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"crossbook/install"
	"crossbook/interp"
	"crossbook/interp/symbols"
	"crossbook/kernel"
	"crossbook/kernel/engine"
	"crossbook/kernel/version"
	"crossbook/neurosim/sweep/store"
	"crossbook/notebooks"
)

// command is a subcommand; one without a summary is for the program itself.
type command struct {
	name, summary string
	run           func(args []string) error
}

var commands = []command{
	{"run", "run notebooks without Jupyter, and make pages of them", func(args []string) error { return notebooks.Main(args, startIn) }},
	{"check", "run notebooks again, and tell what differs from what they hold", func(args []string) error { return notebooks.CheckMain(args, startIn) }},
	{"install", "register the kernel with Jupyter", install.Main},
	{"uninstall", "remove it again", install.Uninstall},
	{"kernel", "serve a Jupyter client; Jupyter itself calls this", func(args []string) error { return kernel.Main(args, install.HistoryFile(), start) }},
	{"store", "look into the results that sweeps have kept", store.Main},
	{"doctor", "check that the kernel is installed and works", func(args []string) error { return install.Doctor(args, []install.Check{install.EngineCheck(start)}) }},
	{"version", "print the version", printVersion},
	{"engine", "", func([]string) error { return engine.Serve(newSession) }},
}

// start starts the interpreter that runs cells: a child process of this program,
// which is its subcommand engine.
func start() (kernel.Interpreter, error) { return startIn("") }

// startIn is start with a working folder for the cells; "" is that of this
// program.
func startIn(folder string) (kernel.Interpreter, error) {
	return engine.New(engine.Options{Dir: folder, Info: kernel.Info{
		Name:           "go",
		Version:        strings.TrimPrefix(runtime.Version(), "go"),
		MIMEType:       "text/x-go",
		FileExtension:  ".go",
		PygmentsLexer:  "go",
		CodeMirrorMode: "go",
		Implementation: "crossbook",
		ImplVersion:    version.Number,
		Banner:         "Crossbook " + version.Long() + ": Go notebooks that compute in memory",
	}})
}

// newSession begins the session of cells that the engine runs.
func newSession(stdout, stderr io.Writer) (engine.Session, error) {
	library := symbols.Library()
	return interp.New(interp.Options{
		Library: library,
		Prelude: library.Prelude(),
		Display: []string{"crossbook/kernel/display.Displayer"},
		Print:   stdout, PrintErr: stderr,
	})
}

func printVersion([]string) error {
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
	fmt.Fprintf(problems, "crossbook: there is no command %q\n", name)
	help(problems)
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
