package clients

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
)

// curveClient is a client over libzmq, which runs a cell.
const curveClient = `
import sys, json, hmac, hashlib, uuid, zmq
c = json.load(open(sys.argv[1])); context = zmq.Context()
def connect(kind, port):
    s = context.socket(kind); s.linger = 0; s.rcvtimeo = 20000
    s.curve_publickey, s.curve_secretkey = zmq.curve_keypair()
    s.curve_serverkey = c["curve_publickey"].encode()
    s.connect("ipc://%s-%d" % (c["ip"], c[port])); return s
iopub = connect(zmq.SUB, "iopub_port"); iopub.setsockopt(zmq.SUBSCRIBE, b"")
print("welcome" if b"iopub_welcome" in iopub.recv_multipart()[3] else "no welcome")
shell = connect(zmq.DEALER, "shell_port")
header = {"msg_id": uuid.uuid4().hex, "session": "s", "username": "u", "date": "", "msg_type": "execute_request", "version": "5.5"}
parts = [json.dumps(d).encode() for d in (header, {}, {}, {"code": "fmt.Println(6 * 7)"})]
mac = hmac.new(c["key"].encode(), digestmod=hashlib.sha256)
for part in parts: mac.update(part)
shell.send_multipart([b"<IDS|MSG>", mac.hexdigest().encode()] + parts)
print(json.loads(shell.recv_multipart()[5])["status"])
while True:
    m = iopub.recv_multipart()
    if b"stream" in m[0]: print(json.loads(m[6])["text"].strip()); break
`

// TestCurveWithLibzmq: the kernel speaks CURVE with Jupyter's own library.
func TestCurveWithLibzmq(t *testing.T) {
	const python = "/usr/bin/python3"
	home, err := os.MkdirTemp("", "c")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	keys, err := exec.Command(python, "-c", "import zmq; print(b' '.join(zmq.curve_keypair()).decode())").CombinedOutput()
	if err != nil {
		t.Fatalf("python3-zmq, which jupyter-client needs: %v\n%s", err, keys)
	}
	pair := strings.Fields(string(keys))
	c := kerneltest.Loopback()
	c.Transport, c.IP = "ipc", filepath.Join(home, "s")
	c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort = 1, 2, 3, 4, 5
	c.CurvePublicKey, c.CurveSecretKey = pair[0], pair[1]
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "kernel.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	kernel := exec.Command(binary, "kernel", "-f", file)
	kernel.Env = append(os.Environ(), "JUPYTER_DATA_DIR="+home)
	if err := kernel.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = kernel.Process.Kill()
		_ = kernel.Wait()
	})
	client := exec.CommandContext(t.Context(), python, "-c", curveClient, file)
	client.WaitDelay = time.Second
	out, err := client.CombinedOutput()
	if want := "welcome\nok\n42\n"; err != nil || string(out) != want {
		t.Errorf("%v: %s, want %q", err, out, want)
	}
}
