package store

import (
	"sync"

	"crossbook/neurosim/sweep/runner"
)

// Memory is a store that ends with the process. The zero value is empty. It is
// safe for concurrent use.
type Memory struct {
	mu       sync.Mutex
	outcomes map[string]runner.Outcome
}

// Find returns those of the keys that the store has.
func (m *Memory) Find(keys []string) (map[string]runner.Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := map[string]runner.Outcome{}
	for _, key := range keys {
		if o, ok := m.outcomes[key]; ok {
			found[key] = o
		}
	}
	return found, nil
}

// Keep adds the outcome of a key. One that is there stays.
func (m *Memory) Keep(key string, o runner.Outcome) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.outcomes == nil {
		m.outcomes = map[string]runner.Outcome{}
	}
	if _, there := m.outcomes[key]; !there {
		o.ID = key
		m.outcomes[key] = o
	}
	return nil
}
