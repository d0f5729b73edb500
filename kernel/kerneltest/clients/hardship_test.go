package clients

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// startIn runs a shell script that is to start the kernel "$0" kernel -f "$1", in
// a folder of its own, with a history in another.
func startIn(t *testing.T, script string) (client *kerneltest.Client, folder string, cmd *exec.Cmd) {
	t.Helper()
	home, err := os.MkdirTemp("", "h") // shorter than t.TempDir, for the sockets
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	c := kerneltest.Loopback()
	c.Transport, c.IP = "ipc", filepath.Join(home, "s")
	c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort = 1, 2, 3, 4, 5
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "kernel.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(home, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command("sh", "-c", script, binary, file)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "JUPYTER_DATA_DIR="+home, "PWD="+folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if client, err = kerneltest.Dial(c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client, folder, cmd
}

// survives runs cells, one of which ends the engine, and looks the history up.
func survives(t *testing.T, client *kerneltest.Client) {
	t.Helper()
	if got := execute(t, client, "fmt.Println(\"printed\")\n6 * 7"); got != "42" {
		t.Errorf("a cell: %q", got)
	}
	answer, err := client.Execute("import \"os/exec\"\nexec.Command(\"/bin/sh\", \"-c\", \"kill -9 $PPID\").Run()\nselect {}")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(answer.Failure(), "EngineDied") {
		t.Errorf("a cell that ends its engine: %q", answer.Failure())
	}
	if got := execute(t, client, "6 * 7"); got != "42" {
		t.Errorf("the cell after: %q", got)
	}
	past, err := client.Request(kerneltest.Shell, "history_request", map[string]any{"hist_access_type": "tail", "n": 1})
	if err != nil {
		t.Fatal(err)
	}
	var reply wire.HistoryReply
	if err := past.Reply.Decode(&reply); err != nil || len(reply.History) != 1 || !strings.Contains(string(past.Reply.Content), "6 * 7") {
		t.Errorf("the history: %s (%v)", past.Reply.Content, err)
	}
}

// TestFolderVanishes: the working folder is removed while the kernel runs.
func TestFolderVanishes(t *testing.T) {
	client, folder, _ := startIn(t, `exec "$0" kernel -f "$1"`)
	execute(t, client, "1")
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	survives(t, client)
}

// TestStandardStreamsAreClosed: the kernel is started without any.
func TestStandardStreamsAreClosed(t *testing.T) {
	client, _, _ := startIn(t, `exec "$0" kernel -f "$1" <&- >&- 2>&-`)
	survives(t, client)
}

// TestNobodyReadsTheStreams: who started the kernel has closed its end of them.
func TestNobodyReadsTheStreams(t *testing.T) {
	client, _, _ := startIn(t, `exec "$0" kernel -f "$1" 2>&1 | true`)
	survives(t, client)
}

// TestDiskIsFull: nothing can be written, the history neither. A limit on the
// size of files stands for the full disk.
func TestDiskIsFull(t *testing.T) {
	client, folder, _ := startIn(t, `trap "" XFSZ; ulimit -f 0; exec "$0" kernel -f "$1"`)
	survives(t, client)
	files, err := filepath.Glob(filepath.Join(filepath.Dir(folder), "crossbook", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.Size() > 0 {
			t.Errorf("%s: %v, %d bytes: the disk was not full", file, err, info.Size())
		}
	}
}

// TestKilledKernelLeavesNoEngine: the child and its spare die with a kernel that
// is killed outright.
func TestKilledKernelLeavesNoEngine(t *testing.T) {
	client, _, cmd := startIn(t, `exec "$0" kernel -f "$1"`)
	execute(t, client, "1")
	time.Sleep(500 * time.Millisecond) // the spare comes 0.3 s after a cell
	pids := childrenOf(t, cmd.Process.Pid)
	if len(pids) == 0 {
		t.Fatal("the kernel has no child")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	for _, pid := range pids {
		for deadline := time.Now().Add(10 * time.Second); alive(pid); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("process %d lives on", pid)
			}
		}
	}
}

// childrenOf are the process ids of the children of a process.
func childrenOf(t *testing.T, pid int) []int {
	t.Helper()
	out, err := exec.Command("ps", "-o", "pid=", "--ppid", strconv.Itoa(pid)).Output()
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for field := range strings.FieldsSeq(string(out)) {
		child, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		pids = append(pids, child)
	}
	return pids
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }
