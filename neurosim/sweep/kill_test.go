package sweep_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"crossbook/neurosim/sweep"
	"crossbook/neurosim/sweep/runner"
	"crossbook/neurosim/sweep/store"
)

// childStore and childPoints name, in a child process of these tests, the store of
// the sweep that it is to run, and its values of LTP.
const (
	childStore  = "CROSSBOOK_SWEEP_TEST_STORE"
	childPoints = "CROSSBOOK_SWEEP_TEST_POINTS"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		child(path)
		return
	}
	os.Exit(m.Run())
}

// child runs the sweep and tells what it does, line by line.
func child(path string) {
	points, err := strconv.Atoi(os.Getenv(childPoints))
	if err != nil {
		panic(err)
	}
	grid := killed(path, points)
	grid.Runner = telling{}
	tab, err := grid.Run(context.Background())
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println("done")
	if err := tab.WriteCSV(os.Stdout); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

// killed is a sweep of six trainings a point.
func killed(path string, points int) sweep.Grid {
	return sweep.Grid{
		Base: tiny(), Store: path, Repeats: 3,
		Axes: []sweep.Axis{sweep.Field("Device.LTP", sweep.Linspace(0, 6, points)...), sweep.Rules("BP", "DFA")},
	}
}

// points is how many a sweep that is killed has.
func points() int {
	if testing.Short() {
		return 5
	}
	return 25
}

// undisturbed is the table of the sweep as comma-separated values.
func undisturbed(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	if err := killed(sweep.NoStore, points()).MustRun(t.Context()).WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// telling prints the jobs that it begins and those that it has ended.
type telling struct{}

func (telling) Run(ctx context.Context, jobs []runner.Job, done func(runner.Outcome)) error {
	for _, job := range jobs {
		fmt.Println("begin", job.ID)
	}
	fmt.Println("begun")
	return runner.Local{Workers: 2}.Run(ctx, jobs, func(o runner.Outcome) {
		done(o)
		fmt.Println("end", o.ID)
	})
}

// sweeping is a child process.
type sweeping struct {
	*exec.Cmd
	lines *bufio.Scanner
}

func begin(t *testing.T, path string) sweeping {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, self)
	c.Env = append(os.Environ(), childStore+"="+path, childPoints+"="+strconv.Itoa(points()))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	return sweeping{c, lines}
}

// until reads lines to one that is last, and returns the ids of those before it
// that begin with what.
func (s sweeping) until(last, what string) (ids []string) {
	for s.lines.Scan() && s.lines.Text() != last {
		if word, id, _ := strings.Cut(s.lines.Text(), " "); word == what {
			ids = append(ids, id)
		}
	}
	return ids
}

// rest waits for the end and returns the table.
func (s sweeping) rest(t *testing.T) string {
	t.Helper()
	s.until("done", "")
	text := ""
	for s.lines.Scan() {
		text += s.lines.Text() + "\n"
	}
	if err := s.Wait(); err != nil {
		t.Errorf("child: %v", err)
	}
	return text
}

// TestKilledSweepGoesOn: a sweep that is killed at random moments has, once it is
// run again, the table of an undisturbed one, and nothing that it had finished is
// run a second time.
func TestKilledSweepGoesOn(t *testing.T) {
	want := undisturbed(t)
	path := filepath.Join(t.TempDir(), "results.sqlite")
	rounds := 20
	if testing.Short() {
		rounds = 4
	}
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	finished := map[string]bool{}
	for round := range rounds {
		c := begin(t, path)
		for _, id := range c.until("begun", "begin") {
			if finished[id] {
				t.Errorf("round %d: %.12s runs again", round, id)
			}
		}
		<-time.After(time.Duration(random.IntN(40_000)) * time.Microsecond) // the random moment
		_ = c.Process.Kill()
		for _, id := range c.until("done", "end") {
			finished[id] = true // it said so after its result was kept
		}
		_ = c.Wait()
		checkKept(t, path, finished)
	}
	if got := begin(t, path).rest(t); got != want {
		t.Errorf("after %d kills\n%s\nwant\n%s", rounds, got, want)
	}
	t.Logf("%d of %d trainings were finished by %d killed processes", len(finished), 6*points(), rounds)
}

// checkKept fails the test unless the store has all that was finished; what it
// has beyond that is finished too.
func checkKept(t *testing.T, path string, finished map[string]bool) {
	t.Helper()
	f, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := f.Records("")
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, r := range records {
		kept[r.Key] = true
	}
	for id := range finished {
		if !kept[id] {
			t.Errorf("%.12s was finished and is not in the store", id)
		}
	}
	for id := range kept {
		finished[id] = true
	}
}

// TestTwoProcessesShareAStore: both have the whole table.
func TestTwoProcessesShareAStore(t *testing.T) {
	want := undisturbed(t)
	path := filepath.Join(t.TempDir(), "results.sqlite")
	one, two := begin(t, path), begin(t, path)
	for _, c := range []sweeping{one, two} {
		if got := c.rest(t); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
	}
}
