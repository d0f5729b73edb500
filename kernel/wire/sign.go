package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
)

// schemes are the signature schemes that a connection file may name.
var schemes = map[string]func() hash.Hash{
	"hmac-sha256": sha256.New,
	"hmac-sha512": sha512.New,
}

// schemeNames is what an error message lists.
const schemeNames = `"hmac-sha256" or "hmac-sha512"`

// Signer signs messages and checks signatures. The zero value signs nothing and
// accepts everything, as the protocol asks for an empty key.
type Signer struct {
	hash func() hash.Hash
	key  []byte
}

// NewSigner returns a signer for the scheme ("hmac-sha256", "hmac-sha512", "" for
// the first) and the key, of which an empty one means that nothing is signed.
func NewSigner(scheme, key string) (Signer, error) {
	if scheme == "" {
		scheme = "hmac-sha256"
	}
	h, ok := schemes[scheme]
	if !ok {
		return Signer{}, fmt.Errorf("kernel/wire: signature_scheme: %q, want %s", scheme, schemeNames)
	}
	if key == "" {
		return Signer{}, nil
	}
	return Signer{hash: h, key: []byte(key)}, nil
}

// sign returns the hexadecimal signature of the parts in their order; empty when
// nothing is signed.
func (s Signer) sign(parts ...[]byte) []byte {
	if s.hash == nil {
		return []byte{}
	}
	mac := hmac.New(s.hash, s.key)
	for _, p := range parts {
		mac.Write(p)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}

// valid says whether signature is that of the parts, in constant time.
func (s Signer) valid(signature []byte, parts ...[]byte) bool {
	return s.hash == nil || hmac.Equal(signature, s.sign(parts...))
}
