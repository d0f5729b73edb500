package value

import (
	"reflect"
	"strconv"
	"strings"

	"crossbook/interp/naming"
)

// plainFields writes the fields of a struct without a name, in the text of its type, as the
// cell has them.
func plainFields(text string) string {
	var fields []string
	for rest := text; rest != ""; {
		field := firstField(rest)
		rest = strings.TrimPrefix(rest[len(field):], ";")
		fields = append(fields, plainField(strings.TrimSpace(field)))
	}
	return strings.Join(fields, "; ")
}

// plainField takes from a field what the session added: a tag that says that it is embedded
// or hidden, and the name by which yaegi exports it.
func plainField(field string) string {
	i := strings.LastIndexByte(field, '}') + 1 // quotes before are of types in the field
	begin := strings.Index(field[i:], ` "`)
	if begin < 0 {
		return field
	}
	begin += i
	tag, err := strconv.Unquote(field[begin+1:])
	if err != nil {
		return field
	}
	name, typ, named := strings.Cut(field[:begin], " ")
	if _, embedded := reflect.StructTag(tag).Lookup(naming.EmbedKey); embedded {
		tag = strings.TrimSpace(tag[:strings.LastIndex(tag, naming.EmbedKey+":")])
		if named && !strings.HasPrefix(typ, "{") {
			name, typ = typ, ""
		}
	}
	if shown, hidden := strings.CutPrefix(tag, naming.HideTag("")); hidden {
		tag, name = strings.TrimSpace(shown), strings.TrimPrefix(name, "X")
	}
	if typ != "" {
		name += " " + typ
	}
	if tag != "" {
		name += " " + strconv.Quote(tag)
	}
	return name
}
