package install

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"crossbook/kernel/version"
)

// asProgram makes the test binary answer as the installed program does.
const asProgram = "CROSSBOOK_TEST_VERSION"

func TestMain(m *testing.M) {
	if answer := os.Getenv(asProgram); answer != "" {
		fmt.Println("crossbook", answer)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// in installs for a prefix of its own and returns the kernelspec's folder.
func in(t *testing.T, args ...string) string {
	t.Helper()
	prefix := t.TempDir()
	args = append([]string{"-prefix", prefix}, args...)
	var out bytes.Buffer
	if err := runInstall(args, thisSystem(), &out); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(prefix, "share", "jupyter", "kernels", "crossbook")
	if want := "in " + folder + "\n"; !strings.HasSuffix(out.String(), want) && len(args) == 2 {
		t.Errorf("printed %q, want %q at its end", &out, want)
	}
	return folder
}

// prefixOf is the -prefix that leads to a kernelspec's folder.
func prefixOf(folder string) string {
	return filepath.Clean(filepath.Join(folder, "..", "..", "..", ".."))
}

func TestInstall(t *testing.T) {
	folder := in(t)
	data, err := os.ReadFile(filepath.Join(folder, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Argv          []string `json:"argv"`
		DisplayName   string   `json:"display_name"`
		Language      string   `json:"language"`
		InterruptMode string   `json:"interrupt_mode"`
		Version       string   `json:"kernel_protocol_version"`
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(folder, binaryName())
	if want := []string{binary, "kernel", "-f", "{connection_file}"}; strings.Join(got.Argv, "|") != strings.Join(want, "|") || !filepath.IsAbs(got.Argv[0]) {
		t.Errorf("argv is %q, want %q", got.Argv, want)
	}
	if got.DisplayName != "Go (Crossbook)" || got.Language != "go" || got.InterruptMode != "message" || got.Version != "5.5" {
		t.Errorf("kernel.json is %s", data)
	}
	for _, name := range []string{"logo-32x32.png", "logo-64x64.png", "logo-svg.svg", "quarto_setup_cell"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	self, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if copied, err := os.ReadFile(binary); err != nil || !bytes.Equal(copied, self) {
		t.Errorf("the binary is not a copy of this one: %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(folder, ".*"))
	if len(left) > 0 {
		t.Errorf("temporary files stay: %v", left)
	}
}

// Installing again replaces a binary while it runs.
func TestInstallOverARunningBinary(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("sleep is not a binary of its own everywhere")
	}
	folder := in(t)
	binary := filepath.Join(folder, binaryName())
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(sleep)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(binary, data, 0o755); err != nil {
		t.Fatal(err)
	}
	old := exec.Command(binary, "60")
	if err := old.Start(); err != nil {
		t.Fatal(err)
	}
	if err := runInstall([]string{"-prefix", prefixOf(folder)}, thisSystem(), &bytes.Buffer{}); err != nil {
		t.Error(err)
	}
	if err := old.Process.Kill(); err != nil {
		t.Errorf("the old binary does not run any more: %v", err)
	}
	_ = old.Wait()
	if now, err := os.ReadFile(binary); err != nil || bytes.Equal(now, data) {
		t.Errorf("the binary was not replaced: %v", err)
	}
}

func TestUninstall(t *testing.T) {
	folder := in(t)
	args := []string{"-prefix", prefixOf(folder)}
	mine := filepath.Join(folder, "kernel.js")
	if err := os.WriteFile(mine, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := runUninstall(args, thisSystem(), &out); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 || entries[0].Name() != "kernel.js" {
		t.Errorf("left are %v, %v; want kernel.js", entries, err)
	}
	if !strings.Contains(out.String(), "1 other files in that folder stay") {
		t.Errorf("printed %q", &out)
	}
	if err := runUninstall(args, thisSystem(), &out); err == nil || !strings.Contains(err.Error(), `there is no kernel "crossbook" in `+folder) {
		t.Errorf("a second time: %v", err)
	}
	if err := os.Remove(mine); err != nil {
		t.Fatal(err)
	}
	folder = in(t)
	if err := runUninstall([]string{"-prefix", prefixOf(folder)}, thisSystem(), &out); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the folder stays: %v", err)
	}
}

// A kernel that somebody else installed under the name stays as it is.
func TestOtherKernelStays(t *testing.T) {
	prefix := t.TempDir()
	folder := filepath.Join(prefix, "share", "jupyter", "kernels", "python3")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	const theirs = `{"argv":["python3"],"display_name":"Python 3","language":"python"}`
	if err := os.WriteFile(filepath.Join(folder, "kernel.json"), []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"-prefix", prefix, "-name", "python3"}
	for name, command := range map[string]func() error{
		"install":   func() error { return runInstall(args, thisSystem(), &bytes.Buffer{}) },
		"uninstall": func() error { return runUninstall(args, thisSystem(), &bytes.Buffer{}) },
	} {
		if err := command(); err == nil || !strings.Contains(err.Error(), "is not Crossbook's") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if data, err := os.ReadFile(filepath.Join(folder, "kernel.json")); err != nil || string(data) != theirs {
		t.Errorf("kernel.json is %s, %v", data, err)
	}
}

func TestInstallRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-name", "a b"}, `-name is "a b", must be of the letters A-Z a-z, digits and . _ -`},
		{[]string{"-name", ".."}, `-name is ".."`},
		{[]string{"-name", ""}, `-name is ""`},
		{[]string{"-user", "-sys-prefix"}, "only one of -user, -sys-prefix and -prefix"},
		{[]string{"extra"}, `takes no argument "extra"`},
		{[]string{"-prefix", "/dev/null"}, "not a directory"},
	} {
		if err := runInstall(c.args, thisSystem(), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("install %q: %v, want %q", c.args, err, c.want)
		}
	}
}

func TestDoctor(t *testing.T) {
	folder := in(t)
	args := []string{"-prefix", prefixOf(folder)}
	engine := Check{"engine", func() (string, error) { return "starts", nil }, "help"}
	t.Setenv(asProgram, version.Number)
	t.Setenv("PATH", fakeJupyter(t))
	var out bytes.Buffer
	if err := runDoctor(args, thisSystem(), &out, []Check{engine}); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, want := range []string{"ok       kernelspec  " + folder, "is crossbook " + version.Number, "ok       jupyter     jupyter_client 7.4.9", "ok       engine      starts"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
	}
}

func TestDoctorFindsProblems(t *testing.T) {
	folder := in(t)
	args := []string{"-prefix", prefixOf(folder)}
	t.Setenv(asProgram, "0.0.1 (commit 123)")
	t.Setenv("PATH", t.TempDir())
	engine := Check{"engine", func() (string, error) { return "", fmt.Errorf("does not\nstart") }, "ask a friend"}
	var out bytes.Buffer
	err := runDoctor(args, thisSystem(), &out, []Check{engine})
	if err == nil || err.Error() != "install: doctor found 3 problem(s)" {
		t.Errorf("error is %v\n%s", err, &out)
	}
	for _, want := range []string{
		`is "crossbook 0.0.1 (commit 123)", this program is crossbook ` + version.Number, "crossbook install again",
		"problem  jupyter", "apt-get install", "problem  engine      does not; start", "-> ask a friend",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
	}
	out.Reset()
	err = runDoctor([]string{"-prefix", t.TempDir()}, thisSystem(), &out, nil)
	if err == nil || !strings.Contains(out.String(), "problem  kernelspec") || !strings.Contains(out.String(), "kernel.json: no such file") {
		t.Errorf("with nothing installed: %v\n%s", err, &out)
	}
}

// fakeJupyter is a folder with a jupyter that prints a version as the real one
// does.
func fakeJupyter(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script")
	}
	folder := t.TempDir()
	const text = "#!/bin/sh\necho 'Selected Jupyter core packages...'\necho 'jupyter_client   : 7.4.9'\n"
	if err := os.WriteFile(filepath.Join(folder, "jupyter"), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}
