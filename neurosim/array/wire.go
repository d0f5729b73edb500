package array

func (c *cells) resist() {}
