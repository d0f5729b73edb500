package kernel

// Waiting returns the number of shell requests that wait for their turn.
func (s *Server) Waiting() int { return s.waiting.waiting() }
