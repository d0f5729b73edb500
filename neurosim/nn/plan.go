package nn

import "fmt"

// dims is the shape of what flows from layer to layer: a map of so many rows and
// columns of pixels with so many channels, or 1 x 1 pixel of plain numbers. Maps are
// stored row by row and pixel by pixel, the channels innermost.
type dims struct{ channels, rows, columns int }

func (d dims) size() int   { return d.channels * d.rows * d.columns }
func (d dims) pixels() int { return d.rows * d.columns }

func (d dims) String() string { return fmt.Sprintf("%dx%dx%d", d.channels, d.rows, d.columns) }

// node is one operation of a network; a network is a list of them in which each
// comes after those that it takes its inputs from. The first is the input.
type node struct {
	line    string // of the layout
	name    string // for messages
	in      []int  // the nodes whose outputs it takes
	from    dims   // of the first input
	to      dims   // of the output
	layer   int    // its number among the weighted layers, from 0; -1: none
	shape   Shape  // of its weights
	norm    int    // its number among the normalisations, from 0; -1: none
	pool    int    // side of a maximum pooling
	local   bool   // each value depends on one of its channel: its gradient may take the place of its input's
	curve   bool   // an activation function
	selects bool   // what comes out are some of the values that go in, or 0
	joins   bool   // puts the channels of its inputs beside each other

	make func(n *Network, k, images int) step

	// What follows from the nodes around.
	users  int    // that take its output
	shares bool   // its gradient lies where its input's does
	sum    bool   // what comes out is a weighted sum: it is quantised, and so is its error
	adds   []bool // by input: its gradient is added to that of a user further on
}

// adding says whether the node is the sum of a residual.
func (n *node) adding() bool { return len(n.in) > 1 && !n.joins }

// plan is a network without its weights.
type plan struct {
	input  dims
	nodes  []node
	layers []int // the nodes with weights
	norms  []int // the nodes that normalise
}

// limits of a plan.
const (
	mostNodes = 1 << 12
	largest   = 1 << 24 // values of a map
)

// compiler makes a plan of lines.
type compiler struct {
	plan
	at      int  // node whose output goes on
	dims    dims // how it is taken
	weights int
}

func compile(input dims, lines []line) (plan, error) {
	c := &compiler{plan: plan{input: input}, dims: input}
	c.nodes = []node{{line: input.String(), name: "the input", to: input, layer: -1, norm: -1, make: takeInput(input)}}
	if err := c.lines(lines, ""); err != nil {
		return plan{}, err
	}
	if len(c.layers) == 0 {
		return plan{}, fmt.Errorf("no layer has weights; allowed: a network that ends in dense or conv")
	}
	for _, n := range c.nodes[c.layers[len(c.layers)-1]:] {
		if len(n.in) > 1 {
			return plan{}, fmt.Errorf("a sum goes round the last layer with weights; allowed: a dense or conv layer behind the last residual and concat")
		}
	}
	c.link()
	return c.plan, nil
}

// lines adds nodes for lines; path counts the lines around them.
func (c *compiler) lines(lines []line, path string) error {
	for i, l := range lines {
		place := fmt.Sprintf("%s%d", path, i+1)
		var err error
		if l.words[0] == "residual" {
			err = c.residual(l, place)
		} else if l.words[0] == "concat" {
			err = c.concat(l, place)
		} else if err = c.line(l); err != nil {
			err = fmt.Errorf("layer %s, %q: %w", place, l, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *compiler) line(l line) error {
	if l.body != nil {
		return fmt.Errorf("it takes no layers in brackets; allowed: residual (...) and concat (...)")
	}
	switch word := l.words[0]; word {
	case "flatten":
		c.dims = dims{c.dims.size(), 1, 1}
		return l.arguments().done()
	case "linear", "same":
		return l.arguments().done()
	default:
		make, err := makerOf(word)
		if err != nil {
			return err
		}
		n, err := make(c.dims, l)
		if err != nil {
			return err
		}
		n.line, n.in, n.from = l.String(), []int{c.at}, c.dims
		return c.add(n)
	}
}

// add puts a node at the end and goes on from it.
func (c *compiler) add(n node) error {
	n.layer, n.norm = n.layer-1, n.norm-1 // makers write 1 for "one of them"
	if n.layer == 0 {
		n.layer = len(c.layers)
		c.layers = append(c.layers, len(c.nodes))
		if c.weights += n.shape.Weights(); c.weights > maxWeights {
			return fmt.Errorf("the network has %d weights up to here; allowed: 1 to %d", c.weights, maxWeights)
		}
	}
	if n.norm == 0 {
		n.norm = len(c.norms)
		c.norms = append(c.norms, len(c.nodes))
	}
	if n.to.size() > largest {
		return fmt.Errorf("a map of %v is too large; allowed: %d values", n.to, largest)
	}
	if len(c.nodes) >= mostNodes {
		return fmt.Errorf("the network has too many layers; allowed: %d", mostNodes)
	}
	n.name = fmt.Sprintf("%q behind layer %d", n.line, len(c.layers))
	if n.layer >= 0 {
		n.name = fmt.Sprintf("layer %d, %q", n.layer+1, n.line)
	}
	c.at, c.dims = len(c.nodes), n.to
	c.nodes = append(c.nodes, n)
	return nil
}

// residual adds both ways and their sum.
func (c *compiler) residual(l line, place string) error {
	if l.body == nil || len(l.words) > 1 || l.more != nil {
		return fmt.Errorf("layer %s, %q: allowed: residual (layers) or residual (layers | shortcut)", place, l)
	}
	start, before := c.at, c.dims
	if err := c.lines(l.body, place+"."); err != nil {
		return err
	}
	body, after := c.at, c.dims
	c.at, c.dims = start, before
	if err := c.lines(l.via, place+"|"); err != nil {
		return err
	}
	if c.dims != after {
		return fmt.Errorf("layer %s, residual: %v and, by the shortcut, %v cannot be added; allowed: one shape (see Shortcut)", place, after, c.dims)
	}
	return c.add(node{line: "add", in: []int{body, c.at}, from: after, to: after, make: newSum})
}

// concat adds all branches and puts their channels beside each other, two at a time.
func (c *compiler) concat(l line, place string) error {
	if l.body == nil || len(l.words) > 1 {
		return fmt.Errorf("layer %s, %q: allowed: concat (layers | layers ...)", place, l)
	}
	branches := [][]line{l.body}
	if l.via != nil {
		branches = append(branches, l.via)
	}
	start, before := c.at, c.dims
	var joined int
	var to dims
	for i, branch := range append(branches, l.more...) {
		c.at, c.dims = start, before
		if err := c.lines(branch, fmt.Sprintf("%s|%d.", place, i+1)); err != nil {
			return err
		}
		if i == 0 {
			joined, to = c.at, c.dims
			continue
		}
		if c.dims.rows != to.rows || c.dims.columns != to.columns {
			return fmt.Errorf("layer %s, concat: %v and, by branch %d, %v cannot lie beside each other; allowed: the same rows and columns", place, to, i+1, c.dims)
		}
		from := to
		to.channels += c.dims.channels
		n := node{line: "join", in: []int{joined, c.at}, from: from, to: to, joins: true, make: newJoin(from, c.dims)}
		if err := c.add(n); err != nil {
			return err
		}
		joined = c.at
	}
	c.at, c.dims = joined, to
	return nil
}

// link finds out what follows from the nodes around.
func (p *plan) link() {
	for k := range p.nodes {
		for _, in := range p.nodes[k].in {
			p.nodes[in].users++
		}
	}
	later := make([]bool, len(p.nodes)) // a user further on sets the gradient
	for k := len(p.nodes) - 1; k > 0; k-- {
		n := &p.nodes[k]
		n.adds = make([]bool, len(n.in))
		for slot, in := range n.in {
			n.adds[slot], later[in] = later[in], true
		}
		n.shares = n.local && n.in[0] > 0 && p.nodes[n.in[0]].users == 1
	}
	last := p.layers[len(p.layers)-1]
	for k := range p.nodes[:last] {
		n := &p.nodes[k]
		n.sum = n.layer >= 0 || n.norm >= 0 || n.adding()
		if next := p.user(k); next >= 0 {
			n.sum = n.sum && p.nodes[next].norm < 0 && !p.nodes[next].adding()
		}
		p.nodes[k].shape.Pool = p.poolBehind(k)
	}
}

// user returns the only node that takes the output of node k, -1 if there are more or
// none.
func (p *plan) user(k int) int {
	if p.nodes[k].users != 1 {
		return -1
	}
	for next := k + 1; ; next++ {
		for _, in := range p.nodes[next].in {
			if in == k {
				return next
			}
		}
	}
}

// poolBehind returns the side of the maximum pooling that node k's output goes into,
// through nothing but functions of single values.
func (p *plan) poolBehind(k int) int {
	next := p.user(k)
	for next >= 0 && p.nodes[next].local {
		next = p.user(next)
	}
	if next < 0 {
		return 0
	}
	return p.nodes[next].pool
}
