package clients

import (
	"strings"
	"testing"

	"crossbook/kernel/kerneltest"
)

// TestLateOutput: what a goroutine prints goes to the cell that started it, also
// while another cell runs.
func TestLateOutput(t *testing.T) {
	interpreter, err := startEngine()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { interpreter.Close() })
	_, client := kerneltest.Start(t, interpreter)
	first, err := client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": `
import "log"
go1, done := make(chan int), make(chan int)
go func() {
	<-go1
	fmt.Println("by Println")
	fmt.Fprintln(os.Stdout, "by Fprintln")
	println("by println")
	log.Print("by log")
	nb.Show("by Show")
	done <- 1
}()`})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Answer(kerneltest.Shell, first); err != nil {
		t.Fatal(err)
	}
	answer, err := client.Execute("fmt.Println(\"mine\")\ngo1 <- 1\n<-done\nfmt.Println(\"mine too\")")
	if err != nil {
		t.Fatal(err)
	}
	if got := answer.Text("stdout") + answer.Text("stderr"); got != "mine\nmine too\n" || len(answer.Bundles("display_data")) != 0 {
		t.Errorf("the second cell printed %q, showed %v", got, answer.Bundles("display_data"))
	}
	var got strings.Builder
	for !strings.Contains(got.String(), "by log") || strings.Count(got.String(), "by") < 4 {
		m, err := client.Await(first, "stream")
		if err != nil {
			t.Fatalf("%v after %q", err, got.String())
		}
		got.Write(m.Content)
	}
	if _, err := client.Await(first, "display_data"); err != nil {
		t.Error(err)
	}
}
