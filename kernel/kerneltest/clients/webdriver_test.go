package clients

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// browser is a headless Chromium driven over the W3C WebDriver protocol.
type browser struct {
	session string // address of the session
}

var driverReady = regexp.MustCompile(`successfully on port \d+`)

// openBrowser starts chromedriver and a browser, both of which end with the test.
func openBrowser(t *testing.T, dir string) browser {
	t.Helper()
	requireProgram(t, "/usr/bin/chromedriver")
	requireProgram(t, "/usr/bin/chromium")
	port := freePort(t)
	startAndRead(t, exec.Command("/usr/bin/chromedriver", "--port="+port), driverReady)
	address := "http://127.0.0.1:" + port + "/session"
	options := map[string]any{
		"binary": "/usr/bin/chromium",
		"args": []string{
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--window-size=1100,1000", "--user-data-dir=" + filepath.Join(dir, "browser"),
		},
	}
	request := map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"goog:chromeOptions": options}}}
	var created struct {
		SessionID string `json:"sessionId"`
	}
	if err := json.Unmarshal(browser{address}.call(t, "POST", "", request), &created); err != nil {
		t.Fatal(err)
	}
	opened := browser{session: address + "/" + created.SessionID}
	t.Cleanup(func() { opened.call(t, "DELETE", "", nil) })
	return opened
}

func (b browser) open(t *testing.T, address string) {
	t.Helper()
	b.call(t, "POST", "/url", map[string]any{"url": address})
}

// script runs JavaScript in the page and returns its value as JSON.
func (b browser) script(t *testing.T, code string) json.RawMessage {
	t.Helper()
	return b.call(t, "POST", "/execute/sync", map[string]any{"script": code, "args": []any{}})
}

// waitFor waits until the code returns true.
func (b browser) waitFor(t *testing.T, what, code string) {
	t.Helper()
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if string(b.script(t, code)) == "true" {
			return
		}
	}
	t.Fatalf("the page never showed that %s; it shows:\n%s", what, b.script(t, "return document.body.innerText"))
}

// call sends one WebDriver command and returns the value of its answer.
func (b browser) call(t *testing.T, method, path string, body any) json.RawMessage {
	t.Helper()
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, b.session+path, content)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Timeout: time.Minute}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var reply struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&reply); err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s: %s", method, path, answer.Status, reply.Value)
	}
	return reply.Value
}
