package kernel

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
)

// programPages is the resident memory that the program's file holds, in KiB.
func programPages(t *testing.T) int {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum, ours := 0, false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) >= 5 && strings.Contains(fields[0], "-"):
			ours = len(fields) == 6 && fields[5] == program && strings.HasPrefix(fields[1], "r-")
		case ours && fields[0] == "Rss:":
			n, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
	}
	return sum
}

// A process at rest holds less of its program, and goes on.
func TestRest(t *testing.T) {
	before := programPages(t)
	rest()
	if after := programPages(t); after > before/2 {
		t.Errorf("%d KiB of the program are resident, %d before", after, before)
	}
}
