package main

import (
	"fmt"

	"crossbook/install"
	"crossbook/kernel"
	"crossbook/kernel/display"
)

// checks are the doctor's questions that need the whole program.
var checks = []install.Check{
	{Name: "engine", Run: checkEngine, Help: "run: crossbook version, and report the message with what it prints"},
}

// checkEngine starts an interpreter and lets it compute.
func checkEngine() (string, error) {
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
