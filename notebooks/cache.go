package notebooks

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// cacheAge is how long an entry of the cache lives after its last use.
const cacheAge = 30 * 24 * time.Hour

// cacheKey identifies what a run computes: the code with its parameters, the
// program that runs it, and the folder in which it runs.
func cacheKey(j *job) (string, error) {
	program, err := programHash()
	if err != nil {
		return "", err
	}
	folder, err := filepath.Abs(filepath.Dir(j.input))
	if err != nil {
		return "", fmt.Errorf("notebooks: cache: %w", err)
	}
	parts := []any{program, folder, j.runner.AllowErrors}
	for _, c := range j.nb.Cells {
		if c.Type == Code {
			parts = append(parts, c.Source, c.HasTag("raises-exception"))
		}
	}
	text, err := json.Marshal(parts)
	if err != nil {
		return "", fmt.Errorf("notebooks: cache: %w", err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(text)), nil
}

// programHash is the SHA-256 of the running binary, which holds the
// interpreter, the simulator and the figures.
func programHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("notebooks: cache: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("notebooks: cache: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", fmt.Errorf("notebooks: cache: %w", err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}

// cacheFile is the place of an entry: a notebook of the code cells that ran.
func cacheFile(key string) (string, error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("notebooks: cache: %w", err)
	}
	return filepath.Join(folder, "crossbook", "runs", key+".ipynb"), nil
}

// recall fills in the outputs of an earlier run, when there was one; with
// timings only when it noted its times. An entry that cannot be read is none.
func recall(key string, nb *Notebook, timings bool) bool {
	path, err := cacheFile(key)
	if err != nil {
		return false
	}
	old, err := ReadFile(path)
	if err != nil {
		return false
	}
	ran, cells := old.code(), nb.code()
	if len(ran) != len(cells) || timings && old.Metadata.text("crossbook", "started") == "" {
		return false
	}
	for i, c := range cells {
		c.Count, c.Outputs = ran[i].Count, ran[i].Outputs
		delete(c.Metadata, "execution")
		if times, has := ran[i].Metadata["execution"]; has && timings {
			c.Metadata["execution"] = times
		}
	}
	for _, key := range []string{"kernelspec", "language_info", "crossbook"} {
		nb.Metadata[key] = old.Metadata[key]
	}
	if !timings {
		nb.Metadata["crossbook"] = environment()
	}
	now := time.Now()
	_ = os.Chtimes(path, now, now) // it stays for another while
	return true
}

// remember keeps the outputs of a run, and drops entries that nobody used for
// long.
func remember(key string, nb *Notebook) error {
	path, err := cacheFile(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("notebooks: cache: %w", err)
	}
	kept := &Notebook{Metadata: nb.Metadata}
	for _, c := range nb.code() {
		kept.Cells = append(kept.Cells, *c)
	}
	return errors.Join(kept.WriteFile(path), prune(filepath.Dir(path), time.Now().Add(-cacheAge)))
}

// prune removes the entries of a cache that were last used before a time.
func prune(folder string, before time.Time) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("notebooks: cache: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasSuffix(e.Name(), ".ipynb") && info.ModTime().Before(before) {
			_ = os.Remove(filepath.Join(folder, e.Name())) // another process may have been first
		}
	}
	return nil
}

// code returns the code cells.
func (nb *Notebook) code() []*Cell {
	var cells []*Cell
	for i := range nb.Cells {
		if nb.Cells[i].Type == Code {
			cells = append(cells, &nb.Cells[i])
		}
	}
	return cells
}
