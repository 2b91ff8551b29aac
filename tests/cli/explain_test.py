"""duly explain"""

import os
import re

from _duly import DulyTest, main

PAGES = os.path.join(os.environ.get("DULY_SOURCE_DIR", "."), "docs", "errors")


class Explain(DulyTest):
    def test_a_page(self):
        self.expect(0, "explain", "E0854", out="# E0854: There is no such fact\n")
        self.expect(0, "explain", "e0854", out="# E0854: There is no such fact\n")

    def test_every_page_is_carried_as_it_stands(self):
        for name in sorted(os.listdir(PAGES)):
            if not re.fullmatch(r"[EW]\d{4}\.md", name):
                continue
            with open(os.path.join(PAGES, name), encoding="utf-8") as file:
                self.assertEqual(self.duly("explain", name[:5]), (0, file.read(), ""))

    def test_all_codes(self):
        out, _ = self.expect(0, "explain", out="E0854  There is no such fact\n")
        for line in out.splitlines():
            self.assertRegex(line, r"^[EW]\d{4}  \S")

    def test_an_unknown_code(self):
        self.expect(2, "explain", "E9999", err="There is no error or warning `E9999`")
        self.expect(2, "explain", "E08544", err="Did you mean `E0854`?")
        self.expect(2, "explain", "nonsense", err="`duly explain` alone lists them all.")


if __name__ == "__main__":
    main()
