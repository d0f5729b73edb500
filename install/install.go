package install

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

//go:embed logos quarto
var embedded embed.FS

// extras are the files beside kernel.json and the binary: the logos, and the cell
// that Quarto runs before those of a document, see
// https://quarto.org/docs/advanced/jupyter/kernel-execution.html. There is none to
// run after them, for Quarto need not keep a kernel that starts in an instant.
var extras = []string{"logos", "quarto"}

// Main is the subcommand install: it writes the kernelspec and prints its
// folder. The kernelspec runs a copy of this binary, because the one that runs
// now may lie in a build cache or move. An installed kernel of the same name is
// replaced if install wrote it, and left alone otherwise.
func Main(args []string) error { return runInstall(args, thisSystem(), os.Stdout) }

// Uninstall is the subcommand uninstall: it removes what install wrote, and
// nothing else; files that somebody added stay.
func Uninstall(args []string) error { return runUninstall(args, thisSystem(), os.Stdout) }

func runInstall(args []string, sys system, out io.Writer) error {
	p := place{system: sys}
	if err := parse("install", "Registers the kernel \"Go (Crossbook)\" with Jupyter.", &p, args); err != nil {
		return err
	}
	folder, err := p.folder()
	if err != nil {
		return err
	}
	if old, err := readSpec(folder); err == nil && !old.ours() {
		return fmt.Errorf("install: the kernel %q in %s is not Crossbook's; choose another -name", p.name, folder)
	}
	if err := write(folder); err != nil {
		return fmt.Errorf("install: %w", err)
	}
	fmt.Fprintf(out, "installed the kernel %q in %s\n", p.name, folder)
	return nil
}

// write fills the kernelspec's folder. The kernel.json comes last: where it
// stands, everything that it names is there.
func write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	binary := filepath.Join(folder, binaryName())
	if err := copySelf(binary); err != nil {
		return err
	}
	files, err := extraFiles()
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := replace(filepath.Join(folder, name), 0o644, data); err != nil {
			return err
		}
	}
	return replace(filepath.Join(folder, "kernel.json"), 0o644, newSpec(binary).bytes())
}

// extraFiles returns the content of the extras by name.
func extraFiles() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, dir := range extras {
		entries, err := embedded.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if files[e.Name()], err = embedded.ReadFile(dir + "/" + e.Name()); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// copySelf copies the running binary.
func copySelf(to string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(self)
	if err != nil {
		return err
	}
	return replace(to, 0o755, data)
}

// replace writes a file beside its place and renames it, so that a kernel that
// runs from the old file goes on, and one that starts finds the old or the new
// one whole. Windows lets nobody replace a running binary, but move it aside.
func replace(path string, mode fs.FileMode, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(data)
	if err := errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	_ = os.Remove(path + ".old")
	if err = os.Rename(temp.Name(), path); err == nil {
		return nil
	}
	if os.Rename(path, path+".old") != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

func runUninstall(args []string, sys system, out io.Writer) error {
	p := place{system: sys}
	if err := parse("uninstall", "Removes the kernel that install registered; give the same flags.", &p, args); err != nil {
		return err
	}
	folder, err := p.folder()
	if err != nil {
		return err
	}
	old, err := readSpec(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("install: there is no kernel %q in %s", p.name, folder)
	}
	if err == nil && !old.ours() {
		return fmt.Errorf("install: the kernel %q in %s is not Crossbook's; it stays", p.name, folder)
	}
	if err != nil {
		return err
	}
	left, err := remove(folder)
	if err != nil {
		return fmt.Errorf("install: %w", err)
	}
	fmt.Fprintf(out, "removed the kernel %q from %s\n", p.name, folder)
	if left > 0 {
		fmt.Fprintf(out, "%d other files in that folder stay\n", left)
	}
	return nil
}

// remove deletes what write wrote, and the folder if nothing else is in it.
func remove(folder string) (left int, err error) {
	files, err := extraFiles()
	names := slices.AppendSeq([]string{"kernel.json", binaryName(), binaryName() + ".old"}, maps.Keys(files))
	for _, name := range names {
		if failed := os.Remove(filepath.Join(folder, name)); failed != nil && !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		return 0, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) > 0 {
		return len(entries), err
	}
	return 0, os.Remove(folder)
}

// parse reads the flags of a subcommand that takes no arguments.
func parse(command, about string, p *place, args []string) error {
	set := flag.NewFlagSet(command, flag.ContinueOnError)
	set.Usage = func() {
		fmt.Fprintf(set.Output(), "usage: crossbook %s [flags]\n\n%s\n\n", command, about)
		set.PrintDefaults()
	}
	p.flags(set)
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() > 0 {
		return fmt.Errorf("install: %s takes no argument %q", command, set.Arg(0))
	}
	return nil
}
