package wire

import "sync"

// remembered is how many signatures a [Seen] keeps at least, and half of how many
// at most.
const remembered = 1 << 14

// Seen remembers the signatures of messages, so that one that somebody recorded
// and sends again can be refused. The zero value has seen nothing. It is safe for
// concurrent use.
type Seen struct {
	mu       sync.Mutex
	old, new map[[16]byte]struct{} // by the first half of the hexadecimal digits or less
}

// First reports whether the signature is seen for the first time; an empty one,
// of a session that signs nothing, always is. Of very many only the latest are
// remembered.
func (s *Seen) First(signature []byte) bool {
	if len(signature) == 0 {
		return true
	}
	var key [16]byte
	copy(key[:], signature)
	s.mu.Lock()
	defer s.mu.Unlock()
	_, inOld := s.old[key]
	_, inNew := s.new[key]
	if inOld || inNew {
		return false
	}
	if s.new == nil || len(s.new) >= remembered {
		s.old, s.new = s.new, map[[16]byte]struct{}{}
	}
	s.new[key] = struct{}{}
	return true
}
