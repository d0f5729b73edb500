package run

import (
	"fmt"
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"strings"

	"crossbook/interp/value"
)

// An index out of range is a panic of package reflect, which does not tell it. It is
// found where the panic passes yaegi first: there the stack still has the frame of the
// interpreted function, and the operands in it. What does not fit, say because several
// indices of the statement are out of range, leaves the error without numbers; an
// access in range costs nothing.

// bounds are the words of the latest panics about them, by the number of the goroutine.
type bounds map[string]string

// accessFrames are the compiled function that panicked, the one of yaegi that called
// it, and yaegi's loop with the first node of the interpreted function and its frame.
var accessFrames = regexp.MustCompile(`^reflect\.Value\.(?:Index|Slice3?)\(.*\n.*\n` +
	`github\.com/traefik/yaegi/interp\.(getIndexArray|slice0?)\.func\d+\(.*\n.*\n` +
	`github\.com/traefik/yaegi/interp\.runCfg\(0x([0-9a-f]+), 0x([0-9a-f]+), `)

// passes notes a panic that passes an interpreted function, or one that it defers.
func (b bounds) passes(o operands, mark int) {
	switch origin() {
	case unknown, propagated:
	case access:
		b[goroutineNumber()] = outOfRange(o, mark)
	default:
		delete(b, goroutineNumber())
	}
}

// Where the panic under way comes from.
const (
	unknown = iota // there is none
	elsewhere
	access     // an index or a slice
	propagated // an interpreted function that the first one called
)

func origin() int {
	const enough = 128
	pcs := make([]uintptr, enough)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for panicking, more := false, true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		switch {
		case !panicking:
			panicking = f.Function == "runtime.gopanic"
		case strings.HasPrefix(f.Function, "reflect.Value.Index"), strings.HasPrefix(f.Function, "reflect.Value.Slice"):
			return access
		case strings.HasSuffix(f.Function, "yaegi/interp.runCfg.func1"):
			return propagated
		default:
			return elsewhere
		}
	}
	return unknown
}

// outOfRange words the access that panicked, "" if it is not clear which it was.
func outOfRange(o operands, mark int) (text string) {
	defer func() {
		if recover() != nil { // the stack or the frame is another than it seems
			text = ""
		}
	}()
	const enough = 1 << 15
	stack := make([]byte, enough)
	_, after, _ := strings.Cut(string(stack[:runtime.Stack(stack, false)]), "\npanic(")
	_, after, _ = strings.Cut(after, "\n") // where panic is
	_, after, _ = strings.Cut(after, "\n")
	m := accessFrames.FindStringSubmatch(after)
	if m == nil {
		return ""
	}
	first, err1 := strconv.ParseUint(m[2], 16, 64)
	frame, err2 := strconv.ParseUint(m[3], 16, 64)
	if err1 != nil || err2 != nil {
		return ""
	}
	kind := "sliceExpr"
	if m[1] == "getIndexArray" {
		kind = "indexExpr"
	}
	return o.at(uintptr(first), uintptr(frame)).find(kind, mark)
}

// worded adds to a run-time error about bounds what is known of it.
func (b bounds) worded(v any) any {
	e, ok := v.(value.GoError)
	if !ok || e != "index out of range" && e != "slice bounds out of range" {
		return v
	}
	if text := b[goroutineNumber()]; strings.HasPrefix(text, string(e)) {
		return value.GoError(text)
	}
	return v
}

// indexText words an index that is out of range; "" for one in range.
func indexText(i integer, length int) string {
	switch {
	case i.negative():
		return fmt.Sprintf("index out of range [%s]", i)
	case !i.atMost(length - 1):
		return fmt.Sprintf("index out of range [%s] with length %d", i, length)
	}
	return ""
}

// sliceText words the bounds of a slice of what has a length or capacity. Two bounds
// are low and high, three have the most too; Go looks at the last first.
func sliceText(list []integer, most int, called string) string {
	colons := func(i int, pair string) string {
		return strings.Repeat(":", i) + pair + strings.Repeat(":", len(list)-1-i)
	}
	last := len(list) - 1
	for i := last; i >= 0; i-- {
		x := list[i]
		switch {
		case x.negative():
			return fmt.Sprintf("slice bounds out of range [%s]", colons(i, x.String()))
		case i == last && !x.atMost(most):
			return fmt.Sprintf("slice bounds out of range [%s] with %s %d", colons(i, x.String()), called, most)
		case i < last && !x.atMost(list[i+1].int()):
			pair := strings.Repeat(":", i) + x.String() + ":" + list[i+1].String() + strings.Repeat(":", last-1-i)
			return fmt.Sprintf("slice bounds out of range [%s]", pair)
		}
	}
	return ""
}

// integer is the value of an index.
type integer struct{ reflect.Value }

func (i integer) negative() bool { return i.CanInt() && i.Int() < 0 }

func (i integer) int() int {
	if i.CanInt() {
		return int(i.Int())
	}
	return int(i.Uint())
}

func (i integer) atMost(n int) bool {
	if i.CanInt() {
		return i.Int() <= int64(n)
	}
	return n >= 0 && i.Uint() <= uint64(n)
}

func (i integer) String() string { return fmt.Sprint(i.Interface()) }
