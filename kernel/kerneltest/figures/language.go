package main

import "os/exec"

// language is a kernel and the code that is run on it.
type language struct {
	name   string
	argv   []string // without "-f FILE"
	define string   // defines a function and calls it
	lines  string   // prints the numbers below 100,000, a line each
	bulk   string   // prints 50 MiB
	setup  string   // makes prefix known
	prefix string   // to be completed
	named  string   // to be inspected
}

func crossbook(binary string) language {
	return language{
		name:   "crossbook",
		argv:   []string{binary, "kernel"},
		define: "func double(x int) int { return 2 * x }\ndouble(21)",
		lines:  "for i := range 100000 {\n\tfmt.Println(i)\n}",
		bulk:   "piece := strings.Repeat(\"x\", 1<<20)\nfor range 50 {\n\tfmt.Print(piece)\n}",
		prefix: "strings.Rep",
		named:  "strings.Repeat",
	}
}

// others are the kernels that are compared with and installed here.
func others() []language {
	var found []language
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import ipykernel").Run() == nil {
		found = append(found, language{
			name:   "ipykernel",
			argv:   []string{python, "-m", "ipykernel_launcher"},
			define: "def double(x): return 2 * x\ndouble(21)",
			lines:  "for i in range(100000): print(i)",
			bulk:   "import sys\nfor i in range(50): n = sys.stdout.write('x' * (1 << 20))",
			setup:  "import textwrap",
			prefix: "textwrap.sho",
			named:  "textwrap.shorten",
		})
	}
	return found
}
