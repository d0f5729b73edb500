package dataset

import (
	"context"
	"fmt"
	"sync"
)

// loaded keeps what this process has read.
var loaded cache

// cache makes sure that a set is read once however many ask for it. Failures
// are not kept: the next caller tries again.
type cache struct {
	mu    sync.Mutex
	data  map[Set]*Data
	locks map[string]chan struct{} // by set name; a channel, because a mutex cannot heed a context
}

// get returns the data of key, calling read when no one has yet. Sets of
// different names do not wait for each other.
func (c *cache) get(ctx context.Context, key Set, read func() (*Data, error)) (*Data, error) {
	lock := c.lock(key.Name)
	select {
	case lock <- struct{}{}:
		defer func() { <-lock }()
	case <-ctx.Done():
	}
	// Asked here too, because select picks at random when both are ready.
	if ctx.Err() != nil {
		return nil, fmt.Errorf("dataset: %s: %w", key.Name, context.Cause(ctx))
	}
	if data := c.lookup(key); data != nil {
		return data, nil
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data[key] = data
	return data, nil
}

func (c *cache) lookup(key Set) *Data {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.data[key]
}

func (c *cache) lock(name string) chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.locks == nil {
		c.locks = map[string]chan struct{}{}
		c.data = map[Set]*Data{}
	}
	if c.locks[name] == nil {
		c.locks[name] = make(chan struct{}, 1)
	}
	return c.locks[name]
}
