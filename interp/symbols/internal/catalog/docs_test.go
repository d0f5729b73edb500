package catalog

import (
	"maps"
	"testing"
)

func TestDocs(t *testing.T) {
	for _, docs := range []map[string]string{
		{},
		{"": "Package p does.", "T.M": "M has\n\ttwo lines.\n", "F": ""},
	} {
		if got := SplitDocs(JoinDocs(docs)); !maps.Equal(got, docs) {
			t.Errorf("SplitDocs(JoinDocs(%v)) = %v", docs, got)
		}
	}
}
