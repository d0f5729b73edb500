package notebooks

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// maxImage bounds a picture file that is put into a page.
const maxImage = 32 << 20

// imageTypes are the pictures a browser shows without running anything.
var imageTypes = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/svg+xml": true,
}

var dataImage = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+$`)

// findImage returns the data address of a picture that prose names: an
// attachment of the cell, a file in the notebook's folder or below, or one that
// is inside the text already. It returns "" for anything else.
func findImage(folder, address string, cell *Cell) string {
	if name, ok := strings.CutPrefix(address, "attachment:"); ok {
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		return attachedImage(cell, name)
	}
	if dataImage.MatchString(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || folder == "" {
		return ""
	}
	return imageFile(folder, filepath.FromSlash(u.Path))
}

func attachedImage(cell *Cell, name string) string {
	bundle, _ := cell.Attachments[name].(map[string]any)
	for mime := range imageTypes {
		if data, ok := bundle[mime].(string); ok {
			return imageAddress(mime, data)
		}
	}
	return ""
}

// imageFile reads a picture; the root keeps the path inside the folder.
func imageFile(folder, path string) string {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return ""
	}
	defer root.Close()
	file, err := root.Open(filepath.Clean(path))
	if err != nil {
		return ""
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxImage+1))
	if err != nil || len(data) > maxImage {
		return ""
	}
	mime := http.DetectContentType(data)
	if strings.EqualFold(filepath.Ext(path), ".svg") {
		return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(data)
	}
	if !imageTypes[mime] {
		return ""
	}
	return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// imageAddress is the data address of a picture in a MIME bundle, where SVG is
// text and the others are base64. Inside an img element SVG runs no script and
// fetches nothing.
func imageAddress(mime, data string) string {
	if mime == "image/svg+xml" {
		return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString([]byte(data))
	}
	address := "data:" + mime + ";base64," + strings.Join(strings.Fields(data), "")
	if !dataImage.MatchString(address) {
		return ""
	}
	return address
}
