package interp

import (
	"fmt"
	"log"
	"os"
	"reflect"
)

// exitStatus is the panic by which os.Exit ends a cell instead of the process.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("os.Exit(%d)", int(e)) }

// fatal is log.Fatal: the message, then the end of the cell.
func (p *support) fatal(l *log.Logger, msg string) {
	const callDepth = 2
	if err := l.Output(callDepth, msg); err != nil {
		panic(err)
	}
	panic(exitStatus(1))
}

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
		out := values(map[string]any{"Exit": func(code int) { panic(exitStatus(code)) }})
		out["Stdout"] = reflect.ValueOf(&p.session.options.Stdout).Elem()
		out["Stderr"] = reflect.ValueOf(&p.session.options.Stderr).Elem()
		return out
	case "time":
		return values(map[string]any{"Sleep": p.sleep})
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

func (p *support) printing() map[string]any {
	out := p.session.options.Stdout
	if out == os.Stdout {
		return nil
	}
	return map[string]any{
		"Print":   func(v ...any) (int, error) { return fmt.Fprint(out, v...) },
		"Printf":  func(form string, v ...any) (int, error) { return fmt.Fprintf(out, form, v...) },
		"Println": func(v ...any) (int, error) { return fmt.Fprintln(out, v...) },
	}
}

func (p *support) logging() map[string]any {
	l := p.logger
	return map[string]any{
		"Fatal":     func(v ...any) { p.fatal(l, fmt.Sprint(v...)) },
		"Fatalf":    func(form string, v ...any) { p.fatal(l, fmt.Sprintf(form, v...)) },
		"Fatalln":   func(v ...any) { p.fatal(l, fmt.Sprintln(v...)) },
		"Default":   func() *log.Logger { return l },
		"Flags":     l.Flags,
		"Output":    l.Output,
		"Panic":     l.Panic,
		"Panicf":    l.Panicf,
		"Panicln":   l.Panicln,
		"Prefix":    l.Prefix,
		"Print":     l.Print,
		"Printf":    l.Printf,
		"Println":   l.Println,
		"SetFlags":  l.SetFlags,
		"SetOutput": l.SetOutput,
		"SetPrefix": l.SetPrefix,
		"Writer":    l.Writer,
	}
}
