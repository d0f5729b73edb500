package install

import (
	"fmt"

	"crossbook/kernel"
	"crossbook/kernel/display"
)

// EngineCheck asks whether the interpreter that start begins can compute.
func EngineCheck(start func() (kernel.Interpreter, error)) Check {
	return Check{
		Name: "engine",
		Run:  func() (string, error) { return checkEngine(start) },
		Help: "run: crossbook version, and report the message with what it prints",
	}
}

func checkEngine(start func() (kernel.Interpreter, error)) (string, error) {
	interpreter, err := start()
	if err != nil {
		return "", err
	}
	defer interpreter.Close()
	found := ""
	reply := interpreter.Execute(kernel.Cell{Count: 1, Code: "6 * 7"}, func(event display.Event) {
		if result, ok := event.(display.Result); ok {
			found = fmt.Sprint(result.Bundle.Data["text/plain"])
		}
	})
	switch {
	case reply.Err != nil:
		return "", fmt.Errorf("%s: %s", reply.Err.Name, reply.Err.Value)
	case found != "42":
		return "", fmt.Errorf("6 * 7 is %q", found)
	}
	return "starts and computes", nil
}
