package run

import "sync"

// await calls a function that blocks and returns when it has, or at an
// interrupt; then undo, if not nil, is called as soon as it returns after all.
func (p *support) await(block, undo func()) {
	done := make(chan struct{})
	left := make(chan struct{})
	go func() {
		block()
		select {
		case done <- struct{}{}:
		case <-left:
			if undo != nil {
				undo()
			}
		}
	}()
	select {
	case <-done:
	case <-p.interruption():
		close(left)
	}
}

func (p *support) wait(wg *sync.WaitGroup) { p.await(wg.Wait, nil) }

func (p *support) lock(m *sync.Mutex) {
	if !m.TryLock() {
		p.await(m.Lock, m.Unlock)
	}
}

func (p *support) lockRW(m *sync.RWMutex) {
	if !m.TryLock() {
		p.await(m.Lock, m.Unlock)
	}
}

func (p *support) rlock(m *sync.RWMutex) {
	if !m.TryRLock() {
		p.await(m.RLock, m.RUnlock)
	}
}
