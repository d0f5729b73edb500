package interp

import (
	"fmt"
	"go/ast"

	"crossbook/interp/split"
)

// entityKind is what a declaration declares.
type entityKind int

const (
	varEntity entityKind = iota
	constEntity
	funcEntity
	typeEntity
	methodEntity
)

// entity is something that a cell declared. The newest of a name has that name
// in later cells; an older one lives on under another name as long as something
// refers to it, say a variable of a type that was declared anew since.
type entity struct {
	name    string // as typed
	kind    entityKind
	version int
	check   string // name in the checked world
	emit    string // name in the interpreter
	typ     string // of a variable: its type as the interpreter knows it

	tag    string // of a struct type: what marks it at run time
	source string // of a type: its declaration as typed

	owner   *entity            // of a method: the receiver's type
	methods map[string]*entity // of a type, the newest of each name
	slots   map[string]string  // of a type: signatures of the methods that the interpreter has

	generic   bool      // has type parameters
	origin    *entity   // of a copy of a generic declaration: that declaration
	instances []*entity // copies of a generic declaration

	kept *kept // what later cells are checked against
	body *body // of a function or method: its source, to compile it again
}

// shadowName is the name of an entity in the checked world once another has
// taken its own.
func (e *entity) shadowName() string { return fmt.Sprintf("%s__s%d", e.name, e.version) }

// kept is the declaration of an entity as later cells are checked against it:
// types, signatures, values of constants, but no function bodies.
type kept struct {
	tree    ast.Decl
	refs    []reference
	imports map[string]bool // paths of the packages that it mentions
}

// reference is an identifier that stands for an entity and follows its name.
type reference struct {
	ident *ast.Ident
	to    *entity
}

// body is the source of a function, for compiling it again when something that
// it uses is declared anew.
type body struct {
	src   split.Source
	chunk split.Chunk
	uses  map[*entity]bool
}
