package syntax

import (
	"go/types"

	"crossbook/interp/naming"
)

// Qualifier writes the names of packages in types.
func Qualifier(p *types.Package) string {
	if p.Path() == naming.Main {
		return ""
	}
	return p.Name()
}

// TypeText writes a type in at most a line's length; "" for one that the code
// does not tell yet.
func TypeText(t types.Type) string {
	const most = 160
	if t == types.Typ[types.Invalid] {
		return ""
	}
	return Shorten(types.TypeString(t, Qualifier), most)
}

// Shorten cuts a text to so many characters.
func Shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
