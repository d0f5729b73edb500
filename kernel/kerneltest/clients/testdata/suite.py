"""The official kernel test suite against the installed Crossbook kernel."""

import unittest

import jupyter_kernel_test


class CrossbookTests(jupyter_kernel_test.KernelTests):
    kernel_name = "crossbook"
    language_name = "go"
    file_extension = ".go"

    code_hello_world = 'fmt.Println("hello, world")'
    code_stderr = 'fmt.Fprintln(os.Stderr, "to stderr")'
    code_generate_error = 'panic("told you so")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
    ]
    code_display_data = [
        {"code": 'nb.Show(nb.HTML("<b>bold</b>"))', "mime": "text/html"},
        {"code": 'nb.Show(nb.Markdown("*text*"));', "mime": "text/markdown"},
    ]
    complete_code_samples = ["1 + 1", "for i := 0; i < 3; i++ {\n}"]
    incomplete_code_samples = ["for i := 0; i < 3; i++ {", "fmt.Println(1,"]
    invalid_code_samples = ["x := := 3"]


if __name__ == "__main__":
    unittest.main()
