package run

import (
	"slices"
	"sync"
)

// implementers are the types that have told the session so.
type implementers struct {
	mu   sync.RWMutex
	list map[string][]implementer // by the key of the interface
}

type implementer struct {
	name string
	put  func(v, place any) bool // stores v in an interface if it is of the type
}

// add notes a type for an interface.
func (i *implementers) add(key, name string, put func(v, place any) bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.list == nil {
		i.list = map[string][]implementer{}
	}
	list := slices.DeleteFunc(slices.Clone(i.list[key]), func(old implementer) bool { return old.name == name })
	i.list[key] = append(list, implementer{name, put})
}

func (i *implementers) of(key string) []implementer {
	i.mu.RLock()
	defer i.mu.RUnlock()
	return i.list[key]
}

// later stores v in the interface at place, if a type of a later cell lets it.
func (p *support) later(key string, v, place any) bool {
	list := p.implementers.of(key)
	if len(list) == 0 {
		return false
	}
	if v = p.texts.Identified(v); v == nil {
		return false
	}
	for _, t := range list {
		if t.put(v, place) {
			return true
		}
	}
	return false
}
