package interp

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

var debugText func(string)

var debugSeen bool

func init() {
	if os.Getenv("DBGS") != "" {
		debugText = func(s string) {
			if !strings.HasPrefix(s, "package") && !debugSeen {
				debugSeen = true
				fmt.Println(s)
			}
		}
	}
}

func debugStack() string {
	var out []string
	lines := strings.Split(string(debug.Stack()), "\n")
	started := false
	for _, l := range lines {
		if strings.HasPrefix(l, "panic(") {
			started = true
			out = nil
			out = append(out, l)
		}
		if started && (strings.HasPrefix(l, "github.com/traefik/yaegi/interp.") || strings.HasPrefix(l, "reflect.")) {
			l = strings.TrimPrefix(l, "github.com/traefik/yaegi/interp.")
			if i := strings.Index(l, "("); i > 0 && !strings.HasPrefix(l, "reflect") {
				l = l[:i]
			}
			if l == "runCfg" {
				break
			}
			out = append(out, l)
		}
	}
	return strings.Join(out, " < ")
}
