package interp_test

import (
	"bytes"
	_ "embed"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/gcexportdata"

	"crossbook/interp"
	"crossbook/interp/symbols"
	"crossbook/interp/testdata/lib"
)

// probeLibrary adds a package to the library, which the probes use.

type probeLibrary struct{ *symbols.Set }

const probePath = "crossbook/interp/testdata/lib"

//go:embed testdata/lib/lib.go
var probeSource string

func (l probeLibrary) Paths() []string {
	paths := append(l.Set.Paths(), probePath)
	slices.Sort(paths)
	return paths
}

func (l probeLibrary) Symbols(path string) map[string]reflect.Value {
	if path != probePath {
		return l.Set.Symbols(path)
	}
	return map[string]reflect.Value{
		"XYer": reflect.ValueOf((*lib.XYer)(nil)), "_XYer": reflect.ValueOf((*xyer)(nil)),
		"Plotter": reflect.ValueOf((*lib.Plotter)(nil)), "_Plotter": reflect.ValueOf((*plotter)(nil)),
		"Layer": reflect.ValueOf((*lib.Layer)(nil)), "_Layer": reflect.ValueOf((*layer)(nil)),
		"IDer": reflect.ValueOf((*lib.IDer)(nil)), "_IDer": reflect.ValueOf((*ider)(nil)),
		"Canvas": reflect.ValueOf((*lib.Canvas)(nil)), "Options": reflect.ValueOf((*lib.Options)(nil)),
		"Config": reflect.ValueOf((*lib.Config)(nil)), "Thing": reflect.ValueOf((*lib.Thing)(nil)),
		"Option": reflect.ValueOf((*lib.Option)(nil)), "Base": reflect.ValueOf((*lib.Base)(nil)),
		"Relu": reflect.ValueOf((*lib.Relu)(nil)), "Default": reflect.ValueOf(&lib.Default).Elem(),
		"ErrX": reflect.ValueOf(&lib.ErrX).Elem(),
		"Pi2":  reflect.ValueOf(constant.MakeFromLiteral("6.28", token.FLOAT, 0)),
		"Huge": reflect.ValueOf(constant.Shift(constant.MakeInt64(1), token.SHL, 100)),

		"SumXY": reflect.ValueOf(lib.SumXY), "IsNil": reflect.ValueOf(lib.IsNil), "Render": reflect.ValueOf(lib.Render),
		"MakePair": reflect.ValueOf(lib.MakePair), "NewThing": reflect.ValueOf(lib.NewThing), "UseID": reflect.ValueOf(lib.UseID),
		"Call": reflect.ValueOf(lib.Call), "CallN": reflect.ValueOf(lib.CallN), "InGoroutine": reflect.ValueOf(lib.InGoroutine),
		"PrintOut": reflect.ValueOf(lib.PrintOut), "ShowPlus": reflect.ValueOf(lib.ShowPlus), "Count": reflect.ValueOf(lib.Count),
		"Identity": reflect.ValueOf(lib.Identity), "Fail": reflect.ValueOf(lib.Fail), "TwoErr": reflect.ValueOf(lib.TwoErr),
		"Mutate": reflect.ValueOf(lib.Mutate), "SendTo": reflect.ValueOf(lib.SendTo), "Arr": reflect.ValueOf(lib.Arr),
		"RunLayers": reflect.ValueOf(lib.RunLayers), "NewLayer": reflect.ValueOf(lib.NewLayer),
	}
}

// ExportData type checks the package against the library.
func (l probeLibrary) ExportData(path string) ([]byte, error) {
	if path != probePath {
		return l.Set.ExportData(path)
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "lib.go", probeSource, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	config := types.Config{Importer: exportImporter{l.Set, map[string]*types.Package{}}}
	p, err := config.Check(probePath, fset, []*ast.File{f}, nil)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = gcexportdata.Write(&out, fset, p)
	return out.Bytes(), err
}

// Composed adds the wrappers of a Plotter with optional methods.
func (l probeLibrary) Composed(path string) map[string][]reflect.Type {
	if path != probePath {
		return l.Set.Composed(path)
	}
	return map[string][]reflect.Type{"Plotter": {reflect.TypeFor[plotterWithAll]()}}
}

// exportImporter reads the types of the library's packages.
type exportImporter struct {
	library interp.Library
	known   map[string]*types.Package
}

func (im exportImporter) Import(path string) (*types.Package, error) {
	data, err := im.library.ExportData(path)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(bytes.NewReader(data), token.NewFileSet(), im.known, path)
}

// Wrappers of interfaces in the form that the interpreter looks for.

type xyer struct {
	IValue any
	WLen   func() int
	WXY    func(int) (x, y float64)
}

func (w xyer) Len() int                { return w.WLen() }
func (w xyer) XY(i int) (x, y float64) { return w.WXY(i) }

type plotter struct {
	IValue any
	WPlot  func(*lib.Canvas)
}

func (w plotter) Plot(c *lib.Canvas) { w.WPlot(c) }

type plotterWithAll struct {
	IValue     any
	WPlot      func(*lib.Canvas)
	WThumbnail func() string
	WDataRange func() (lo, hi float64)
}

func (w plotterWithAll) Plot(c *lib.Canvas)          { w.WPlot(c) }
func (w plotterWithAll) Thumbnail() string           { return w.WThumbnail() }
func (w plotterWithAll) DataRange() (lo, hi float64) { return w.WDataRange() }

type layer struct {
	IValue    any
	WForward  func([]float64) []float64
	WBackward func([]float64) []float64
	WName     func() string
}

func (w layer) Forward(x []float64) []float64  { return w.WForward(x) }
func (w layer) Backward(g []float64) []float64 { return w.WBackward(g) }
func (w layer) Name() string                   { return w.WName() }

type ider struct {
	IValue any
	WGetID func() int
}

func (w ider) GetID() int { return w.WGetID() }
