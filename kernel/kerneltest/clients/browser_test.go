package clients

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// TestClassicNotebook opens a notebook in the classic page, in a real browser,
// runs it, sees the plot, interrupts an endless cell by the page's own command
// and sees that the state is kept.
func TestClassicNotebook(t *testing.T) {
	w := newWorkplace(t)
	if err := os.WriteFile(filepath.Join(w.dir, "small.ipynb"), []byte(smallNotebook), 0o644); err != nil {
		t.Fatal(err)
	}
	address := w.startNotebookServer(t)
	page := openBrowser(t, w.dir)
	page.open(t, address+"notebooks/small.ipynb")

	page.waitFor(t, "the kernel is idle", `return typeof Jupyter !== "undefined" && Jupyter.notebook.kernel !== null &&
		Jupyter.notebook.kernel.is_connected() && Jupyter.notebook._fully_loaded`)
	page.script(t, `Jupyter.notebook.execute_all_cells()`)
	page.waitFor(t, "the sum is printed", `return document.body.innerText.includes("the sum is 5050")`)
	page.waitFor(t, "the plot is visible", `let image = document.querySelector(".output img");
		return image !== null && image.complete && image.naturalWidth > 300`)
	page.waitFor(t, "Go is highlighted", `return document.querySelector(".cm-keyword") !== null`)

	page.script(t, `Jupyter.notebook.insert_cell_at_bottom("code").set_text("for {}");
		Jupyter.notebook.execute_cells([2])`)
	page.waitFor(t, "the cell runs", `return Jupyter.notebook.kernel_busy === true`)
	page.script(t, `Jupyter.notebook.kernel.interrupt()`)
	page.waitFor(t, "the interrupt is told", `return document.body.innerText.includes("interrupted")`)
	page.script(t, `Jupyter.notebook.insert_cell_at_bottom("code").set_text("sum + 1");
		Jupyter.notebook.execute_cells([3])`)
	page.waitFor(t, "the state is kept", `return document.body.innerText.includes("5051")`)
	if dir := os.Getenv("CROSSBOOK_SCREENSHOTS"); dir != "" {
		page.screenshot(t, filepath.Join(dir, "classic-notebook.png"))
	}
}

var serverReady = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// startNotebookServer runs the classic notebook server and returns its address.
func (w workplace) startNotebookServer(t *testing.T) string {
	t.Helper()
	requireProgram(t, "/usr/bin/jupyter-notebook")
	server := exec.Command("/usr/bin/jupyter-notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1",
		"--port="+freePort(t), "--NotebookApp.token=", "--NotebookApp.password=")
	server.Dir = w.dir
	server.Env = w.environment()
	return startAndRead(t, server, serverReady)
}

// freePort finds a port on which nothing listens.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// startAndRead starts a server that ends with the test and returns the first
// match in what it prints.
func startAndRead(t *testing.T, server *exec.Cmd, wanted *regexp.Regexp) string {
	t.Helper()
	output, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server.Stdout, server.Stderr = writer, writer
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	t.Cleanup(func() {
		server.Process.Signal(syscall.SIGTERM) // the notebook server ends its kernels then
		server.Wait()
		output.Close()
	})
	found := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(output); lines.Scan(); {
			if match := wanted.FindString(lines.Text()); match != "" {
				select {
				case found <- match:
				default:
				}
			}
		}
	}()
	select {
	case match := <-found:
		return match
	case <-time.After(time.Minute):
		t.Fatalf("%s did not tell %v within a minute", server.Path, wanted)
		return ""
	}
}

// screenshot saves what the browser shows.
func (b browser) screenshot(t *testing.T, path string) {
	t.Helper()
	var encoded string
	if err := json.Unmarshal(b.call(t, "GET", "/screenshot", nil), &encoded); err != nil {
		t.Fatal(err)
	}
	picture, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
