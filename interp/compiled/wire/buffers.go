package wire

import "sync"

// Buffers keeps memory of payloads that are done with for further ones, because new
// memory for a big one costs as much as its bytes. The zero value has none.
type Buffers struct {
	mu   sync.Mutex
	free [][]byte
}

// What is kept: few, and none that is so big that it would be missed.
const (
	keptBuffers = 4
	keptBytes   = 256 << 20
)

// Get returns memory, nil if there is none.
func (b *Buffers) Get() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(b.free)
	if n == 0 {
		return nil
	}
	out := b.free[n-1]
	b.free = b.free[:n-1]
	return out
}

// Put takes memory that nothing refers to any more.
func (b *Buffers) Put(memory []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.free) < keptBuffers && cap(memory) > 0 && cap(memory) <= keptBytes {
		b.free = append(b.free, memory)
	}
}
