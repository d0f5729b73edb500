package notebooks

import (
	"strings"
	"testing"
)

func TestCheckGo(t *testing.T) {
	for _, c := range []struct{ metadata, want string }{
		{`{}`, ""},
		{`{"kernelspec":{"name":"crossbook","display_name":"Go (Crossbook)","language":"go"}}`, ""},
		{`{"kernelspec":{"name":"crossbook-dev","display_name":"x"}}`, ""},
		{`{"kernelspec":{"name":"gonb","display_name":"Go (gonb)","language":"go"},"language_info":{"name":"go"}}`, ""},
		{`{"kernelspec":{"name":"any","display_name":"x"},"language_info":{"name":"Go"}}`, ""},
		{`{"kernelspec":{"name":"python3","display_name":"Python 3","language":"python"}}`, `the kernel "Python 3" (language python), not for Go`},
		{`{"kernelspec":{"name":"ir","display_name":"R"}}`, `the kernel "R" (language ir)`},
		{`{"language_info":{"name":"julia"}}`, `(language julia)`},
	} {
		nb, err := Parse([]byte(`{"cells":[],"metadata":` + c.metadata + `,"nbformat":4,"nbformat_minor":5}`))
		if err != nil {
			t.Fatal(err)
		}
		err = nb.CheckGo()
		if (err == nil) != (c.want == "") || err != nil && (!strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "-force")) {
			t.Errorf("%s: error %v, want %q", c.metadata, err, c.want)
		}
	}
}
