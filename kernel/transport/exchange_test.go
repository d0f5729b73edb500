package transport

import (
	"context"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestExchange(t *testing.T) {
	l := echo(t, Options{})
	answer, err := Exchange(t.Context(), "tcp", l.Addr().String(), [][]byte{[]byte("a"), nil, []byte("b")})
	if err != nil || len(answer) != 3 || string(answer[0]) != "a" || string(answer[2]) != "b" {
		t.Errorf("%q, %v", answer, err)
	}
}

// TestExchangeWaitsForAListener that is not there yet, but not for ever.
func TestExchangeWaitsForAListener(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	answered := make(chan error, 1)
	go func() {
		_, err := Exchange(t.Context(), "unix", path, [][]byte{[]byte("a")})
		answered <- err
	}()
	time.Sleep(2 * dialEvery) // it has tried in vain
	echoAt(t, "unix", path, Options{})
	if err := <-answered; err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*dialEvery)
	defer cancel()
	if _, err := Exchange(ctx, "unix", path+"-nobody", nil); err == nil {
		t.Error("nobody answered, and no error")
	}
}

// TestExchangeWithAHostilePeer ends with an error, whatever comes.
func TestExchangeWithAHostilePeer(t *testing.T) {
	router := peer{socket: "ROUTER"}.handshake()
	for name, c := range map[string]struct {
		sends []byte
		want  string
	}{
		"noise":          {[]byte(strings.Repeat("HTTP", 30)), "not ZMTP"},
		"end":            {greeting[:10], "EOF"},
		"wrong socket":   {peer{socket: "PUB"}.handshake(), `"PUB", want a ROUTER`},
		"broken READY":   {badHandshakes["value too long"], "broken property"},
		"absurd length":  {append(router[:len(router):len(router)], 2, 0x40, 0, 0, 0, 0, 0, 0, 0), "want at most"},
		"endless frames": {append(router[:len(router):len(router)], []byte(strings.Repeat("\x01\x00", 100))...), "too many frames"},
		"silence":        {nil, "deadline exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				_, _ = conn.Write(c.sends)
				if c.want == "EOF" {
					// Not Close: with the client's greeting unread it
					// would reset the connection instead of ending it.
					_ = conn.(*net.TCPConn).CloseWrite()
				}
				_, _ = io.Copy(io.Discard, conn) // holds it open
			}()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err = Exchange(ctx, "tcp", l.Addr().String(), [][]byte{[]byte("x")})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
