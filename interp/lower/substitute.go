package lower

import (
	"go/ast"
	"go/types"
)

// substitutes are compiled methods that would block a cell against an interrupt, end
// the process or miss methods of the session's types, with the support function that
// stands for each. The receiver becomes its first argument.
var substitutes = map[string]string{
	"(*sync.WaitGroup).Wait": "Wait",
	"(*sync.Mutex).Lock":     "Lock",
	"(*sync.RWMutex).Lock":   "LockRW",
	"(*sync.RWMutex).RLock":  "RLock",

	"(*log.Logger).Print": "LoggerPrint", "(*log.Logger).Printf": "LoggerPrintf", "(*log.Logger).Println": "LoggerPrintln",
	"(*log.Logger).Panic": "LoggerPanic", "(*log.Logger).Panicf": "LoggerPanicf", "(*log.Logger).Panicln": "LoggerPanicln",
	"(*log.Logger).Fatal": "LoggerFatal", "(*log.Logger).Fatalf": "LoggerFatalf", "(*log.Logger).Fatalln": "LoggerFatalln",

	"(*encoding/json.Encoder).Encode": "EncodeJSON",
	"(*encoding/json.Decoder).Decode": "DecodeJSON",
	"(*encoding/xml.Encoder).Encode":  "EncodeXML",
	"(*encoding/gob.Encoder).Encode":  "EncodeGob",

	"(*text/template.Template).Execute":         "ExecuteText",
	"(*text/template.Template).ExecuteTemplate": "ExecuteTextNamed",
	"(*html/template.Template).Execute":         "ExecuteHTML",
	"(*html/template.Template).ExecuteTemplate": "ExecuteHTMLNamed",
}

func (l *lowerer) substitute(n *ast.CallExpr) ast.Node {
	sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	s := l.info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return nil
	}
	name := substitutes[s.Obj().(*types.Func).FullName()]
	if name == "" {
		return nil
	}
	var args []ast.Expr
	switch path, sig := s.Obj().Pkg().Path(), s.Obj().(*types.Func).Signature(); {
	case formatters[path] && !n.Ellipsis.IsValid():
		args = l.formatted(path, n.Args, fixedParams(sig))
	case formatters[path], keepers[path]:
		args = l.passed(n, sig)
	default:
		args = l.exprs(n.Args)
	}
	out := call(l.runtime(name), append([]ast.Expr{l.receiverPointer(sel, s)}, args...)...)
	out.Ellipsis = n.Ellipsis
	return out
}

// receiverPointer writes the address of the receiver of a promoted or direct
// method with a pointer receiver.
func (l *lowerer) receiverPointer(sel *ast.SelectorExpr, s *types.Selection) ast.Expr {
	x := l.expr(sel.X)
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		f := structOf(t).Field(i)
		x = selector(x, l.fieldName(f))
		t = f.Type()
	}
	if _, isPointer := t.Underlying().(*types.Pointer); isPointer {
		return x
	}
	return addressOf(x)
}

// structOf returns the struct below a type, through one pointer.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}
