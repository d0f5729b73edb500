package clients

import (
	"strings"
	"testing"
	"time"
)

func TestConsole(t *testing.T) {
	w := newWorkplace(t)
	out := w.runWith(t, command{
		limit: time.Minute,
		name:  "/usr/bin/jupyter",
		args:  []string{"console", "--kernel", "crossbook", "--simple-prompt"},
		stdin: "x := 6\nx * 7\nfmt.Println(\"printed\", x)\nundefinedName\nexit\n",
	})
	for _, want := range []string{"42", "printed 6", "undefined: undefinedName"} {
		if !strings.Contains(out, want) {
			t.Errorf("console does not show %q:\n%s", want, out)
		}
	}
}
