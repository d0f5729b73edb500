package main

import (
	"log/slog"
	"os"
)

type plain struct{ A int }

func main() {
	h := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		return a
	}})
	sl := slog.New(h)
	sl.Info("msg", "n", 3, "p", plain{1}, slog.String("s", "t"))
	slog.SetDefault(sl)
	slog.With("a", 1).Error("x")
}
