package texmath

import (
	"encoding/xml"
	"io"
	"regexp"
	"strings"
	"testing"
)

var annotation = regexp.MustCompile(`<annotation.*</annotation>`)

// body is the markup of a formula less what surrounds every formula.
func body(t *testing.T, tex string, display bool) string {
	t.Helper()
	markup, ok := MathML(tex, display)
	if !ok {
		t.Fatalf("MathML(%q) gave up", tex)
	}
	markup = annotation.ReplaceAllString(markup, "")
	_, markup, _ = strings.Cut(markup, "<semantics><mrow>")
	return strings.TrimSuffix(markup, "</mrow></semantics></math>")
}

func TestMathML(t *testing.T) {
	for _, c := range []struct{ tex, want string }{
		{"x", "<mi>x</mi>"},
		{"x_1", "<msub><mi>x</mi><mrow><mn>1</mn></mrow></msub>"},
		{"10^{-3}", "<msup><mn>10</mn><mrow><mrow><mo>−</mo><mn>3</mn></mrow></mrow></msup>"},
		{"x_i^2", "<msubsup><mi>x</mi><mrow><mi>i</mi></mrow><mrow><mn>2</mn></mrow></msubsup>"},
		{"f'", `<mrow><mi>f</mi><mo lspace="0" rspace="0">′</mo></mrow>`},
		{`\mu`, "<mi>μ</mi>"},
		{`a \times b`, "<mi>a</mi><mo>×</mo><mi>b</mi>"},
		{`a<b`, "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"},
		{`\frac{1}{2}`, "<mfrac><mrow><mrow><mn>1</mn></mrow></mrow><mrow><mrow><mn>2</mn></mrow></mrow></mfrac>"},
		{`\sqrt x`, "<msqrt><mrow><mi>x</mi></mrow></msqrt>"},
		{`\sqrt[3]{x}`, "<mroot><mrow><mrow><mi>x</mi></mrow></mrow><mrow><mn>3</mn></mrow></mroot>"},
		{`3.5\,\mathrm{nm}`, `<mn>3.5</mn><mspace width="0.17em"></mspace><mi mathvariant="normal">nm</mi>`},
		{`\mathbb{R}`, "<mi>ℝ</mi>"},
		{`\text{if } x`, "<mtext>if\u00a0</mtext><mi>x</mi>"},
		{`\hat{y}`, `<mover accent="true"><mrow><mrow><mi>y</mi></mrow></mrow><mo>^</mo></mover>`},
		{`80\,\%`, `<mn>80</mn><mspace width="0.17em"></mspace><mi>%</mi>`},
	} {
		if got := body(t, c.tex, false); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.tex, got, c.want)
		}
	}
}

// An argument without braces is a single character, also in a row of digits.
func TestShortArguments(t *testing.T) {
	want := "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>"
	if got := body(t, `\frac12`, false); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want = "<msup><mi>x</mi><mrow><mn>2</mn></mrow></msup><mn>3</mn>"
	if got := body(t, `x^23`, false); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// In a display the limits of a sum stand above and below, those of an integral
// beside it.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		tex     string
		display bool
		want    string
	}{
		{`\sum_i^n`, true, "<munderover>"},
		{`\sum_i^n`, false, "<msubsup>"},
		{`\int_0^1`, true, "<msubsup>"},
		{`\max_x`, true, "<munder>"},
		{`\lim_x`, true, "<munder>"},
		{`\ln_x`, true, "<msub>"},
		{`\log_2`, true, "<msub>"},
	} {
		if got := body(t, c.tex, c.display); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %s, want %s first", c.tex, got, c.want)
		}
	}
}

// Formulas as they stand in texts about crossbars: all must be understood.
func TestRealFormulas(t *testing.T) {
	for _, tex := range []string{
		`\Delta W = -\eta\, \delta_l\, x_{l-1}^{\mathsf{T}}`,
		`G(P) = B\left(1 - e^{-P/A}\right) + G_{\min}`,
		`B = \frac{G_{\max} - G_{\min}}{1 - e^{-P_{\max}/A}}`,
		`\delta_l = \left(B_l\, e\right) \odot f'(a_l)`,
		`\mathcal{L} = -\sum_{k=1}^{K} y_k \log \hat{y}_k`,
		`y = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}`,
		`\begin{aligned} a &= b + c \\ &= d \end{aligned}`,
		`\begin{bmatrix} g_{11} & g_{12} \\ g_{21} & g_{22} \end{bmatrix}`,
		`I_j = \sum_i G_{ij} V_i`, `10^{-3}\,\Omega`, `O(n^2)`, `\|x\|_2 \le 1`,
		`\nabla_\theta J`, `x \in [0, 1]`, `\{1, \ldots, n\}`, `\sigma^2 = \mathbb{E}\big[(x-\mu)^2\big]`,
		`\begin{equation} E = m c^2 \label{e} \end{equation}`, `\left. f \right|_{0}`, `2^{b}-1`,
	} {
		markup, ok := MathML(tex, true)
		if !ok {
			t.Errorf("gave up on %s", tex)
		}
		checkXML(t, markup)
	}
}

// What is not understood is left to the caller, not shown wrongly.
func TestGivesUp(t *testing.T) {
	for _, tex := range []string{
		``, ` `, `\unknown`, `{`, `}`, `x^`, `x^^2`, `x_a_b`, `\frac{1}`, `\left( x`, `a & b`, `a \\ b`,
		`\begin{tikzpicture}\end{tikzpicture}`, `\begin{cases} x`, `\begin{cases}x\end{matrix}`, `\`, `\sqrt[3`,
		`\text{a`, `\left x \right)`, strings.Repeat("{", 100) + strings.Repeat("}", 100), "\xff",
	} {
		if markup, ok := MathML(tex, true); ok {
			t.Errorf("MathML(%q) = %s, want to give up", tex, markup)
		}
	}
}

func checkXML(t *testing.T, markup string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(markup)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("not well formed: %v\n%s", err, markup)
		}
	}
}

func FuzzMathML(f *testing.F) {
	for _, tex := range []string{`x_1^{2}`, `\frac{a}{b}`, `\left(\begin{cases}a&b\\c\end{cases}\right)`, `\sqrt[3]{\mathbb R}`, `\text{<b>}`} {
		f.Add(tex)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		if markup, ok := MathML(tex, true); ok && !strings.ContainsFunc(tex, func(r rune) bool { return r < ' ' || r >= 0xfffe }) {
			checkXML(t, markup)
		}
	})
}
