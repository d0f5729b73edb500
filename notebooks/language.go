package notebooks

import (
	"fmt"
	"strings"

	"crossbook/kernel"
)

// CheckGo returns an error that names the other kernel when the notebook was
// written for another language than Go. A notebook that says nothing passes.
func (nb *Notebook) CheckGo() error {
	language := nb.Metadata.text("language_info", "name")
	if language == "" {
		language = nb.Metadata.text("kernelspec", "language")
	}
	name := nb.Metadata.text("kernelspec", "name")
	if language == "" && !strings.HasPrefix(name, "crossbook") {
		language = name
	}
	if language == "" || strings.EqualFold(language, "go") {
		return nil
	}
	shown := nb.Metadata.text("kernelspec", "display_name")
	if shown == "" {
		shown = name
	}
	if shown == "" {
		shown = "?"
	}
	return fmt.Errorf("written for the kernel %q (language %s), not for Go; run it as Go all the same by -force", shown, language)
}

// stamp fills in what a kernel tells a front end about its language, and which
// program ran the notebook.
func (nb *Notebook) stamp(info kernel.Info) {
	if nb.Metadata == nil {
		nb.Metadata = Metadata{}
	}
	if nb.CheckGo() != nil || nb.Metadata.text("kernelspec", "name") == "" {
		nb.Metadata["kernelspec"] = map[string]any{
			"display_name": "Go (Crossbook)", "language": "go", "name": "crossbook",
		}
	}
	nb.Metadata["language_info"] = map[string]any{
		"codemirror_mode":    info.CodeMirrorMode,
		"file_extension":     info.FileExtension,
		"mimetype":           info.MIMEType,
		"name":               info.Name,
		"nbconvert_exporter": "script",
		"pygments_lexer":     info.PygmentsLexer,
		"version":            info.Version,
	}
	nb.Metadata["crossbook"] = environment()
}
