package clients

import (
	"testing"

	"crossbook/kernel/kerneltest"
)

// TestInput answers cells that ask in the ways that Go has.
func TestInput(t *testing.T) {
	interpreter, err := startEngine()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { interpreter.Close() })
	_, client := kerneltest.Start(t, interpreter)
	for code, answer := range map[string]string{
		"var n int\nfmt.Scan(&n)\nfmt.Println(n + 1)":                                                                                            "41",
		"var m int\nfmt.Scanln(&m)\nfmt.Println(m + 1)":                                                                                          "41",
		"import \"bufio\"\nline, _ := bufio.NewReader(os.Stdin).ReadString('\\n')\nfmt.Println(len(line) + 38)":                                  "äb",
		"import \"bufio\"\nlines := bufio.NewScanner(os.Stdin)\nlines.Scan()\nfmt.Println(len(lines.Text()) + 41)":                               "x",
		"key, err := nb.Password(\"Key\")\nif err == nil {\n\tfmt.Println(len(key) + 40)\n}":                                                     "no",
		"name, err := nb.Input(\"Name\")\nif err == nil {\n\tfmt.Println(len(name) + 38)\n}":                                                     "Anna",
		"words := []string{}\nfor len(words) < 1 {\n\tvar w string\n\tfmt.Scan(&w)\n\twords = append(words, w)\n}\nfmt.Println(41 + len(words))": "w",
	} {
		id, err := client.Send(kerneltest.Shell, "execute_request", map[string]any{"code": code})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Asked(id, &answer); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		a, err := client.Answer(kerneltest.Shell, id)
		if err != nil {
			t.Fatal(err)
		}
		if a.Text("stdout") != "42\n" {
			t.Errorf("%s\nprinted %q, %s", code, a.Text("stdout"), a.Failure())
		}
	}
}
