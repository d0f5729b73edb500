package interp

// checkCell checks a cell and notes what later cells need of it.
func (s *Session) checkCell(c *cell) (*cell, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, c.keep()
}
