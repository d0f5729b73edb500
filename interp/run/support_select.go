package run

import (
	"reflect"

	"crossbook/interp/value"
)

// choose is select over channels: for each case a channel, whether the case
// sends, and a pointer to what it sends or to where it receives. It returns the
// number of the chosen case, -1 for the default or an interrupt, and whether a
// value was received.
func (p *support) choose(hasDefault bool, args ...any) (chosen int, received bool) {
	const perCase = 3
	cases := make([]reflect.SelectCase, 0, len(args)/perCase+1)
	for i := 0; i < len(args); i += perCase {
		c := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: channelOf(args[i])}
		if value.Plain(args[i+1]).(bool) {
			c.Dir = reflect.SelectSend
			if c.Chan.IsValid() {
				c.Send = reflect.ValueOf(value.Plain(args[i+2])).Elem()
			}
		}
		cases = append(cases, c)
	}
	last := reflect.SelectCase{Dir: reflect.SelectDefault}
	if !hasDefault {
		last = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(p.interruption())}
	}
	chosen, v, ok := reflect.Select(append(cases, last))
	if chosen == len(cases) {
		return -1, false
	}
	if cases[chosen].Dir == reflect.SelectRecv {
		reflect.ValueOf(value.Plain(args[chosen*perCase+2])).Elem().Set(v)
	}
	return chosen, ok
}

// channelOf returns a channel, the zero Value for a nil one.
func channelOf(v any) reflect.Value {
	c := reflect.ValueOf(value.Plain(v))
	if !c.IsValid() || c.IsNil() {
		return reflect.Value{}
	}
	return c
}
