package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := write("logos"); err != nil {
		fmt.Fprintln(os.Stderr, "logo:", err)
		os.Exit(1)
	}
}

// write draws all files of the kernelspec into a folder.
func write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, size := range []int{32, 64} {
		data, err := encode(raster(size))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("logo-%dx%d.png", size, size)), data, 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(folder, "logo-svg.svg"), svg(), 0o644)
}
