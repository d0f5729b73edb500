package kernel_test

import (
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
)

// TestOrphanEnds kills the process that started a kernel.
func TestOrphanEnds(t *testing.T) {
	path, connection := connectionFile(t)
	parent := exec.Command("sh", "-c", `JPY_PARENT_PID=$$ "$0" -f "$1" & exec sleep 60`, must[string](t)(os.Executable()), path)
	parent.Env = append(os.Environ(), asKernel+"=1")
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	client := must[*kerneltest.Client](t)(kerneltest.Dial(connection))
	defer client.Close()
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	parent.Wait()
	network, address := connection.Endpoint(connection.ShellPort)
	for deadline := time.Now().Add(15 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial(network, address)
		if err != nil {
			return
		}
		c.Close()
		if time.Now().After(deadline) {
			t.Fatal("the kernel has not ended")
		}
	}
}
