// Package circuit has the circuits that a compute-in-memory chip is built from,
// each a small value: what it is made with, the room it is laid out for and how
// many of what. Its methods say what it takes up ([Size]), what doing something
// once costs ([Action]: latency and energy) and what it leaks when idle. A chip is
// counts of such actions times their prices.
//
// The equations are those of NeuroSim: P.-Y. Chen, X. Peng and S. Yu, "NeuroSim:
// a circuit-level macro model for benchmarking neuro-inspired architectures in
// online learning", IEEE Trans. CAD 37(12), 2018, and X. Peng, S. Huang, H. Jiang,
// A. Lu and S. Yu, "DNN+NeuroSim V2.0", IEEE Trans. CAD 40(11), 2021:
//
//	gate        C = (Cideal + Coverlap + Cfringe) W
//	on          R = factor Vdd / (Ion W)
//	stage       t = τ (ln² 0.5 + α/2)^½, α = 1/(ramp τ)    (Horowitz)
//	line        τ = R (Cown + Cline) + Rline Cline / 2
//	switching   E = C Vdd²
//	idle        P = share of patterns that leak · Ioff W Vdd
//
// Widths fold into the height of their row; with fins (below 22 nm) they are
// whole fins. [Kit.Reference] selects DNN+NeuroSim V2.1's arithmetic instead,
// which reproduces it to 1e-9; the file DIFFERENCES.md of package cost lists where
// it differs from the default and why.
//
// Numbers in here are plain SI; only what a caller adds up has a type of
// package units.
package circuit
