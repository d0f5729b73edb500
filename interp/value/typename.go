package value

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"crossbook/interp/naming"
)

// cellTag matches the tag by which the struct of a named type knows its name.
var cellTag = regexp.MustCompile(`cell:\\?"(\w+?)(__\w+)?\\?"`)

// typed is a type that shows itself by the name it has in the session.
type typed struct {
	reflect.Type
	title string
}

// String returns the name with its package, as that of any type.
func (t typed) String() string { return t.title }

// bare is the name of a type without its package; "" of one without a name.
func bare(title string) string {
	name, arguments, generic := strings.Cut(title, "[")
	if name = name[strings.LastIndexByte(name, '.')+1:]; generic && name != "" {
		name += "[" + arguments
	}
	if strings.HasPrefix(name, "struct {") {
		return ""
	}
	return name
}

// titleOf is the name of a type in the session, with its package.
func (p *Printer) titleOf(t reflect.Type, s *Shape) string {
	switch {
	case s == nil || t.Name() != "" && s.title == "":
		return plainTypes(t.String())
	case s.title != "":
		return s.title
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + p.titleOf(t.Elem(), s.elem())
	case reflect.Slice:
		return "[]" + p.titleOf(t.Elem(), s.elem())
	case reflect.Array:
		return fmt.Sprintf("[%d]", t.Len()) + p.titleOf(t.Elem(), s.elem())
	case reflect.Map:
		return "map[" + p.titleOf(t.Key(), s.key()) + "]" + p.titleOf(t.Elem(), s.elem())
	}
	return plainTypes(t.String())
}

// plainTypes writes the types of a session by their names in a text that has
// them as structs.
func plainTypes(text string) string {
	const begin = "struct { "
	for from := 0; ; {
		i := strings.Index(text[from:], begin)
		if i < 0 {
			return text
		}
		i += from
		end := closing(text, i+len(begin))
		fields := text[i+len(begin) : end-1]
		field := firstField(fields)
		name := cellTag.FindStringSubmatch(field[strings.LastIndexByte(field, '}')+1:]) // those before are of types in the field
		if name == nil {
			from = i + len(begin)
			text = text[:from] + plainFields(fields) + " " + text[end-1:]
			continue
		}
		text = text[:i] + titleOf(name[1], name[2]) + text[end:]
		text = strings.Replace(text, "unhashable type: main.", "unhashable type main.", 1)
	}
}

// titleOf is naming.TypeTitle for boxes too.
func titleOf(name, marks string) string {
	if title, ok := boxTitles.Load(marks); ok && name == boxMark {
		return title.(string)
	}
	return naming.TypeTitle(name, marks)
}

// closing returns the offset after the brace that closes the one before from.
func closing(text string, from int) int {
	depth := 1
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// firstField cuts the first field from the text of a struct type.
func firstField(text string) string {
	depth := 0
	for i, r := range text {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		case ';':
			if depth == 0 {
				return text[:i]
			}
		}
	}
	return text
}

// assertedToType matches yaegi's words for a failed assertion to a type.
var assertedToType = regexp.MustCompile(`^interface conversion: (.*) is not (.*?): missing method $`)

// conversionText gives Go's words for yaegi's.
func conversionText(text string) string {
	return assertedToType.ReplaceAllString(text, "interface conversion: interface {} is $1, not $2")
}

// NotImplemented panics because a value has not the methods of an interface.
func NotImplemented(v any, face, method string) {
	if v = Dynamic(v); v == nil {
		panic(ConversionError("interface conversion: interface is nil, not " + face))
	}
	text := "interface conversion: " + plainTypes(reflect.TypeOf(v).String()) + " is not " + face
	if method != "" {
		text += ": missing method " + method
	}
	panic(ConversionError(text))
}
