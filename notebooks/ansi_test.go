package notebooks

import "testing"

func TestAnsiHTML(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a<b>&", "a&lt;b&gt;&amp;"},
		{"\x1b[31mred\x1b[0m x", `<span style="color:var(--ansi-1)">red</span> x`},
		{"\x1b[1;91;40mx\x1b[m", `<span style="color:var(--ansi-9);background:var(--ansi-0);font-weight:bold">x</span>`},
		{"\x1b[107mx", `<span style="background:var(--ansi-15)">x</span>`},
		{"\x1b[38;5;196mx", `<span style="color:rgb(255,0,0)">x</span>`},
		{"\x1b[38;5;3mx", `<span style="color:var(--ansi-3)">x</span>`},
		{"\x1b[48;5;255mx", `<span style="background:rgb(238,238,238)">x</span>`},
		{"\x1b[38;2;1;2;3mx\x1b[39my", `<span style="color:rgb(1,2,3)">x</span>y`},
		{"\x1b[4;3;2mx\x1b[24;23;22my", `<span style="opacity:.7;font-style:italic;text-decoration:underline">x</span>y`},
		{"\x1b[7mx\x1b[27my", `<span style="color:var(--paper);background:var(--ink)">x</span>y`},
		{"\x1b[7;31mx", `<span style="color:var(--paper);background:var(--ansi-1)">x</span>`},
		{"\x1b[38;5mx", "x"},
		{"\x1b[99999999999999999999mx", "x"},
		{"\x1b[2Ja\x1b]0;title\x07b\x1b[?25lc\x1bMd", "abcd"},
		{"10 %\r50 %\r100 %\nend\r\n", "100 %\nend\n"},
		{"done\r", "done"},
	} {
		if got := ansiHTML(c.text); got != c.want {
			t.Errorf("ansiHTML(%q)\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestPlainANSI(t *testing.T) {
	if got := plainANSI("\x1b[1;31mx\x1b[0my\x1b[K"); got != "xy" {
		t.Errorf("got %q", got)
	}
}
