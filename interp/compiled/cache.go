package compiled

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// defaultLimit is the meaning of Limit 0.
const defaultLimit = 512 << 20

// workPrefix begins the names of folders in which programs are being built.
const workPrefix = "build-"

// abandoned is how old such a folder is when nobody builds in it any more.
const abandoned = time.Hour

func (b *Builder) folder() string {
	if b.Cache != "" {
		return b.Cache
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return filepath.Join(cache, "crossbook", "compiled")
}

// have tells whether a program is there, and notes that it is used.
func (b *Builder) have(file string) bool {
	now := time.Now()
	at, err := os.Stat(file)
	return err == nil && at.Mode().IsRegular() && os.Chtimes(file, now, now) == nil
}

// clean removes the programs that were not used for longest, as many as there is no
// room for beside the one at hand. What cannot be removed stays.
func (b *Builder) clean(except string) {
	entries, err := os.ReadDir(b.folder())
	if err != nil {
		return
	}
	var programs []fs.FileInfo
	total := int64(0)
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil:
		case info.IsDir():
			if strings.HasPrefix(e.Name(), workPrefix) && time.Since(info.ModTime()) > abandoned {
				_ = os.RemoveAll(filepath.Join(b.folder(), e.Name()))
			}
		default:
			programs = append(programs, info)
			total += info.Size()
		}
	}
	slices.SortFunc(programs, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, p := range programs {
		file := filepath.Join(b.folder(), p.Name())
		if total > cmp.Or(b.Limit, defaultLimit) && file != except && os.Remove(file) == nil {
			total -= p.Size()
		}
	}
}
