package engine_test

import (
	"fmt"

	"crossbook/kernel"
	"crossbook/kernel/display"
	"crossbook/kernel/engine"
)

// The child is this very program, which calls Serve when its first argument is
// "engine"; here with a language of one-line commands.
func ExampleSupervisor() {
	s, err := engine.New(engine.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	terminal := func(event display.Event) {
		if text, ok := event.(display.Stream); ok {
			fmt.Print(text.Text)
		}
	}
	for i, code := range []string{"print:hello\n", "let:x", "exit:3", "print:on we go\n"} {
		reply := s.Execute(kernel.Cell{Count: i + 1, Code: code}, terminal)
		if reply.Err != nil {
			fmt.Printf("%s: %s\n%s\n", reply.Err.Name, reply.Err.Value, reply.Err.Traceback[2])
		}
	}
	// Output:
	// hello
	// EngineDied: exit status 3
	// Lost: x. Run the cells that declare them again.
	// on we go
}
