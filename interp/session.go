package interp

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"crossbook/interp/naming"
	"crossbook/interp/packages"
	"crossbook/interp/run"
	"crossbook/interp/split"
)

// Library is the compiled packages that cells may import; interp/symbols has
// the one of Crossbook.
type Library = packages.Library

// Options configure a session.
type Options struct {
	// Library is the compiled packages that cells may import. It must have the
	// package context.
	Library Library

	// Prelude is the packages that cells see without an import, path by name.
	// Packages that the library does not have are left out.
	Prelude map[string]string

	// Display names interfaces of the library, such as fmt.Stringer, by which a
	// value of an interpreted type is shown, the best first. fmt.Stringer and
	// error come last by themselves.
	Display []string

	// Stdout and Stderr take what cells print; nil means the process's.
	Stdout, Stderr *os.File

	// Print and PrintErr take, in the place of Stdout and Stderr, what the functions
	// of fmt, print, println and the session itself print; nil means the files. So
	// they can tell by the goroutine on which they are called which cell prints.
	// What a cell writes by a method of the files does not pass them, nor what it
	// prints once it has put another file into os.Stdout or os.Stderr.
	Print, PrintErr io.Writer
}

// Session holds the state of a notebook: what its cells have declared and the
// interpreter that runs them. Run executes one cell at a time; IsComplete,
// Names, Complete, Inspect and Variables may be called meanwhile.
type Session struct {
	options  Options
	fset     *token.FileSet
	importer *packages.Importer
	prelude  map[string]string

	running sync.RWMutex // held while a cell runs; guards the fields below

	machine  *run.Machine
	imports  map[string]string // by the cells, path by name
	dots     []string
	current  map[string]*entity // the newest of each name
	entities []*entity          // all that is alive, in order of declaration
	context  *entity            // ctx
	versions map[string]int

	displayTypes []types.Type

	copies      map[string]*entity // of generic declarations, by instance
	standard    []*entity          // those of the standard library
	instances   int
	temporaries int
	faces       map[string]*face // interfaces to which cells assert, by key

	flat  map[string]*packages.Package // packages of the module that cells have imported, by path
	files map[string]flatFile          // of them, by name
	ctx   context.Context              // of the running cell

	names atomic.Pointer[[]string]
	known atomic.Pointer[known] // what assists in writing cells
}

// New returns an empty session.
func New(options Options) (*Session, error) {
	if options.Library == nil {
		return nil, errors.New("interp: Options.Library is nil: want the packages that cells may import")
	}
	if options.Stdout == nil {
		options.Stdout = os.Stdout
	}
	if options.Stderr == nil {
		options.Stderr = os.Stderr
	}
	fset := token.NewFileSet()
	s := &Session{
		options: options, fset: fset, importer: packages.NewImporter(options.Library, fset), prelude: map[string]string{},
		imports: map[string]string{}, current: map[string]*entity{}, versions: map[string]int{},
		copies: map[string]*entity{}, faces: map[string]*face{},
		flat: map[string]*packages.Package{}, files: map[string]flatFile{},
	}
	for name, path := range options.Prelude {
		if s.importer.Has(path) {
			s.prelude[name] = path
		}
	}
	s.names.Store(&[]string{})
	var err error
	s.machine, err = run.New(run.Config{
		Library: options.Library, Importer: s.importer,
		Stdout: options.Stdout, Stderr: options.Stderr, Print: options.Print, PrintErr: options.PrintErr,
	})
	if err == nil {
		err = s.addContext()
	}
	if err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	return s, nil
}

// contextVar is the variable that holds the context of the running cell, and
// contextType its type as the interpreter knows it.
const (
	contextVar  = "ctx"
	contextType = "p_context.Context"
)

// addContext declares ctx for the type checker. It is no variable of the
// interpreter: each use asks the session for the context of the running cell.
func (s *Session) addContext() error {
	c, err := readCell(s, split.NewSource(0, "var "+contextVar+" p_context.Context"))
	if err != nil {
		return err
	}
	c.aliases["context"] = true
	if err := c.check(); err != nil {
		return err
	}
	if err := c.keep(); err != nil {
		return err
	}
	s.context = c.declared[contextVar]
	s.commit(c)
	return nil
}

// Run executes a cell and returns the values of its last expression, none when
// it has no value to show. count numbers the cell in messages. When ctx is
// cancelled Run returns as soon as the cell's code has stopped, with ctx's error
// in err's chain; what the cell did until then stays. An error is an *Error.
func (s *Session) Run(ctx context.Context, count int, code string) ([]any, error) {
	s.running.Lock()
	defer s.running.Unlock()
	s.ctx = ctx
	defer func() { s.ctx = nil }()
	src := split.NewSource(count, code)
	c, program, err := s.compile(src)
	if err != nil {
		return nil, reject(src, err)
	}
	s.commit(c)
	if program == nil {
		return nil, nil
	}
	return s.execute(ctx, c.Source, program)
}

// execute runs what compile returned.
func (s *Session) execute(ctx context.Context, src split.Source, program *run.Program) ([]any, error) {
	values, err := s.machine.Execute(ctx, program)
	if err != nil {
		return values, s.failed(src, err)
	}
	return values, nil
}

// compile takes a cell through all steps up to the interpreter's program; nil if
// there is nothing to run.
func (s *Session) compile(src split.Source) (c *cell, program *run.Program, err error) {
	return s.compileWith(func() (*cell, error) { return readCell(s, src) })
}

// compileWith is compile for what read reads.
func (s *Session) compileWith(read func() (*cell, error)) (c *cell, program *run.Program, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("interp: this cell is beyond the session: %v", v)
		}
	}()
	c, program, err = s.compileCell(read, true)
	if errors.Is(err, errSignature) {
		return s.compileCell(read, false)
	}
	return c, program, err
}

// compileCell compiles what read reads. sameTypes says that types which it declares as
// they are stay the same types.
func (s *Session) compileCell(read func() (*cell, error), sameTypes bool) (*cell, *run.Program, error) {
	c, err := read()
	if err != nil {
		return nil, nil, err
	}
	if sameTypes {
		c.keepSameTypes()
	}
	if len(c.decls) == 0 && len(c.body) == 0 {
		return c, nil, nil
	}
	if err := s.checkCell(c); err != nil {
		return nil, nil, err
	}
	out, err := c.emit()
	if err != nil {
		return nil, nil, err
	}
	program, err := s.machine.Load(out.text, out.imports)
	return c, program, err
}

// commit makes the cell's declarations those of the session.
func (s *Session) commit(c *cell) {
	for name, path := range c.imports {
		s.imports[name] = path
		delete(s.current, name)
	}
	s.dots = append(s.dots, c.dots...)
	for _, e := range c.order {
		switch {
		case strings.Contains(e.name, naming.TemporaryMark):
			continue
		case e.kind == methodEntity:
			if e.owner == nil {
				continue
			}
			e.owner.methods[e.name] = e
		case strings.Contains(e.name, naming.CopyMark): // found through its origin
		case strings.Contains(e.name, naming.LiftMark): // no cell can name it
		default:
			s.current[e.name] = e
		}
		s.entities = append(s.entities, e)
	}
	for k, e := range c.copies {
		s.copies[k] = e
		if e.origin != nil {
			e.origin.instances = append(e.origin.instances, e)
		} else {
			s.standard = append(s.standard, e)
		}
	}
	if e := s.current[contextVar]; e == nil || e.typ == contextType {
		s.current[contextVar] = s.context // declared by a cell, it is that cell's alone
	}
	maps.Copy(s.faces, c.faces)
	for k, text := range c.slots {
		k.owner.slots[k.name] = text
	}
	s.sweep()
	s.publish()
	s.learn(c)
}

// publish updates what Names returns.
func (s *Session) publish() {
	names := make([]string, 0, len(s.current))
	for name, e := range s.current {
		if name != "main" && e != s.context && !naming.IsFlat(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	s.names.Store(&names)
}

// IsComplete says whether code can run as it stands: "complete", "incomplete"
// with the indent of the next line, or "invalid". It looks only at the syntax
// and may be called while a cell runs.
func (s *Session) IsComplete(code string) (status, indent string) { return split.Status(code) }

// Names lists the variables, constants, functions and types that the cells have
// declared, sorted.
func (s *Session) Names() []string { return slices.Clone(*s.names.Load()) }

// temporary makes a name that no cell has.
func (s *Session) temporary(base string) string {
	s.temporaries++
	return fmt.Sprintf("%s%s%d", base, naming.TemporaryMark, s.temporaries)
}

// nextVersion counts the declarations of a name, those of rejected cells too:
// yaegi may have seen some of them.
func (s *Session) nextVersion(key string) int {
	s.versions[key]++
	return s.versions[key]
}
