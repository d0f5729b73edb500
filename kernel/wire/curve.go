package wire

import (
	"crypto/ecdh"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// z85 is the alphabet of ZeroMQ's keys as text, https://rfc.zeromq.org/spec/32.
const z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"

// decodeZ85 decodes a key of 32 bytes.
func decodeZ85(text string) (key [32]byte, err error) {
	if len(text) != len(key)/4*5 {
		return key, fmt.Errorf("%d characters, want %d of Z85", len(text), len(key)/4*5)
	}
	for i := range len(key) / 4 {
		var n uint64
		for _, digit := range []byte(text[5*i : 5*i+5]) {
			at := strings.IndexByte(z85, digit)
			if at < 0 {
				return key, fmt.Errorf("%q is no character of Z85", digit)
			}
			n = n*85 + uint64(at)
		}
		if n > 0xffffffff {
			return key, errors.New("not Z85")
		}
		binary.BigEndian.PutUint32(key[4*i:], uint32(n))
	}
	return key, nil
}

// CurveKeys returns the key pair by which the connection is encrypted, nil when it
// is not.
func (c Connection) CurveKeys() (public, secret *[32]byte, err error) {
	if c.CurvePublicKey == "" && c.CurveSecretKey == "" {
		return nil, nil, nil
	}
	p, err := decodeZ85(c.CurvePublicKey)
	if err != nil {
		return nil, nil, fmt.Errorf("curve_publickey: %w", err)
	}
	s, err := decodeZ85(c.CurveSecretKey)
	if err != nil {
		return nil, nil, fmt.Errorf("curve_secretkey: %w", err)
	}
	private, err := ecdh.X25519().NewPrivateKey(s[:])
	if err != nil {
		return nil, nil, fmt.Errorf("curve_secretkey: %w", err)
	}
	if [32]byte(private.PublicKey().Bytes()) != p {
		return nil, nil, errors.New("curve_publickey: not the other half of curve_secretkey")
	}
	return &p, &s, nil
}
