package dataset

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
)

func TestCacheReadsOnce(t *testing.T) {
	var c cache
	reads := 0 // guarded by the cache's lock of the name
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			_, err := c.get(context.Background(), Set{Name: "a"}, func() (*Data, error) {
				reads++
				return &Data{}, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
}

func TestCacheKeepsNoFailure(t *testing.T) {
	var c cache
	broken := errors.New("broken")
	if _, err := c.get(context.Background(), Set{}, func() (*Data, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if _, err := c.get(context.Background(), Set{}, func() (*Data, error) { return &Data{}, nil }); err != nil {
		t.Errorf("second try: %v", err)
	}
}

// A caller who waits for another's slow download must be able to leave.
func TestCacheWaiterHeedsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c cache
		release := make(chan struct{})
		go c.get(context.Background(), Set{Name: "a"}, func() (*Data, error) {
			<-release
			return &Data{}, nil
		})
		synctest.Wait()
		if _, err := c.get(cancelled(), Set{Name: "a"}, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if _, err := c.get(context.Background(), Set{Name: "b"}, func() (*Data, error) { return &Data{}, nil }); err != nil {
			t.Errorf("another set waits: %v", err)
		}
		close(release)
	})
}
