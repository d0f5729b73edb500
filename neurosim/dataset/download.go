package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"crossbook/kernel/display"
)

// fetcher downloads the files of a set.
type fetcher struct {
	client *http.Client
	stall  time.Duration // give up after so long without a byte
}

func newFetcher() fetcher {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = 30 * time.Second
	return fetcher{client: &http.Client{Transport: transport}, stall: time.Minute}
}

// fetch downloads what dir lacks of the set's files. A file appears in dir
// whole and checked, or not at all.
func (f fetcher) fetch(ctx context.Context, s source, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	bar := newByteBar(ctx, s, dir)
	for _, want := range s.files() {
		if _, err := os.Stat(filepath.Join(dir, want.name)); err == nil {
			continue
		}
		if err := f.fetchFile(ctx, s.home+want.name, filepath.Join(dir, want.name), transfer{want, bar}); err != nil {
			bar.end("failed")
			return err
		}
	}
	bar.end("done")
	return nil
}

// transfer is one file on its way.
type transfer struct {
	want file
	bar  *byteBar
}

// fetchFile downloads url beside its place, checks it and moves it there.
func (f fetcher) fetchFile(ctx context.Context, url, place string, t transfer) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(place), "."+t.want.name+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails harmlessly once it is renamed
	defer tmp.Close()
	if err := f.copy(ctx, url, tmp, t); err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return err
	}
	err = packed{tmp, url, t.want}.open(ctx, func(r io.Reader) error {
		// More than any image file holds is not the file; the sum says so.
		_, err := io.Copy(io.Discard, io.LimitReader(r, maxPixels))
		return err
	})
	if err != nil {
		return err
	}
	// The folder may be shared, CreateTemp's mode is private.
	if err := errors.Join(tmp.Chmod(0o644), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), place)
}

// copy writes the body of url's answer to w, reporting and bounding it.
func (f fetcher) copy(ctx context.Context, url string, w io.Writer, t transfer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stalled := time.AfterFunc(f.stall, func() { cancel(fmt.Errorf("no data for %v", f.stall)) })
	defer stalled.Stop()

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return orCause(ctx, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", resp.Status)
	}
	// Twice the published size leaves room for another packer's work.
	limit := 2*int64(t.want.size) + 1<<16
	body := io.TeeReader(io.LimitReader(resp.Body, limit+1), writeFunc(func(p []byte) {
		stalled.Reset(f.stall)
		t.bar.add(len(p))
	}))
	n, err := io.Copy(w, body)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("cut short after %d of %d bytes", n, resp.ContentLength)
	case err != nil:
		return orCause(ctx, err)
	case n > limit:
		return fmt.Errorf("more than %d bytes: not the file", limit)
	}
	return nil
}

// orCause prefers why the context ended to the transport's "context canceled".
func orCause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// writeFunc is a writer that looks at what passes.
type writeFunc func(p []byte)

// Write shows p to the function.
func (f writeFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

// byteBar shows the progress of all files of a set, in kilobytes.
type byteBar struct {
	bar         *display.Bar
	done, total int // bytes
}

// newByteBar counts the files that dir lacks.
func newByteBar(ctx context.Context, s source, dir string) *byteBar {
	b := &byteBar{}
	for _, f := range s.files() {
		if _, err := os.Stat(filepath.Join(dir, f.name)); err != nil {
			b.total += f.size
		}
	}
	b.bar = display.Start(ctx, "downloading "+s.title, b.total/1000)
	return b
}

func (b *byteBar) add(n int) {
	b.done += n
	b.bar.Set(min(b.done, b.total)/1000, fmt.Sprintf("%.1f of %.1f MB", float64(b.done)/1e6, float64(b.total)/1e6))
}

func (b *byteBar) end(note string) { b.bar.End(note) }
