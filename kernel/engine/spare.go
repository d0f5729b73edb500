package engine

import "time"

// spareAfter is how long no cell must have run before the spare child is started:
// the start takes a core for some 15 ms, which the next cell should not feel.
const spareAfter = 300 * time.Millisecond

const spareNotNeeded = "it was not needed"

// parkSoon lets the spare child be started once no cell runs.
func (s *Supervisor) parkSoon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.spare.livingPID() != 0 || s.isClosed():
	case s.parking == nil:
		s.parking = time.AfterFunc(spareAfter, s.parkIdle)
	default:
		s.parking.Reset(spareAfter)
	}
}

// parkIdle starts the spare child unless a cell runs, whose end asks again.
func (s *Supervisor) parkIdle() {
	s.mu.Lock()
	busy := s.running != nil
	s.mu.Unlock()
	if !busy {
		s.park()
	}
}

// park starts the child that will take the place of the present one if that dies
// or is restarted. It has gone as far as a child can without a session, so that
// its memory is small and the change takes a few milliseconds. A start that fails
// is tried again after the next cell.
func (s *Supervisor) park() {
	s.starting.Lock()
	defer s.starting.Unlock()
	if s.isClosed() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spare.livingPID() != 0 {
		return
	}
	if c, err := startChild(s.options); err == nil {
		s.spare = c
	}
}

// takeSpare gives the spare child if there is one that lives.
func (s *Supervisor) takeSpare() *child {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.spare
	s.spare = nil
	if c.livingPID() == 0 {
		return nil
	}
	return c
}

// dropSpare ends the spare child for good.
func (s *Supervisor) dropSpare() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parking != nil {
		s.parking.Stop()
	}
	if s.spare != nil {
		s.spare.kill(spareNotNeeded)
	}
}
