// Package notebooks reads, runs and writes Jupyter notebooks without Jupyter:
// files of nbformat 4, a headless runner over a [kernel.Interpreter], and pages
// of HTML that need nothing else.
//
// A notebook's cell with the tag "parameters" declares Go variables; [Main]'s
// flags -p and -f set them, checked against their declarations, by a cell with
// the tag "injected-parameters" as papermill does. Cells run in the notebook's
// folder. [CheckMain] runs notebooks again and compares ([Compare]) what they
// show with what they hold.
//
// A notebook that Jupyter saved and this package reads and writes stays the
// same to the byte. A run is reproducible to the byte too, as far as its cells
// are: no times are stored unless asked for, and of a progress bar only its
// last, timeless state.
package notebooks
