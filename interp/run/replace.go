package run

import (
	"fmt"
	"io"
	"os"
	"reflect"
)

// Exit is the panic by which os.Exit ends a cell instead of the process.
type Exit int

// Error says how the cell ended.
func (e Exit) Error() string { return fmt.Sprintf("os.Exit(%d)", int(e)) }

// replacements returns the symbols of a package that are the session's own: what
// prints goes to the session's files, what ends the process ends the cell, what
// sleeps can be interrupted.
func (p *support) replacements(path string) map[string]reflect.Value {
	switch path {
	case "fmt":
		return values(p.printing())
	case "log":
		return values(p.logging())
	case "os":
		out := values(map[string]any{"Exit": func(code int) { panic(Exit(code)) }})
		out["Stdout"] = reflect.ValueOf(&p.config.Stdout).Elem()
		out["Stderr"] = reflect.ValueOf(&p.config.Stderr).Elem()
		return out
	case "time":
		return values(map[string]any{"Sleep": p.sleep})
	case "encoding/json":
		return values(p.json())
	case "encoding/xml":
		return values(p.xml())
	}
	return nil
}

func values(functions map[string]any) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for name, f := range functions {
		out[name] = reflect.ValueOf(f)
	}
	return out
}

// printing is the functions of package fmt that format: they print the session's
// types as Go prints them.
func (p *support) printing() map[string]any {
	list, form := p.texts.Args, p.form
	return map[string]any{
		"Print":    func(v ...any) (int, error) { return writeValues(p.stdout(), list(v)) },
		"Println":  func(v ...any) (int, error) { return fmt.Fprintln(p.stdout(), list(v)...) },
		"Sprint":   func(v ...any) string { return fmt.Sprint(list(v)...) },
		"Sprintln": func(v ...any) string { return fmt.Sprintln(list(v)...) },
		"Fprint":   func(w io.Writer, v ...any) (int, error) { return writeValues(p.printer(w), list(v)) },
		"Fprintln": func(w io.Writer, v ...any) (int, error) { return fmt.Fprintln(p.printer(w), list(v)...) },
		"Append":   func(b []byte, v ...any) []byte { return fmt.Append(b, list(v)...) },
		"Appendln": func(b []byte, v ...any) []byte { return fmt.Appendln(b, list(v)...) },
		"Printf": func(format string, v ...any) (int, error) {
			format, v = form(format, v)
			return fmt.Fprintf(p.stdout(), format, v...)
		},
		"Sprintf": func(format string, v ...any) string {
			format, v = form(format, v)
			return fmt.Sprintf(format, v...)
		},
		"Fprintf": func(w io.Writer, format string, v ...any) (int, error) {
			format, v = form(format, v)
			return fmt.Fprintf(p.printer(w), format, v...)
		},
		"Appendf": func(b []byte, format string, v ...any) []byte {
			format, v = form(format, v)
			return fmt.Appendf(b, format, v...)
		},
		"Errorf": func(format string, v ...any) error {
			format, v = form(format, v)
			return fmt.Errorf(format, v...)
		},
	}
}

// form prepares a format and its arguments for package fmt.
func (p *support) form(format string, v []any) (string, []any) {
	format, v = p.texts.Form(format, v)
	return format, p.texts.FormatArgs(format, v)
}

// writeValues is fmt.Fprint, without a copy of a text that is printed alone.
func writeValues(w io.Writer, values []any) (int, error) {
	if len(values) == 1 {
		if text, ok := values[0].(string); ok {
			return io.WriteString(w, text)
		}
	}
	return fmt.Fprint(w, values...)
}

func (p *support) stdout() io.Writer {
	if p.config.Print != nil && p.files[0] == p.process[0] {
		return p.printer(os.Stdout) // which a cell may have put another file into
	}
	return p.printer(p.config.Stdout)
}

func (p *support) stderr() io.Writer {
	if p.config.PrintErr != nil && p.files[1] == p.process[1] {
		return p.printer(os.Stderr)
	}
	return p.printer(p.config.Stderr)
}

// printer is the writer that stands in for one of the session's files; all others
// stand for themselves.
func (p *support) printer(w io.Writer) io.Writer {
	switch file, _ := w.(*os.File); {
	case file == nil:
	case file == p.files[0] && p.config.Print != nil:
		return p.config.Print
	case file == p.files[1] && p.config.PrintErr != nil:
		return p.config.PrintErr
	}
	return w
}
