package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"crossbook/kernel/version"
)

// Check is one question of the doctor's.
type Check struct {
	Name string                 // what is checked: "engine"
	Run  func() (string, error) // what was found; the error says what is wrong
	Help string                 // what to do about it
}

// askLimit bounds how long the doctor waits for another program.
const askLimit = 30 * time.Second

// Doctor is the subcommand doctor: it checks the installed kernel and Jupyter,
// then whatever else the program has to check, and prints a line for each. The
// error is nil when all is well.
func Doctor(args []string, more []Check) error {
	return runDoctor(args, thisSystem(), os.Stdout, more)
}

func runDoctor(args []string, sys system, out io.Writer, more []Check) error {
	p := place{system: sys}
	if err := parse("doctor", "Checks that the kernel is installed and works; give the flags of install.", &p, args); err != nil {
		return err
	}
	folder, err := p.folder()
	if err != nil {
		return err
	}
	problems := 0
	for _, check := range append(ownChecks(folder), more...) {
		found, err := check.Run()
		if err == nil {
			fmt.Fprintf(out, "ok       %-11s %s\n", check.Name, found)
			continue
		}
		problems++
		fmt.Fprintf(out, "problem  %-11s %s\n", check.Name, oneLine(err))
		fmt.Fprintf(out, "         %-11s -> %s\n", "", check.Help)
	}
	if problems > 0 {
		return fmt.Errorf("install: doctor found %d problem(s)", problems)
	}
	return nil
}

func ownChecks(folder string) []Check {
	return []Check{
		{"kernelspec", func() (string, error) { return checkSpec(folder) }, "run: crossbook install, with the same flags"},
		{"binary", func() (string, error) { return checkBinary(folder) }, "run: crossbook install again, with the same flags"},
		{"jupyter", checkJupyter, "install Jupyter, for example: apt-get install jupyter-notebook; crossbook run works without"},
	}
}

func checkSpec(folder string) (string, error) {
	s, err := readSpec(folder)
	if err != nil {
		return "", err
	}
	if !s.ours() {
		return "", fmt.Errorf("the kernel in %s is not Crossbook's", folder)
	}
	return folder, nil
}

// checkBinary runs the kernel's binary and compares its version to this one's.
func checkBinary(folder string) (string, error) {
	s, err := readSpec(folder)
	if err != nil {
		return "", err
	}
	if len(s.Argv) == 0 {
		return "", errors.New("kernel.json has no argv")
	}
	out, err := ask(s.Argv[0], "version")
	if err != nil {
		return "", err
	}
	fields := strings.Fields(out)
	if len(fields) < 2 || fields[1] != version.Number {
		return "", fmt.Errorf("%s is %q, this program is crossbook %s", s.Argv[0], firstLine(out), version.Number)
	}
	return s.Argv[0] + " is " + firstLine(out), nil
}

func checkJupyter() (string, error) {
	out, err := ask("jupyter", "--version")
	if err != nil {
		return "", err
	}
	for _, line := range strings.Split(out, "\n") {
		if name, number, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "jupyter_client" {
			return "jupyter_client " + strings.TrimSpace(number), nil
		}
	}
	return firstLine(out), nil
}

// ask runs a program and returns what it prints.
func ask(program string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	command := exec.CommandContext(ctx, program, args...)
	command.WaitDelay = time.Second
	out, err := command.Output()
	if ctx.Err() != nil {
		err = fmt.Errorf("no answer within %s", askLimit)
	}
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", program, strings.Join(args, " "), err)
	}
	return string(out), nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }
