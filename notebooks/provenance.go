package notebooks

import (
	"runtime"
	"time"

	"crossbook/kernel/version"
)

// environment says which program ran a notebook, and on what: what stays the
// same when the run is repeated.
func environment() map[string]any {
	return map[string]any{
		"version":  version.Number,
		"go":       runtime.Version(),
		"platform": runtime.GOOS + "/" + runtime.GOARCH,
	}
}

// circumstances adds what differs from run to run, and is noted when times are.
func (nb *Notebook) circumstances(begin, end time.Time) {
	notes := environment()
	notes["program"] = version.Long()
	notes["started"] = begin.UTC().Format(isoTime)
	notes["finished"] = end.UTC().Format(isoTime)
	notes["processors"] = runtime.GOMAXPROCS(0)
	nb.Metadata["crossbook"] = notes
}

// isoTime is how front ends write times.
const isoTime = "2006-01-02T15:04:05.000000Z"

// note writes the times of a cell's run as front ends do.
func (c *Cell) note(begin, end time.Time) {
	if c.Metadata == nil {
		c.Metadata = Metadata{}
	}
	from, to := begin.UTC().Format(isoTime), end.UTC().Format(isoTime)
	c.Metadata["execution"] = map[string]any{
		"iopub.status.busy": from, "iopub.execute_input": from,
		"shell.execute_reply": to, "iopub.status.idle": to,
	}
}
