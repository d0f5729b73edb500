package syntax

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"
	"strings"
)

// Constant writes a constant; floats with the precision of float64.
func Constant(v constant.Value) ast.Expr {
	switch v.Kind() {
	case constant.Int:
		return signed(v.ExactString(), token.INT)
	case constant.Float:
		f, _ := constant.Float64Val(v)
		s := strconv.FormatFloat(f, 'g', -1, 64)
		if !strings.ContainsAny(s, ".eEn") {
			s += ".0"
		}
		return signed(s, token.FLOAT)
	case constant.String:
		return &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(constant.StringVal(v))}
	case constant.Bool:
		return ast.NewIdent(v.String())
	}
	return &ast.CallExpr{Fun: ast.NewIdent("complex"), Args: []ast.Expr{
		Constant(constant.ToFloat(constant.Real(v))), Constant(constant.ToFloat(constant.Imag(v))),
	}}
}

func signed(digits string, kind token.Token) ast.Expr {
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		return &ast.ParenExpr{X: &ast.UnaryExpr{Op: token.SUB, X: &ast.BasicLit{Kind: kind, Value: rest}}}
	}
	return &ast.BasicLit{Kind: kind, Value: digits}
}

// ExactConstant writes a constant without loss.
func ExactConstant(v constant.Value) ast.Expr {
	if v.Kind() == constant.Float {
		num, den := constant.Num(v), constant.Denom(v)
		if num.Kind() == constant.Int && den.Kind() == constant.Int {
			if s := den.ExactString(); s != "1" {
				return &ast.BinaryExpr{X: floatOf(num.ExactString()), Op: token.QUO, Y: floatOf(s)}
			}
			return floatOf(num.ExactString())
		}
	}
	return Constant(v)
}

func floatOf(digits string) ast.Expr {
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		return &ast.ParenExpr{X: &ast.UnaryExpr{Op: token.SUB, X: floatOf(rest)}}
	}
	return &ast.BasicLit{Kind: token.FLOAT, Value: digits + ".0"}
}
