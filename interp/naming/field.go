package naming

import (
	"fmt"
	"strconv"
	"strings"
)

// Blank begins the names of fields without one.
const Blank = "blank__"

// Recursive is the field of the struct that stands for a type which is made of itself
// without a struct between.
const Recursive = "Recursive__"

// BlankField is the name of a field without one at a place of its struct.
func BlankField(place int) string { return fmt.Sprint(Blank, place) }

// HideTag is the tag, which was another, of an unexported field: yaegi exports it
// under another name, and encoders must not see it.
func HideTag(tag string) string { return strings.TrimSpace(`json:"-" xml:"-" ` + tag) }

// EmbedKey is in the tag of an embedded field, which yaegi makes an ordinary one, with the
// field's name: yaegi exports it under another.
const EmbedKey = "embedded"

// EmbedTag is the tag, which was another, of an embedded field of that name.
func EmbedTag(tag, name string) string {
	return strings.TrimSpace(tag + " " + EmbedKey + ":" + strconv.Quote(name))
}
