package clients

import (
	"strings"
	"testing"
	"time"

	"crossbook/kernel/kerneltest"
	"crossbook/kernel/wire"
)

// TestComms: cells and a front end talk by comms; a function that a cell has
// registered sees and changes the cell's variables, prints, fails and can be
// interrupted; in a subshell it does not wait for a running cell.
func TestComms(t *testing.T) {
	interpreter, err := startEngine()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { interpreter.Close() })
	_, client := kerneltest.Start(t, interpreter)
	execute(t, client, `
sum := 0.0
nb.OnComm("sum", func(c *nb.Comm, m nb.CommMessage) {
	c.OnMessage(func(m nb.CommMessage) {
		switch m.Data["do"] {
		case "add":
			sum += m.Data["by"].(float64)
			fmt.Println("sum is", sum)
			if err := c.Send(map[string]any{"sum": sum}); err != nil {
				panic(err)
			}
		case "fail":
			panic("told to")
		case "loop":
			fmt.Println("looping")
			for {
				sum += 0
			}
		}
	})
})`)
	send := func(msgType string, content map[string]any) string {
		id, err := client.Send(kerneltest.Shell, msgType, content)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	tell := func(data map[string]any) []wire.Message {
		published, err := client.Published(send("comm_msg", map[string]any{"comm_id": "1", "data": data}))
		if err != nil {
			t.Fatal(err)
		}
		return published
	}
	if _, err := client.Published(send("comm_open", map[string]any{"comm_id": "1", "target_name": "sum", "data": map[string]any{}})); err != nil {
		t.Fatal(err)
	}
	answer := kerneltest.Answer{Published: tell(map[string]any{"do": "add", "by": 1.5})}
	if got := strings.Join(answer.Types(), " "); got != "status stream comm_msg status" || answer.Text("stdout") != "sum is 1.5\n" {
		t.Errorf("a message: %s, printed %q", got, answer.Text("stdout"))
	}
	if got := execute(t, client, "sum"); got != "1.5" {
		t.Errorf("the cells' variable is %s", got)
	}
	answer.Published = tell(map[string]any{"do": "fail"})
	if got := answer.Text("stderr"); !strings.Contains(got, "told to") {
		t.Errorf("a function that fails: %q", got)
	}

	kerneltest.Within(t, interruptLimit, func() time.Duration {
		id := send("comm_msg", map[string]any{"comm_id": "1", "data": map[string]any{"do": "loop"}})
		if _, err := client.Await(id, "stream"); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if _, err := client.Request(kerneltest.Control, "interrupt_request", map[string]any{}); err != nil {
			t.Fatal(err)
		}
		if _, err := client.Published(id); err != nil {
			t.Fatal(err)
		}
		return time.Since(begun)
	})
	besideACell(t, client)
}

// besideACell lets a message in a subshell meet a running cell.
func besideACell(t *testing.T, client *kerneltest.Client) {
	t.Helper()
	made, err := client.Request(kerneltest.Control, "create_subshell_request", map[string]any{})
	if err != nil {
		t.Fatal(err)
	}
	var subshell wire.SubshellReply
	if err := made.Reply.Decode(&subshell); err != nil {
		t.Fatal(err)
	}
	cell, err := client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": "for sum < 10 { time.Sleep(time.Millisecond) }\nfmt.Println(\"enough\")"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Await(cell, "execute_input"); err != nil {
		t.Fatal(err)
	}
	client.Subshell = subshell.ID
	id, err := client.Send(kerneltest.Shell, "comm_msg", map[string]any{"comm_id": "1", "data": map[string]any{"do": "add", "by": 100}})
	if err != nil {
		t.Fatal(err)
	}
	client.Subshell = ""
	message := kerneltest.Answer{}
	if message.Published, err = client.Published(id); err != nil {
		t.Fatal(err)
	}
	if got := message.Text("stdout"); got != "sum is 101.5\n" {
		t.Errorf("the message printed %q, %q", got, message.Types())
	}
	reply, err := client.Reply(kerneltest.Shell, cell)
	if err != nil {
		t.Fatal(err)
	}
	ran := kerneltest.Answer{Reply: reply}
	if ran.Published, err = client.Published(cell); err != nil || ran.Text("stdout") != "enough\n" {
		t.Errorf("the cell printed %q (%v)", ran.Text("stdout"), err)
	}
}
