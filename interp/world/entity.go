package world

import (
	"fmt"
	"go/ast"
	"go/types"

	"crossbook/interp/split"
)

// Kind is what a declaration declares.
type Kind int

// Kinds of declarations.
const (
	Var Kind = iota
	Const
	Func
	Type
	Method
)

// Entity is something that a cell declared. The newest of a name has that name
// in later cells; an older one lives on under another name as long as something
// refers to it, say a variable of a type that was declared anew since.
type Entity struct {
	Name    string // as typed
	Kind    Kind
	Version int
	Check   string // name in the checked world
	Emit    string // name in the interpreter
	Typ     string // of a variable: its type as the interpreter knows it

	Tag    string // of a struct type: what marks it at run time
	Source string // of a type: its declaration as typed

	Owner   *Entity            // of a method: the receiver's type
	Methods map[string]*Entity // of a type, the newest of each name
	Slots   map[string]string  // of a type: signatures of the methods that the interpreter has

	Generic   bool      // has type parameters
	Origin    *Entity   // of a copy of a generic declaration: that declaration
	Instance  *Instance // of a copy of a generic type
	instances []*Entity // copies of a generic declaration

	Kept *Kept // what later cells are checked against
	Body *Body // of a function or method: its source, to compile it again
}

// ShadowName is the name of an entity in the checked world once another has
// taken its own.
func (e *Entity) ShadowName() string { return fmt.Sprintf("%s__s%d", e.Name, e.Version) }

// Declarations lists all forms of an entity's declaration that the session keeps.
func (e *Entity) Declarations() []*Kept {
	var out []*Kept
	if e.Kept != nil {
		out = append(out, e.Kept)
	}
	if e.Instance != nil {
		out = append(out, e.Instance.Alias)
	}
	return out
}

// Kept is the declaration of an entity as later cells are checked against it:
// types, signatures, values of constants, but no function bodies.
type Kept struct {
	Tree    ast.Decl
	Refs    []Reference
	Imports map[string]bool // paths of the packages that it mentions

	Predeclared []*ast.Ident // in Tree
}

// Instance is what a copy of a generic type stands for.
type Instance struct {
	Alias *Kept      // declares the copy as another name of it
	Args  []ast.Expr // its type arguments in Alias
	Text  string     // it as the interpreter would know it, if it knew instances
}

// Reference is an identifier that stands for an entity and follows its name.
type Reference struct {
	Ident *ast.Ident
	To    *Entity
}

// Body is the source of a function, for compiling it again when something that
// it uses is declared anew.
type Body struct {
	Src   split.Source
	Chunk split.Chunk
	Uses  map[*Entity]bool
}

// FirstLine returns the line of its cell on which the function begins.
func (b *Body) FirstLine() int {
	line, _ := b.Src.Place(b.Chunk.Start)
	return line
}

// HasLine tells whether a line of its cell is one of the function.
func (b *Body) HasLine(line int) bool {
	last, _ := b.Src.Place(b.Chunk.End)
	return line >= b.FirstLine() && line <= last
}

// Face is an interface to which cells assert, in a form that later cells can find.
type Face struct {
	Entity     *Entity          // of a cell
	Path, Name string           // of a compiled package; no path: predeclared
	Literal    *types.Interface // without a name, and without types of the session
}
