"""The kernel test suite of the Jupyter project, run against one kernel.

The environment variable KERNEL_SAMPLES names a JSON file with the kernel's name
and with pieces of code in its language. Run with: python3 -m unittest -v FILE
"""
import json
import os
import time
import unittest

import jupyter_kernel_test

with open(os.environ["KERNEL_SAMPLES"], encoding="utf-8") as f:
    SAMPLES = json.load(f)


class Suite(jupyter_kernel_test.KernelTests):
    kernel_name = SAMPLES["kernel"]
    language_name = SAMPLES["language"]
    file_extension = SAMPLES["file_extension"]
    code_hello_world = SAMPLES["hello"]
    code_stderr = SAMPLES["stderr"]
    code_generate_error = SAMPLES["error"]
    complete_code_samples = SAMPLES["complete"]
    incomplete_code_samples = SAMPLES["incomplete"]
    invalid_code_samples = SAMPLES["invalid"]
    code_execute_result = SAMPLES["results"]
    code_display_data = SAMPLES["displays"]
    code_clear_output = SAMPLES["clear"]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "".join(s["code"][:-1] + "?" for s in SAMPLES["results"][:1])
    completion_samples = [{"text": SAMPLES["hello"][:3]}]

    def test_interrupt(self):
        if not SAMPLES["wait"]:
            self.skipTest("no code that waits")
        self.flush_channels()
        msg_id = self.kc.execute(SAMPLES["wait"])
        while self.kc.get_iopub_msg(timeout=15)["msg_type"] != "stream":
            pass
        start = time.monotonic()
        self.km.interrupt_kernel()
        reply = self.kc.get_shell_msg(timeout=15)
        self.assertEqual(reply["parent_header"]["msg_id"], msg_id)
        self.assertEqual(reply["content"]["status"], "error")
        self.assertLess(time.monotonic() - start, 2)

    def test_restart(self):
        self.km.restart_kernel()
        self.kc.wait_for_ready(timeout=30)
        self.flush_channels()
        reply, _ = self.execute_helper(code=SAMPLES["hello"])
        self.assertEqual(reply["content"]["execution_count"], 1)

    def test_shutdown(self):
        """Reply and copy on iopub arrive, and the process ends by itself."""
        km, kc = jupyter_kernel_test.start_new_kernel(kernel_name=self.kernel_name)
        try:
            msg_id = kc.shutdown()
            reply = kc.get_control_msg(timeout=15)
            self.assertEqual(reply["parent_header"]["msg_id"], msg_id)
            self.assertEqual(reply["content"], {"status": "ok", "restart": False})
            while kc.get_iopub_msg(timeout=15)["msg_type"] != "shutdown_reply":
                pass
            end = time.monotonic() + 10
            while km.is_alive():
                self.assertLess(time.monotonic(), end, "the kernel has not ended")
                time.sleep(0.02)
        finally:
            kc.stop_channels()
            km.shutdown_kernel(now=True)


if __name__ == "__main__":
    unittest.main()
