package naming

import (
	"go/token"
	"go/types"
	"strings"
)

// predeclaredMark is in the second name of everything predeclared.
const predeclaredMark = "__u0"

// PredeclaredNames lists the names of the predeclared types and constants.
var PredeclaredNames []string

// A cell may take the names of predeclared types and constants, as error := 0.1 does.
// What earlier cells declared goes on with second names, which no cell can take.
func init() {
	for _, name := range types.Universe.Names() {
		switch o := types.Universe.Lookup(name).(type) {
		case *types.TypeName:
			types.Universe.Insert(types.NewTypeName(token.NoPos, nil, name+predeclaredMark, o.Type()))
			PredeclaredNames = append(PredeclaredNames, name)
		case *types.Const:
			if name == "iota" { // no constant by itself
				continue
			}
			types.Universe.Insert(types.NewConst(token.NoPos, nil, name+predeclaredMark, o.Type(), o.Val()))
			PredeclaredNames = append(PredeclaredNames, name)
		}
	}
}

// Predeclared returns one of the two names of what is predeclared, given any of them:
// the second if a cell has taken the first. Functions, iota and nil have no second one.
func Predeclared(name string, taken func(name string) bool) string {
	name = strings.TrimSuffix(name, predeclaredMark)
	if second := name + predeclaredMark; taken(name) && types.Universe.Lookup(second) != nil {
		return second
	}
	return name
}
