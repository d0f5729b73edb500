package kernel

import (
	"sync"
	"time"
)

// Jupyter Server passes no more than this on to its pages, on average over the
// window, unless it is told otherwise (ServerApp.iopub_data_rate_limit and
// iopub_msg_rate_limit), and drops the rest.
const (
	serverBytes    = 1000000 // a second
	serverMessages = 1000    // a second
	serverWindow   = 3 * time.Second
)

// rate measures output as Jupyter Server does. The zero value has seen none.
type rate struct {
	mu      sync.Mutex
	buckets [rateBuckets]bucket
}

// bucket is the output of a thirtieth of the window.
type bucket struct {
	number          int64 // of the time since 1970, in buckets
	bytes, messages int
}

const rateBuckets = 30

// add counts a message of n bytes at a time and reports whether the server would
// drop it.
func (r *rate) add(n int, at time.Time) (dropped bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	number := at.UnixNano() / int64(serverWindow/rateBuckets)
	b := &r.buckets[number%rateBuckets]
	if b.number != number {
		*b = bucket{number: number}
	}
	b.bytes += n
	b.messages++
	bytes, messages := 0, 0
	for _, b := range r.buckets {
		if number-b.number < rateBuckets {
			bytes, messages = bytes+b.bytes, messages+b.messages
		}
	}
	const seconds = int(serverWindow / time.Second)
	return bytes > seconds*serverBytes || messages > seconds*serverMessages
}

// rateNotice is what a cell is told whose output is too much for the server; it
// comes before the first message that is.
const rateNotice = "This cell prints or shows more than Jupyter Server passes on to its pages: 1 MB/s, 1,000 messages/s.\n" +
	"Unless the server was started with higher limits (--ServerApp.iopub_data_rate_limit=1e9\n" +
	"--ServerApp.iopub_msg_rate_limit=1e6), output is missing from here on. Other clients get all of it.\n"
