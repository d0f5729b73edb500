package store

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// verb is a command below crossbook store.
type verb struct {
	name, arguments, summary string
	run                      func(c *call) error
}

// verbs is set in init, as help prints it.
var verbs []verb

func init() {
	verbs = []verb{
		{"ls", "[KEY]", "list the results, or those whose key begins so", list},
		{"show", "KEY", "show the results whose key begins so, with all settings and epochs", show},
		{"sql", "QUESTION", "ask in SQL: tables runs, epochs, settings", ask},
		{"gc", "", "delete results that no run would find again: those of other versions", clean},
		{"export", "", "write all results with their settings as CSV or Parquet", export},
		{"salvage", "DAMAGED NEW", "copy the good results of a damaged file into a new one", salvage},
	}
}

// call is one use of a verb.
type call struct {
	out  io.Writer
	args []string

	store   string
	csv     bool
	days    float64
	failed  bool
	dry     bool
	exports string
}

// Main is the subcommand store.
func Main(args []string) error { return run(args, os.Stdout, os.Stderr) }

func run(args []string, out, help io.Writer) error {
	if len(args) == 0 {
		usage(help)
		return errors.New("store: which command?")
	}
	name := args[0]
	if name == "-h" || name == "-help" || name == "--help" || name == "help" {
		usage(out)
		return flag.ErrHelp
	}
	for _, v := range verbs {
		if v.name == name {
			return v.carryOut(args[1:], out, help)
		}
	}
	usage(help)
	return fmt.Errorf("store: there is no command %q", name)
}

func usage(out io.Writer) {
	fmt.Fprintf(out, "usage: crossbook store COMMAND [flags]; crossbook store COMMAND -h tells its flags\n\nLooks into the file of results of a project, %s.\n\n", DefaultFile)
	for _, v := range verbs {
		fmt.Fprintf(out, "  %-21s %s\n", strings.TrimSpace(v.name+" "+v.arguments), v.summary)
	}
}

// carryOut reads the flags, which may stand before and after the arguments.
func (v verb) carryOut(args []string, out, help io.Writer) error {
	c := &call{out: out}
	set := flag.NewFlagSet("store "+v.name, flag.ContinueOnError)
	set.SetOutput(help)
	set.Usage = func() {
		fmt.Fprintf(help, "usage: crossbook store %s\n\n%s.\n\n", strings.TrimSpace(v.name+" [flags] "+v.arguments), capital(v.summary))
		set.PrintDefaults()
	}
	v.flags(c, set)
	for rest := args; ; {
		if err := set.Parse(rest); err != nil {
			return err
		}
		if set.NArg() == 0 {
			break
		}
		c.args, rest = append(c.args, set.Arg(0)), set.Args()[1:]
	}
	most := len(strings.Fields(v.arguments))
	if len(c.args) > most {
		return fmt.Errorf("store: %s takes no argument %q", v.name, c.args[most])
	}
	if least := len(strings.Fields(v.arguments)) - strings.Count(v.arguments, "["); len(c.args) < least {
		return fmt.Errorf("store: %s needs %s; see crossbook store %s -h", v.name, v.arguments, v.name)
	}
	return v.run(c)
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// flags declares those of the verb.
func (v verb) flags(c *call, set *flag.FlagSet) {
	if v.name != "salvage" {
		set.StringVar(&c.store, "store", DefaultFile, "the `FILE` of results")
	}
	switch v.name {
	case "ls", "sql":
		set.BoolVar(&c.csv, "csv", false, "print comma-separated values")
	case "gc":
		set.Float64Var(&c.days, "older", 0, "delete results of more than so many `DAYS` ago too (0: none)")
		set.BoolVar(&c.failed, "failed", false, "delete failed trainings too")
		set.BoolVar(&c.dry, "n", false, "delete nothing, only tell how many")
	case "export":
		set.StringVar(&c.exports, "o", "", "write to `FILE`.csv or FILE.parquet (default comma-separated values to the terminal)")
	}
}

// ask answers a question in SQL.
func ask(c *call) error { return c.answer(c.args[0]) }

// list tells a line a result.
func list(c *call) error {
	prefix := ""
	if len(c.args) > 0 {
		prefix = c.args[0]
	}
	return c.answer(`SELECT substr(key, 1, 12) AS key, created, rule, net, data, version, seed, epochs,
		round(accuracy, 2) AS "accuracy (%)", round(seconds, 3) AS "time (s)", error
		FROM runs WHERE substr(key, 1, length(?1)) = ?1 ORDER BY id`, prefix)
}

// answer prints what a query gives.
func (c *call) answer(question string, args ...any) error {
	t, err := Query(c.store, question, args...)
	if err != nil {
		return err
	}
	if c.csv {
		return t.WriteCSV(c.out)
	}
	_, err = fmt.Fprintln(c.out, t.Text())
	return err
}

// show prints results in full.
func show(c *call) (err error) {
	f, err := Read(c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	records, err := f.Records(c.args[0])
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return fmt.Errorf("store: %s has no result whose key begins with %q; crossbook store ls tells the keys", c.store, c.args[0])
	}
	for i, r := range records {
		if i > 0 {
			fmt.Fprintln(c.out)
		}
		settings, err := json.MarshalIndent(r.Outcome.Result.Experiment, "", "  ")
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		fmt.Fprintf(c.out, "key      %s\nkept     %s\ntook     %v\n", r.Key, r.Created.Format(time.RFC3339),
			time.Duration(r.Outcome.Seconds*float64(time.Second)).Round(time.Millisecond))
		if r.Outcome.Error != "" {
			fmt.Fprintf(c.out, "error    %s\n", r.Outcome.Error)
		}
		fmt.Fprintf(c.out, "settings %s\n%v\n", settings, r.Outcome.Result)
	}
	return nil
}

// clean deletes what is of no more use.
func clean(c *call) (err error) {
	if !(c.days >= 0) {
		return fmt.Errorf("store: -older: %g is not allowed; allowed: 0 days and more", c.days)
	}
	unused := Unused{Failed: c.failed, Count: c.dry}
	if c.days > 0 {
		unused.Before = time.Now().Add(-time.Duration(c.days * 24 * float64(time.Hour)))
	}
	if _, err := os.Stat(c.store); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	f, err := Open(c.store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	n, bytes, err := f.Clean(unused)
	if err != nil {
		return err
	}
	if c.dry {
		fmt.Fprintf(c.out, "%d results would go\n", n)
		return nil
	}
	fmt.Fprintf(c.out, "%d results deleted, %d KiB less\n", n, bytes>>10)
	return nil
}

// salvage copies good results into a new file.
func salvage(c *call) error {
	good, err := Salvage(c.args[0], c.args[1])
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%d results are in %s\n", good, c.args[1])
	return nil
}
