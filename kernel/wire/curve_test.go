package wire

import (
	"encoding/hex"
	"strings"
	"testing"
)

// These are the test keys of ZeroMQ's own documentation, zmq_curve(7).
const (
	curvePublic = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
	curveSecret = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"
)

func TestCurveKeys(t *testing.T) {
	c := Connection{CurvePublicKey: curvePublic, CurveSecretKey: curveSecret}
	public, secret, err := c.CurveKeys()
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(public[:]); got != "bb88471d65e2659b30c55a5321cebb5aab2b70a398645c26dca2b2fcb43fc518" {
		t.Errorf("public key %s", got)
	}
	if got := hex.EncodeToString(secret[:]); got != "7bb864b489afa3671fbe69101f94b38972f24816dfb01b51656b3fec8dfd0888" {
		t.Errorf("secret key %s", got)
	}
	if public, secret, err := (Connection{}).CurveKeys(); public != nil || secret != nil || err != nil {
		t.Errorf("without keys: %v, %v, %v", public, secret, err)
	}
}

func TestCurveKeysErrors(t *testing.T) {
	for _, c := range []struct{ public, secret, want string }{
		{curvePublic, "", "curve_secretkey: 0 characters, want 40 of Z85"},
		{"", curveSecret, "curve_publickey: 0 characters"},
		{curvePublic, strings.Repeat("~", 40), "no character of Z85"},
		{curvePublic, strings.Repeat("#", 40), "curve_secretkey: not Z85"},
		{curvePublic, curvePublic, "not the other half"},
	} {
		if _, _, err := (Connection{CurvePublicKey: c.public, CurveSecretKey: c.secret}).CurveKeys(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q, %q: error %v, want %q", c.public, c.secret, err, c.want)
		}
	}
}
