package transport

import "time"

// Limits bounds what a peer may do. The zero value is the default, which no
// honest Jupyter client meets.
type Limits struct {
	Handshake  time.Duration // time to complete it; 0 means 3 s
	Handshakes int           // in progress at once; one more cuts the oldest off; 0 means 256
	Message    int64         // bytes of one message, all frames together; 0 means 256 MiB
	Frames     int           // frames of one message; 0 means 1,024
	Queue      int           // bytes that may wait for a client that does not read; 0 means 64 MiB
	Patience   time.Duration // time after which a client that takes nothing does not read; 0 means 2 s
	Linger     time.Duration // time to send what is queued at Close; 0 means 1 s
}

// orDefault fills in the values that 0 stands for.
func (l Limits) orDefault() Limits {
	l.Handshake = or(l.Handshake, 3*time.Second)
	l.Handshakes = or(l.Handshakes, 256)
	l.Message = or(l.Message, 256<<20)
	l.Frames = or(l.Frames, 1024)
	l.Queue = or(l.Queue, 64<<20)
	l.Patience = or(l.Patience, 2*time.Second)
	l.Linger = or(l.Linger, time.Second)
	return l
}

func or[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}
