package dataset

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crossbook/kernel/display"
)

// tiny is a set of two training images and one test image of 1 x 3 pixels, with
// the files that its home serves.
func tiny(t *testing.T) (source, map[string][]byte) {
	t.Helper()
	served := map[string][]byte{}
	pack := func(name, content string) file {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Name = name // as the author's files have
		if _, err := z.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		served["/"+name] = b.Bytes()
		sum := sha256.Sum256([]byte(content))
		return file{name: name, sum: hex.EncodeToString(sum[:]), size: b.Len()}
	}
	return source{
		name: "tiny", title: "Tiny", classes: 10, shape: [3]int{1, 1, 3}, debian: "dataset-tiny", debianDir: filepath.Join(t.TempDir(), "debian"),
		train: half{2, pack("a.gz", string(goodImages)), pack("b.gz", "\x00\x00\x08\x01\x00\x00\x00\x02\x00\x01")},
		test: half{
			1, pack("c.gz", "\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x03xyz"),
			pack("d.gz", "\x00\x00\x08\x01\x00\x00\x00\x01\x02"),
		},
	}, served
}

// serve gives the files over loopback and the source that points there.
func serve(t *testing.T, handler func(w http.ResponseWriter, r *http.Request, body []byte)) source {
	t.Helper()
	src, served := tiny(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler(w, r, served[r.URL.Path])
	}))
	t.Cleanup(server.Close)
	src.home = server.URL + "/"
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	return src
}

func plain(w http.ResponseWriter, _ *http.Request, body []byte) { w.Write(body) }

func (s source) loadAll(ctx context.Context) (*Data, error) {
	return s.load(ctx, Set{Name: s.name, Train: s.train.count, Test: s.test.count})
}

func userFiles(t *testing.T) []string {
	t.Helper()
	dir, err := userFolder("tiny")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestDownload(t *testing.T) {
	asked := 0
	src := serve(t, func(w http.ResponseWriter, r *http.Request, body []byte) {
		asked++
		plain(w, r, body)
	})
	var events []display.Event
	ctx := display.WithSink(context.Background(), func(e display.Event) { events = append(events, e) })
	data, err := src.loadAll(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if data.Train.Images[0] != float32('a')/255 || data.Test.Labels[0] != 2 {
		t.Errorf("data are %+v", data)
	}
	if got := fmt.Sprint(userFiles(t)); got != "[a.gz b.gz c.gz d.gz]" {
		t.Errorf("the user's folder has %s", got)
	}
	last, _ := events[len(events)-1].(display.Progress)
	if !last.Final || last.Title != "downloading Tiny" {
		t.Errorf("last progress is %+v", last)
	}
	if _, err := src.loadAll(ctx); err != nil || asked != 4 {
		t.Errorf("second load: error %v, %d requests in all, want 4", err, asked)
	}
}

func TestDownloadFailures(t *testing.T) {
	for _, test := range []struct {
		name    string
		handler func(w http.ResponseWriter, r *http.Request, body []byte)
		want    string
	}{
		{"404", func(w http.ResponseWriter, r *http.Request, _ []byte) { http.NotFound(w, r) }, "/a.gz: the server answers 404 Not Found"},
		{"cut short", func(w http.ResponseWriter, _ *http.Request, body []byte) {
			w.Header().Set("Content-Length", fmt.Sprint(len(body)))
			w.Write(body[:len(body)/2])
		}, "/a.gz: cut short after"},
		{"cut short, length unsaid", func(w http.ResponseWriter, _ *http.Request, body []byte) {
			w.Write(body[:len(body)/2])
			w.(http.Flusher).Flush()
		}, "unexpected EOF"},
		{"another file", func(w http.ResponseWriter, _ *http.Request, _ []byte) {
			z := gzip.NewWriter(w)
			z.Write([]byte("something else"))
			z.Close()
		}, "/a.gz: SHA-256 of the content is "},
		{"a web page", func(w http.ResponseWriter, _ *http.Request, _ []byte) { w.Write([]byte("<html>log in</html>")) }, "/a.gz: not a gzip file"},
		{"endless", func(w http.ResponseWriter, _ *http.Request, _ []byte) { w.Write(make([]byte, 1<<18)) }, "/a.gz: more than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := serve(t, test.handler)
			_, err := src.loadAll(context.Background())
			if err == nil {
				t.Fatal("no error")
			}
			dir, _ := userFolder("tiny")
			for _, part := range []string{test.want, "dataset: tiny:", "put a.gz, b.gz, c.gz, d.gz into " + dir, "apt install dataset-tiny", "connection to " + src.home} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q lacks %q", err, part)
				}
			}
			if left := userFiles(t); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestDownloadOffline(t *testing.T) {
	src := serve(t, plain)
	server := httptest.NewServer(nil)
	src.home = server.URL + "/"
	server.Close() // nobody listens there any more
	_, err := src.loadAll(context.Background())
	if err == nil || !strings.Contains(err.Error(), "not on this machine, and the download failed: "+src.home) {
		t.Errorf("error %v", err)
	}
}

func TestSlowDownloadIsCancelled(t *testing.T) {
	started := make(chan struct{})
	src := serve(t, func(w http.ResponseWriter, r *http.Request, body []byte) {
		w.Write(body[:10])
		w.(http.Flusher).Flush()
		close(started)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	go func() {
		<-started
		cancel()
	}()
	_, err := src.loadAll(ctx)
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "ways to get") {
		t.Errorf("error %v, want the cancellation alone", err)
	}
	if left := userFiles(t); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestStalledDownloadEnds(t *testing.T) {
	src := serve(t, func(w http.ResponseWriter, r *http.Request, body []byte) {
		w.Write(body[:10])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	f := newFetcher()
	f.stall = 20 * time.Millisecond
	if err := f.fetch(context.Background(), src, t.TempDir()); err == nil || !strings.Contains(err.Error(), "no data for 20ms") {
		t.Errorf("error %v", err)
	}
}

func TestPlacesInOrder(t *testing.T) {
	src := serve(t, func(w http.ResponseWriter, _ *http.Request, _ []byte) { http.Error(w, "no", http.StatusForbidden) })
	_, served := tiny(t)
	user, err := userFolder("tiny")
	if err != nil {
		t.Fatal(err)
	}
	put(t, src.debianDir, served)
	if place, err := src.find(context.Background()); err != nil || place.name != src.debianDir {
		t.Errorf("found %q, error %v; want Debian's folder", place.name, err)
	}
	put(t, user, served)
	if place, err := src.find(context.Background()); err != nil || place.name != user {
		t.Errorf("found %q, error %v; want the user's folder", place.name, err)
	}
}

// A damaged file of the user's is told, not passed over.
func TestDamagedUserFile(t *testing.T) {
	src := serve(t, plain)
	_, served := tiny(t)
	user, err := userFolder("tiny")
	if err != nil {
		t.Fatal(err)
	}
	put(t, user, served)
	whole := served["/c.gz"]
	for _, test := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"cut short", whole[:len(whole)-9], "cut short"},
		{"empty", nil, "not a gzip file"},
		{"another", served["/a.gz"], "SHA-256 of the content is"},
		{"trailing", append(bytes.Clone(whole), 'x'), "c.gz"},
		{"flipped checksum", append(bytes.Clone(whole[:len(whole)-8]), 0, 0, 0, 0, 0, 0, 0, 0), "gzip: invalid checksum"},
	} {
		if err := os.WriteFile(filepath.Join(user, "c.gz"), test.raw, 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := src.loadAll(context.Background())
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), filepath.Join(user, "c.gz")) {
			t.Errorf("%s: error %v, want %q and the file's path", test.name, err, test.want)
		}
	}
}

// Files with the promised sums may still disagree with the promised counts when
// the table of sources is wrong.
func TestCountsAreChecked(t *testing.T) {
	for _, test := range []struct {
		change func(s *source, files map[string][]byte)
		want   string
	}{
		{func(s *source, _ map[string][]byte) { s.test.count = 2 }, "c.gz: bytes 4..15: 1 images of 1 x 3 pixels, want 2 of 1 x 3"},
		{func(s *source, _ map[string][]byte) { s.shape = [3]int{1, 3, 1} }, "a.gz: bytes 4..15: 2 images of 1 x 3 pixels, want 2 of 3 x 1"},
		{func(s *source, files map[string][]byte) {
			s.test.labels.sum, files["/d.gz"] = s.train.labels.sum, files["/b.gz"]
		}, "d.gz: bytes 4..7: 2 labels, want 1"},
		{func(s *source, _ map[string][]byte) { s.classes = 2 }, "d.gz: byte 8: label 2 of image 0 is outside 0..1"},
	} {
		src, files := tiny(t)
		test.change(&src, files)
		t.Setenv("XDG_DATA_HOME", t.TempDir())
		put(t, src.debianDir, files)
		_, err := src.loadAll(context.Background())
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

func put(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, raw := range files {
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUserFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for xdg, want := range map[string]string{
		"":         filepath.Join(home, ".local/share/crossbook/datasets/mnist"),
		"relative": filepath.Join(home, ".local/share/crossbook/datasets/mnist"),
		home:       filepath.Join(home, "crossbook/datasets/mnist"),
	} {
		t.Setenv("XDG_DATA_HOME", xdg)
		if got, err := userFolder("mnist"); err != nil || got != want {
			t.Errorf("XDG_DATA_HOME=%q: %q, error %v, want %q", xdg, got, err, want)
		}
	}
}
