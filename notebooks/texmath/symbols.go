package texmath

import "strings"

// letters are the commands that stand for an identifier.
var letters = table(`
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ
vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ
sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
infty ∞ partial ∂ nabla ∇ hbar ℏ ell ℓ Re ℜ Im ℑ emptyset ∅ varnothing ∅ aleph ℵ
degree ° circ ∘ top ⊤ bot ⊥ % % $ $ # # _ _ ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱
`)

// signs are the commands that stand for an operator, a relation or a fence.
var signs = table(`
times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ bullet ∙ odot ⊙ oplus ⊕ otimes ⊗
leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝
ll ≪ gg ≫ lesssim ≲ gtrsim ≳ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇
cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨
to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ longrightarrow ⟶ uparrow ↑ downarrow ↓
mid ∣ parallel ∥ perp ⟂ angle ∠ therefore ∴ because ∵ colon :
{ { } } lbrace { rbrace } | ‖ Vert ‖ lVert ‖ rVert ‖ vert | lvert | rvert |
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ & & prime ′ dagger † backslash \
`)

// bigSigns take limits.
var bigSigns = table(`
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂
`)

// functions are set upright; their names are what is shown.
var functions = func() map[string]string {
	names := map[string]string{}
	for _, name := range strings.Fields(`sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh
		coth exp log ln lg max min sup inf lim arg det dim ker gcd Pr deg`) {
		names[name] = name
	}
	names["limsup"], names["liminf"] = "lim sup", "lim inf"
	return names
}()

// limitWords are the functions whose subscript stands below in a display.
var limitWords = map[string]bool{
	"max": true, "min": true, "sup": true, "inf": true, "lim": true, "limsup": true, "liminf": true,
	"det": true, "gcd": true, "Pr": true,
}

var spaces = map[string]string{
	",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "!": "-0.17em", " ": "0.33em",
	"\n": "0.33em", "quad": "1em", "qquad": "2em", "thinspace": "0.17em",
}

var accents = table(`
hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → overrightarrow → dot ˙ ddot ¨ check ˇ
`)

var fonts = map[string]func(*parser) string{
	"text": font(prose), "textrm": font(prose), "mbox": font(prose),
	"mathrm": font(upright), "operatorname": font(upright), "mathsf": font(upright),
	"mathit": font(prose), "mathbf": font(bold), "boldsymbol": font(bold), "textbf": font(bold),
	"mathbb":  font(alphabet('𝔸', "CℂHℍNℕPℙQℚRℝZℤ")),
	"mathcal": font(alphabet('𝒜', "BℬEℰFℱHℋIℐLℒMℳRℛ")),
}

// environment is how a table is fenced and its columns aligned.
type environment struct{ open, close, align string }

var environments = map[string]environment{
	"matrix": {"", "", "c"}, "pmatrix": {"(", ")", "c"}, "bmatrix": {"[", "]", "c"},
	"vmatrix": {"|", "|", "c"}, "Bmatrix": {"{", "}", "c"}, "array": {"", "", "c"},
	"cases": {"{", "", "l"}, "aligned": {"", "", "rl"}, "align": {"", "", "rl"}, "align*": {"", "", "rl"},
	"split": {"", "", "rl"}, "gather": {"", "", "c"}, "gather*": {"", "", "c"}, "gathered": {"", "", "c"},
	"equation": {"", "", "c"}, "equation*": {"", "", "c"},
}

// table makes a map of a list of names and symbols.
func table(list string) map[string]string {
	words := strings.Fields(list)
	pairs := make(map[string]string, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		pairs[words[i]] = words[i+1]
	}
	return pairs
}
