package kernel

import (
	"slices"
	"testing"
)

func TestPainted(t *testing.T) {
	for name, c := range map[string]struct{ in, want []string }{
		"compile error": {
			[]string{"cell [1]:2:5: undefined: y", "x + y", "    ^"},
			[]string{"\x1b[1m\x1b[31mcell [1]:2:5: undefined: y\x1b[0m", "x + y", "\x1b[31m    ^\x1b[0m"},
		},
		"panic": {
			[]string{"panic: boom", "\tin f, cell [2]:1", "\tcell [13]:4: f()"},
			[]string{"\x1b[1m\x1b[31mpanic: boom\x1b[0m", "\tin f, \x1b[32mcell [2]:1\x1b[0m", "\t\x1b[32mcell [13]:4\x1b[0m: f()"},
		},
		"coloured": {[]string{"\x1b[31mX\x1b[0m", "cell [1]:1"}, []string{"\x1b[31mX\x1b[0m", "cell [1]:1"}},
		"nothing":  {nil, []string{}},
	} {
		if got := painted(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
