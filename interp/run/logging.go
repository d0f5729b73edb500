package run

import (
	"fmt"
	"log"
)

// logging is the functions of package log: they print the session's types as Go prints
// them, and what ends the process ends the cell.
func (p *support) logging() map[string]any {
	l := p.logger
	return map[string]any{
		"Default": func() *log.Logger { return l }, "Flags": l.Flags, "Output": l.Output, "Prefix": l.Prefix,
		"SetFlags": l.SetFlags, "SetOutput": l.SetOutput, "SetPrefix": l.SetPrefix, "Writer": l.Writer,

		"Print":   func(v ...any) { l.Print(p.sprint(v)) },
		"Printf":  func(form string, v ...any) { l.Print(p.sprintf(form, v)) },
		"Println": func(v ...any) { l.Print(p.sprintln(v)) },
		"Panic":   func(v ...any) { l.Panic(p.sprint(v)) },
		"Panicf":  func(form string, v ...any) { l.Panic(p.sprintf(form, v)) },
		"Panicln": func(v ...any) { l.Panic(p.sprintln(v)) },
		"Fatal":   func(v ...any) { p.fatal(l, p.sprint(v)) },
		"Fatalf":  func(form string, v ...any) { p.fatal(l, p.sprintf(form, v)) },
		"Fatalln": func(v ...any) { p.fatal(l, p.sprintln(v)) },
	}
}

// loggers is the methods of a logger in the same way.
func (p *support) loggers() map[string]any {
	return map[string]any{
		"LoggerPrint":   func(l *log.Logger, v ...any) { l.Print(p.sprint(v)) },
		"LoggerPrintf":  func(l *log.Logger, form string, v ...any) { l.Print(p.sprintf(form, v)) },
		"LoggerPrintln": func(l *log.Logger, v ...any) { l.Print(p.sprintln(v)) },
		"LoggerPanic":   func(l *log.Logger, v ...any) { l.Panic(p.sprint(v)) },
		"LoggerPanicf":  func(l *log.Logger, form string, v ...any) { l.Panic(p.sprintf(form, v)) },
		"LoggerPanicln": func(l *log.Logger, v ...any) { l.Panic(p.sprintln(v)) },
		"LoggerFatal":   func(l *log.Logger, v ...any) { p.fatal(l, p.sprint(v)) },
		"LoggerFatalf":  func(l *log.Logger, form string, v ...any) { p.fatal(l, p.sprintf(form, v)) },
		"LoggerFatalln": func(l *log.Logger, v ...any) { p.fatal(l, p.sprintln(v)) },
	}
}

func (p *support) sprint(v []any) string { return fmt.Sprint(p.texts.Args(v)...) }

func (p *support) sprintln(v []any) string { return fmt.Sprintln(p.texts.Args(v)...) }

func (p *support) sprintf(format string, v []any) string {
	format, v = p.form(format, v)
	return fmt.Sprintf(format, v...)
}

// fatal is log.Fatal: the message, then the end of the cell.
func (p *support) fatal(l *log.Logger, msg string) {
	const callDepth = 2
	if err := l.Output(callDepth, msg); err != nil {
		panic(err)
	}
	panic(Exit(1))
}
