package architecture

import (
	"os/exec"
	"strings"
	"testing"
)

// mayImport says for each package which others of the project it stands on; "*"
// is all. Arrows point down only.
var mayImport = map[string]string{
	// Leaves on which kernel, interpreter and simulator agree.
	"kernel/display": "",
	"kernel/nearest": "",
	"kernel/version": "",

	// The simulator, from the bottom up.
	"neurosim/rng":                         "neurosim/internal/simd",
	"neurosim/internal/check":              "",
	"neurosim/internal/parallel":           "",
	"neurosim/internal/strict":             "",
	"neurosim/internal/npz":                "",
	"neurosim/internal/oracle":             "",
	"neurosim/internal/simd":               "neurosim/internal/parallel",
	"neurosim/dataset":                     "kernel/display neurosim/rng neurosim/internal/npz",
	"neurosim/dataset/internal/makesample": "neurosim/dataset",
	"neurosim/device":                      "neurosim/rng " + inside,
	"neurosim/array":                       "neurosim/rng neurosim/device " + inside,
	"neurosim/nn":                          "neurosim/rng neurosim/device neurosim/array " + inside,
	"neurosim/units":                       "",
	"neurosim/tech":                        "neurosim/units neurosim/internal/check",
	"neurosim/cost/circuit":                "neurosim/units neurosim/tech",
	"neurosim/cost":                        "neurosim/units neurosim/tech neurosim/cost/circuit neurosim/nn " + inside,
	"neurosim/train":                       "kernel/display neurosim/rng neurosim/device neurosim/array neurosim/nn neurosim/dataset " + inside,
	"neurosim/train/ruletest":              "neurosim/rng neurosim/device neurosim/nn neurosim/dataset neurosim/train " + inside,
	"neurosim":                             "kernel/display neurosim/rng neurosim/device neurosim/array neurosim/nn neurosim/dataset neurosim/train neurosim/cost " + inside,
	"neurosim/figures":                     "neurosim/rng neurosim/device neurosim/array neurosim/nn neurosim/dataset neurosim/train " + inside,

	// Sweeps of experiments.
	"neurosim/sweep/table":             "",
	"neurosim/sweep/runner":            "neurosim neurosim/train " + inside,
	"neurosim/sweep/runner/runnertest": "neurosim neurosim/nn neurosim/dataset neurosim/train neurosim/sweep/runner",
	"neurosim/sweep/parquet":           "neurosim/sweep/table",
	"neurosim/sweep/store":             "neurosim neurosim/train neurosim/sweep/runner neurosim/sweep/table neurosim/sweep/parquet",
	"neurosim/sweep/store/storetest":   "neurosim neurosim/nn neurosim/dataset neurosim/device neurosim/train neurosim/sweep/runner",
	"neurosim/sweep": "kernel/display kernel/nearest neurosim neurosim/rng neurosim/device neurosim/nn neurosim/dataset neurosim/train neurosim/cost " +
		"neurosim/sweep/table neurosim/sweep/runner neurosim/sweep/store " + inside,

	// Figures draw what satisfies their interfaces; they know no simulator.
	"plots": "",

	// The kernel knows the language only through its Interpreter.
	"kernel/wire":               "",
	"kernel/transport":          "",
	"kernel/history":            "",
	"kernel":                    "kernel/display kernel/history kernel/wire kernel/transport kernel/version",
	"kernel/engine":             "kernel kernel/display",
	"kernel/kerneltest":         "kernel kernel/display kernel/wire kernel/transport",
	"kernel/kerneltest/clients": "kernel kernel/engine kernel/kerneltest",
	"kernel/kerneltest/figures": "kernel/kerneltest kernel/wire kernel/transport",

	// The interpreter knows no Jupyter; only its symbols import everything.
	"interp/naming":         "",
	"interp/split":          "",
	"interp/syntax":         "interp/naming",
	"interp/packages":       "interp/naming interp/syntax kernel/nearest",
	"interp/world":          "interp/naming interp/packages interp/split",
	"interp/cell":           "interp/naming interp/split interp/syntax interp/world",
	"interp/check":          "interp/cell interp/naming interp/syntax interp/world",
	"interp/generics":       "interp/check interp/naming interp/syntax interp/world",
	"interp/value":          "interp/naming",
	"interp/lower":          "interp/cell interp/check interp/naming interp/syntax interp/value interp/world",
	"interp/emit":           "interp/lower interp/naming",
	"interp/compiled/wire":  "",
	"interp/compiled/child": "interp/compiled/wire",
	"interp/compiled":       "interp/compiled/child interp/compiled/wire",
	"interp/run":            "interp/compiled interp/compiled/wire interp/naming interp/packages interp/value",
	"interp/assist":         "interp/check interp/naming interp/packages interp/split interp/syntax interp/value interp/world",
	"interp/native":         "interp/check interp/compiled interp/compiled/wire interp/naming interp/packages interp/run interp/split interp/syntax interp/world",
	"interp": "interp/assist interp/cell interp/check interp/compiled interp/emit interp/generics interp/lower interp/naming interp/native interp/packages " +
		"interp/run interp/split interp/value interp/world",
	"interp/symbols":                  "*",
	"interp/symbols/internal/api":     "interp/symbols/internal/catalog",
	"interp/symbols/internal/catalog": "",
	"interp/symbols/internal/gen":     "interp/symbols/internal/api interp/symbols/internal/catalog",

	"notebooks":         "kernel kernel/display kernel/version notebooks/texmath",
	"notebooks/texmath": "",
	"install":           "kernel kernel/display kernel/version kernel/wire",
	"install/logo":      "",
	"":                  "*",
}

// inside are the simulator's own tools.
const inside = "neurosim/internal/check neurosim/internal/npz neurosim/internal/parallel neurosim/internal/simd neurosim/internal/strict"

func TestImportsPointDownOnly(t *testing.T) {
	for path, imports := range projectImports(t) {
		allowed, known := mayImport[path]
		if !known {
			t.Errorf("package crossbook/%s has no place in the architecture yet: give it one in imports_test.go", path)
		}
		if allowed == "*" {
			continue
		}
		for _, target := range imports {
			if !contains(strings.Fields(allowed), target) {
				t.Errorf("crossbook/%s must not import crossbook/%s (may: %q)", path, target, allowed)
			}
		}
	}
}

// forbidden names third-party trees that a part must never reach, directly or not.
var forbidden = []struct{ part, tree, because string }{
	{"kernel", "github.com/traefik/yaegi", "the kernel knows the language only through Interpreter"},
	{"kernel/engine", "github.com/traefik/yaegi", "the engine runs any Session"},
	{"interp", "github.com/go-zeromq", "the interpreter knows no Jupyter"},
	{"neurosim", "gonum.org/v1/plot", "results are drawn by plots, not by the simulator"},
	{"neurosim", "github.com/go-zeromq", "the simulator is a library without a kernel"},
	{"plots", "github.com/traefik/yaegi", "figures are a library without an interpreter"},
	{"kernel/display", "github.com", "what cells, kernel and simulator share stands on the standard library alone"},
}

func TestForbiddenDependencies(t *testing.T) {
	for _, rule := range forbidden {
		for _, dep := range dependencies(t, rule.part) {
			if strings.HasPrefix(dep, rule.tree) {
				t.Errorf("crossbook/%s depends on %s, but %s", rule.part, dep, rule.because)
			}
		}
	}
}

// projectImports maps each package, relative to the module, to the project's
// packages that it imports outside tests.
func projectImports(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	for _, line := range goList(t, `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		fields := strings.Fields(line)
		path := relative(fields[0])
		imports[path] = nil
		for _, target := range fields[1:] {
			if target == "crossbook" || strings.HasPrefix(target, "crossbook/") {
				imports[path] = append(imports[path], relative(target))
			}
		}
	}
	return imports
}

func relative(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, "crossbook"), "/")
}

func dependencies(t *testing.T, part string) []string {
	t.Helper()
	return goList(t, `{{join .Deps "\n"}}`, "./"+part)
}

func goList(t *testing.T, format, pattern string) []string {
	t.Helper()
	command := exec.Command("go", "list", "-f", format, pattern)
	command.Dir = root(t)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("go list %s: %v\n%s", pattern, err, out)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func contains(list []string, item string) bool {
	for _, other := range list {
		if other == item {
			return true
		}
	}
	return false
}
