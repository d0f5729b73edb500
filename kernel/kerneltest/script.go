package kerneltest

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"crossbook/kernel"
)

// session is what the commands of one script share.
type session struct {
	client *Client
	last   Answer
}

type sessionKey struct{}

// Setup returns a testscript setup that gives every script a kernel of its own
// over the interpreter that start returns.
func Setup(start func() (kernel.Interpreter, error)) func(*testscript.Env) error {
	return func(env *testscript.Env) error {
		interpreter, err := start()
		if err != nil {
			return err
		}
		server, err := kernel.Listen(Loopback(), interpreter)
		if err != nil {
			return err
		}
		stop := run(server)
		env.Defer(func() { stop() })
		client, err := Dial(server.Connection())
		if err != nil {
			return err
		}
		env.Defer(client.Close)
		env.Values[sessionKey{}] = &session{client: client}
		return nil
	}
}

// Commands returns the commands of a script of cells:
//
//	cell FILE              run the cell in the file; ! cell: it must end with an error
//	result PATTERN         match the text of the last cell's result; ! result: no match
//	display PATTERN        match the text of one of its displays
//	mime TYPE [PATTERN]    match one of its outputs of the MIME type
//	error PATTERN          match "name: value" of its error, or a line of the traceback
//
// What the cell printed is matched by testscript's own stdout and stderr.
func Commands() map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	return map[string]func(ts *testscript.TestScript, neg bool, args []string){
		"cell":    runCell,
		"result":  matchResult,
		"display": matchDisplay,
		"mime":    matchMIME,
		"error":   matchError,
	}
}

func runCell(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] cell FILE")
	}
	s := ts.Value(sessionKey{}).(*session)
	answer, err := s.client.Execute(ts.ReadFile(args[0]))
	ts.Check(err)
	s.last = answer
	fmt.Fprint(ts.Stdout(), answer.Text("stdout"))
	fmt.Fprint(ts.Stderr(), answer.Text("stderr"))
	switch message := answer.Failure(); {
	case message != "" && !neg:
		ts.Fatalf("cell failed: %s\n%s", message, strings.Join(answer.traceback(), "\n"))
	case message == "" && neg:
		ts.Fatalf("cell succeeded, an error was expected")
	}
}

func matchResult(ts *testscript.TestScript, neg bool, args []string) {
	match(ts, neg, args, lastAnswer(ts).plain("execute_result"))
}

func matchDisplay(ts *testscript.TestScript, neg bool, args []string) {
	a := lastAnswer(ts)
	match(ts, neg, args, append(a.plain("display_data"), a.plain("update_display_data")...))
}

func matchMIME(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: [!] mime TYPE [PATTERN]")
	}
	if len(args) == 1 {
		args = append(args, "")
	}
	match(ts, neg, args[1:], lastAnswer(ts).outputs(args[0]))
}

func matchError(ts *testscript.TestScript, neg bool, args []string) {
	a := lastAnswer(ts)
	match(ts, neg, args, append([]string{a.Failure()}, a.traceback()...))
}

func lastAnswer(ts *testscript.TestScript) Answer {
	return ts.Value(sessionKey{}).(*session).last
}

// match demands that one of the texts, or none with neg, matches the pattern.
func match(ts *testscript.TestScript, neg bool, args, texts []string) {
	ts.Check(matchText(neg, args, texts))
}

func matchText(neg bool, args, texts []string) error {
	if len(args) != 1 {
		return errors.New("want one pattern")
	}
	pattern, err := regexp.Compile("(?m)" + args[0])
	if err != nil {
		return err
	}
	found := false
	for _, t := range texts {
		found = found || pattern.MatchString(t)
	}
	if found == neg {
		return fmt.Errorf("pattern %q: match %v in %q", args[0], found, texts)
	}
	return nil
}

// traceback returns the lines of the reply's error, without colours.
func (a Answer) traceback() []string {
	var f struct {
		Traceback []string `json:"traceback"`
	}
	if a.Reply.Decode(&f) != nil {
		return nil
	}
	for i, line := range f.Traceback {
		f.Traceback[i] = colours.ReplaceAllString(line, "")
	}
	return f.Traceback
}

// colours are the escape sequences of colours.
var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// plain returns the text of the messages of the type.
func (a Answer) plain(msgType string) []string {
	return ofMIME(a.Bundles(msgType), "text/plain")
}

// outputs returns the data of one MIME type in all outputs.
func (a Answer) outputs(mime string) []string {
	var all []string
	for _, msgType := range []string{"execute_result", "display_data", "update_display_data"} {
		all = append(all, ofMIME(a.Bundles(msgType), mime)...)
	}
	return all
}

// ofMIME picks one MIME type out of bundles; what is not text is written as JSON.
func ofMIME(bundles []map[string]any, mime string) []string {
	var all []string
	for _, b := range bundles {
		switch v := b[mime].(type) {
		case nil:
		case string:
			all = append(all, v)
		default:
			text, _ := json.Marshal(v)
			all = append(all, string(text))
		}
	}
	return all
}
