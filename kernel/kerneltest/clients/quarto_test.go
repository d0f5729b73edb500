package clients

import (
	"os"
	"strings"
	"testing"

	"crossbook/kernel"
	"crossbook/kernel/engine"
	"crossbook/kernel/kerneltest"
)

// TestQuartoSetupCell runs the cell that Quarto finds beside kernel.json: it is
// silent, and tells a document's cells what the document says of its figures.
func TestQuartoSetupCell(t *testing.T) {
	source, err := os.ReadFile("../../../install/quarto/quarto_setup_cell")
	if err != nil {
		t.Fatal(err)
	}
	interpreter, err := engine.New(engine.Options{
		Command: []string{binary, "engine"},
		Env:     append(os.Environ(), "QUARTO_FIG_WIDTH=6.5", "QUARTO_FIG_HEIGHT=5", "QUARTO_FIG_DPI="),
		Info:    kernel.Info{Name: "go", FileExtension: ".go"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { interpreter.Close() })
	_, client := kerneltest.Start(t, interpreter)
	if shown := execute(t, client, string(source)); shown != "" {
		t.Errorf("it shows %q", shown)
	}
	if shown := execute(t, client, "fmt.Sprint(quarto.FigWidth, quarto.FigHeight, quarto.FigDPI)"); !strings.Contains(shown, "6.5 5 0") {
		t.Errorf("quarto is %s", shown)
	}
}
