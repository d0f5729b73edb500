// Package texmath translates the TeX mathematics of notebooks into MathML,
// which browsers draw by themselves: no script, no font, no network.
//
// It knows what prose about devices and training needs: Greek and the common
// symbols, sub- and superscripts, fractions, roots, sums and integrals with
// limits, accents, fences, upright and bold text, matrices, cases and aligned
// equations. Anything else is reported, so that the caller can show the source
// instead of a wrong formula.
package texmath
