//go:build unix && !linux

package engine

import (
	"errors"
	"os"
)

// canNotice reports whether this system tells what threads wait for.
func canNotice() bool { return false }

func readsInput() bool { return false }

func pipeToInput() (*os.File, error) { return nil, errors.ErrUnsupported }

func inputIsEmpty() bool { return false }
