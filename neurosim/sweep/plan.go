package sweep

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"crossbook/neurosim/cost"
	"crossbook/neurosim/internal/check"
	"crossbook/neurosim/sweep/runner"
)

// plan is a grid with its points.
type plan struct {
	Grid
	points   []point
	priced   bool
	outcomes map[string]runner.Outcome // by id
}

// point is one row of the table.
type point struct {
	target
	picks []pick
	id    string // of its training; points that share it differ in nothing that it depends on
}

// Validate returns everything that is wrong with the grid or any of its points,
// each with the field, the value and what is allowed; nil when there is nothing.
func (g Grid) Validate() error {
	_, err := g.plan()
	return err
}

// plan checks everything and lists the points.
func (g Grid) plan() (*plan, error) {
	p := &plan{Grid: g, priced: g.prices(), outcomes: map[string]runner.Outcome{}}
	problems := g.problems()
	if len(problems) == 0 {
		p.Repeats = max(g.Repeats, 1)
		problems = p.expand()
	}
	if err := problems.Err(); err != nil {
		return nil, fmt.Errorf("sweep: grid: %w", err)
	}
	return p, nil
}

// prices says whether trainings are priced.
func (g Grid) prices() bool {
	return g.Chip != (cost.Chip{}) || slices.ContainsFunc(g.Axes, func(a Axis) bool {
		return slices.ContainsFunc(a.fields, func(f field) bool {
			return f.path == "Chip" || strings.HasPrefix(f.path, "Chip.")
		})
	})
}

// problems are those of the grid itself.
func (g Grid) problems() check.Problems {
	var p check.Problems
	p.Int("Repeats", g.Repeats, 0, MaxRuns)
	p.Int("Workers", g.Workers, 0, runner.MaxWorkers)
	g.Sample.validate(&p, g.Axes)
	if g.Base.Checkpoint != "" {
		p.Add("Base.Checkpoint", g.Base.Checkpoint, `""; the trainings of a sweep cannot share a file`)
	}
	g.problemsOfAxes(&p)
	if n := g.runs(); len(p) == 0 && n > MaxRuns {
		p.Add("Axes", nil, fmt.Sprintf("%.4g runs; allowed: 1 to %d (see Sample)", n, MaxRuns))
	}
	return p
}

func (g Grid) problemsOfAxes(p *check.Problems) {
	known := target{g.Base, g.Chip}.paths()
	var taken []string
	for i, a := range g.Axes {
		field := fmt.Sprintf("Axes[%d] (%s)", i, a.title())
		switch {
		case a.wrong != "":
			p.Add(field, nil, a.wrong)
		case len(a.fields) == 0 || len(a.levels) == 0 && a.span == nil:
			p.Add(field, nil, "it has no value; allowed: 1 and more")
		}
		for _, f := range a.fields {
			for _, other := range taken {
				if strings.HasPrefix(other+".", f.path+".") {
					p.Add(field, nil, fmt.Sprintf("%s would undo %s, which is set before it; allowed: once each, the whole before its fields", f.path, other))
				}
			}
			taken = append(taken, f.path)
			if !slices.Contains(known, f.path) && !strings.HasPrefix(f.path, "Rule.") {
				p.Add(field, nil, notKnown(f.path, known))
			}
		}
	}
}

func notKnown(path string, known []string) string {
	return fmt.Sprintf("%s: unknown field; did you mean %s?", path, strings.Join(near(path, known), ", "))
}

// runs is the number of points.
func (g Grid) runs() float64 {
	n := float64(max(g.Repeats, 1))
	if g.Sample.Points > 0 {
		return n * float64(g.Sample.Points)
	}
	for _, a := range g.Axes {
		n *= float64(len(a.levels))
	}
	return n
}

// expand lists the points and returns what is wrong with them.
func (p *plan) expand() check.Problems {
	var found troubles
	choices := combinations(p.Axes)
	if p.Sample.Points > 0 {
		choices = p.Sample.draw(p.Axes)
	}
	for _, picks := range choices {
		t := target{p.Base, p.Chip}
		if p.apply(&t, picks, &found) {
			p.check(t, &found)
		}
		for r := range p.Repeats {
			repeat := t
			repeat.Seed += uint64(r)
			p.points = append(p.points, point{target: repeat, picks: picks})
		}
	}
	return found.problems(len(choices))
}

// apply sets the fields of a point.
func (p *plan) apply(t *target, picks []pick, found *troubles) bool {
	ok := true
	for i, a := range p.Axes {
		for k, f := range a.fields {
			path := f.path
			err := t.set(path, picks[i].values[k])
			switch {
			case err == nil:
				continue
			case errors.Is(err, unknown{}):
				found.add(check.Problem{Field: fmt.Sprintf("Axes[%d] (%s)", i, a.title()), Allowed: notKnown(path, t.paths())}, "")
			default:
				found.add(check.Problem{Field: path, Allowed: err.Error()}, a.title())
			}
			ok = false
		}
	}
	return ok
}

// check validates one point.
func (p *plan) check(t target, found *troubles) {
	var problems check.Problems
	if err := t.Experiment.Validate(); err != nil && !errors.As(err, &problems) {
		problems.Add("Base", nil, err.Error())
	}
	if p.priced {
		problems.Under("Chip", t.Chip.Validate())
	}
	for _, problem := range problems {
		found.add(problem, p.axisOf(problem.Field))
	}
}

// axisOf names the axis that sets a field, or one above or below it.
func (p *plan) axisOf(field string) string {
	for _, a := range p.Axes {
		for _, f := range a.fields {
			if field == f.path || strings.HasPrefix(field, f.path+".") || strings.HasPrefix(f.path, field+".") {
				return a.title()
			}
		}
	}
	return ""
}

// troubles are problems of points, each told once.
type troubles struct {
	list  []check.Problem
	axes  []string
	count map[string]int
}

func (f *troubles) add(problem check.Problem, axis string) {
	key := problem.Error()
	if f.count == nil {
		f.count = map[string]int{}
	}
	if f.count[key]++; f.count[key] == 1 {
		f.list, f.axes = append(f.list, problem), append(f.axes, axis)
	}
}

// mostTold is how many problems of points are told.
const mostTold = 12

func (f *troubles) problems(points int) check.Problems {
	var told check.Problems
	for i, problem := range f.list {
		if i == mostTold {
			told.Add("Axes", nil, fmt.Sprintf("and %d more problems", len(f.list)-i))
			break
		}
		where := ""
		if f.axes[i] != "" {
			where = fmt.Sprintf(" (axis %s, %d of %d points)", f.axes[i], f.count[problem.Error()], points)
		}
		problem.Allowed += where
		told = append(told, problem)
	}
	return told
}
