"""duly coverage"""

import html.parser
import json
import os
import re

from _duly import POLICY, DulyTest, main

# Every rule and item is seen both ways, and every provision is accounted for.
COMPLETE = POLICY + '''
case dogs "Four dogs" like quiet
  facts home.dogs is 4
  expect crew is double
'''


def line_of(start):
    """The line of POLICY that starts so, counted from 1."""
    return next(number for number, line in enumerate(POLICY.split("\n"), 1) if line.startswith(start))


def summary(out):
    """The lines of the summary, as {what: per cent}."""
    return dict(re.findall(r"^  (\S.*?)  +([\d.]+) % \(", out, re.MULTILINE))


class Page(html.parser.HTMLParser):
    """Collects the elements of a page, and checks that they are closed in order."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.attributes, self.text = [], [], [], ""
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in ("meta", "br", "link", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


class Coverage(DulyTest):
    def test_says_what_is_missing(self):
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "coverage", "visit.policy")
        self.assertTrue(out.startswith("visit: 3 cases\n"), out)
        shares = summary(out)
        self.assertEqual(shares["provisions accounted for"], "100.0")
        self.assertEqual(shares["rules both ways"], "100.0")
        self.assertEqual(shares["list items both ways"], "50.0")
        self.assertIn('Missing: list items both ways\n  visit.danger.dogs', out)
        self.assertIn(f"(visit.policy:{line_of('  - dogs:')}): never seen true", out)
        self.assertNotIn("visit.pair", out)

    def test_verbose_says_everything(self):
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "coverage", "visit.policy", "--verbose")
        self.assertIn('rule visit.pair "Two go where something could go wrong" (visit.policy:', out)
        self.assertIn('guide.pairs_2 "A manager may allow one person alone"', out)
        self.assertIn('rule visit.alone "The manager\'s word is enough"', out)
        self.assertIn("cases: visit.allowed", out)

    def test_require(self):
        self.write("visit.policy", POLICY)
        self.write("all/visit.policy", COMPLETE)
        self.expect(0, "coverage", "visit.policy", "--require", "50")
        _, err = self.expect(1, "coverage", "visit.policy", "--require", "51")
        self.assertIn("error: list items both ways: 50.0 % (1 of 2), and 51 % is required", err)
        self.assertIn("visit.danger.dogs", err)
        self.assertNotIn("rules both ways", err)
        out, _ = self.expect(0, "coverage", "all", "--require", "100")
        self.assertEqual(summary(out)["list items both ways"], "100.0")

    def test_a_provision_that_nothing_cites(self):
        self.write("visit.policy", COMPLETE.replace("cite guide.notes_1", ""))
        out, _ = self.expect(0, "coverage", "visit.policy")
        self.assertIn("guide.notes_1 \"Every visit is written down\" (visit.policy:7): nothing cites it", out)
        self.expect(1, "coverage", "visit.policy", "--require", "100", err="provisions accounted for: 66.6 %")

    def test_folders_and_local_policies(self):
        self.write("house/visit.policy", POLICY)
        self.write("house/local/local.policy", '''policy local "Local"
  extends visit
case dogs "Dogs" like visit.quiet facts home.dogs is 4 expect crew is double
''')
        out, _ = self.expect(0, "coverage", "house", "--path", "house", "--require", "100")
        self.assertTrue(out.startswith("local, visit: 4 cases\n"), out)
        self.expect(0, "coverage", "house/visit.policy", "house", "house/local/local.policy", "--path", "house",
                    out="visit, local: 4 cases\n")

    def test_standard_policies(self):
        out, _ = self.expect(0, "coverage", "national", "--format", "lcov")
        self.assertIn("\nSF:stdpolicy/national.policy\n", out)
        self.expect(0, "coverage", "national", "--verbose", out="hmg2015.golden_rule_2_open")

    def test_json(self):
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "coverage", "visit.policy", "--format", "json")
        data = json.loads(out)
        self.assertEqual(list(data), ["summary", "sources", "policies", "cases"])
        self.assertEqual(data["summary"]["items_both_ways"], {"covered": 1, "total": 2, "percent": 50.0})
        pairs = data["sources"][0]["provisions"][0]
        self.assertEqual(pairs["name"], "guide.pairs_1")
        self.assertEqual([each["kind"] for each in pairs["cited_by"]], ["list item", "rule"])
        self.assertEqual(pairs["cases"], ["visit.risky", "visit.allowed"])
        rule = next(each for each in data["policies"][0]["rules"] if each["rule"] == "visit.pair")
        self.assertEqual((rule["applies"], rule["left"]), (["visit.risky", "visit.allowed"], ["visit.risky"]))
        self.assertEqual([case["passed"] for case in data["cases"]], [True, True, True])

    def test_html(self):
        self.write("visit.policy", POLICY.replace("A known risk", "A <known> risk"))
        _, _ = self.expect(0, "coverage", "visit.policy", "--format", "html", "-o", "out.html", out="")
        with open(os.path.join(self.folder, "out.html"), encoding="utf-8") as file:
            page = Page(file.read())
        for tag in ("html", "title", "h1", "caption", "th"):
            self.assertIn(tag, page.seen)
        self.assertEqual(page.seen.count("table"), page.seen.count("caption"))
        for tag in ("script", "link", "img", "a"):
            self.assertNotIn(tag, page.seen)
        self.assertFalse({"src", "href"} & set(page.attributes))
        self.assertIn(f"visit.policy:{line_of('  - dogs:')}", page.text)

    def test_lcov(self):
        self.write("visit.policy", POLICY)
        out, _ = self.expect(0, "coverage", "visit.policy", "--format", "lcov")
        lines = out.split("\n")
        self.assertEqual(lines[:2], ["TN:duly", "SF:visit.policy"])
        self.assertEqual(lines[-2:], ["end_of_record", ""])
        line = line_of("rule pair ")
        self.assertIn(f"DA:{line},2", lines)
        self.assertIn(f"BRDA:{line},0,0,2", lines)
        self.assertIn(f"BRDA:{line},0,1,1", lines)
        counts = dict(each.split(":") for each in lines if each[:3] in ("LF:", "LH:", "BRF", "BRH"))
        self.assertEqual(int(counts["LF"]), sum(each.startswith("DA:") for each in lines))
        self.assertEqual(int(counts["BRF"]), sum(each.startswith("BRDA:") for each in lines))

    def test_a_failing_case(self):
        self.write("visit.policy", POLICY.replace("expect crew is double because pair", "expect crew is single"))
        out, err = self.expect(1, "coverage", "visit.policy")
        self.assertIn("visit.risky", out)
        self.assertIn("error: The case `visit.risky` does not end as it expects (visit.policy:", err)
        self.assertIn("expected `crew is single`, found `crew is double`", err)

    def test_a_policy_with_errors(self):
        self.write("a/bad.policy", "policy bad")
        self.write("a/visit.policy", POLICY)
        self.expect(1, "coverage", "a", out="visit: 3 cases", err="bad.policy:1")
        out, _ = self.expect(1, "coverage", "a/bad.policy", err="bad.policy:1")
        self.assertEqual(out, "")

    def test_wrong_use(self):
        self.write("visit.policy", POLICY)
        os.mkdir(os.path.join(self.folder, "empty"))
        self.expect(2, "coverage", err="POLICY is required")
        self.expect(2, "coverage", "missing", err="missing")
        self.expect(2, "coverage", "missing/deep.policy", err="missing/deep.policy")
        self.expect(2, "coverage", "empty", err="There is no `.policy` file below `empty`")
        self.expect(2, "coverage", "missing", "visit.policy", out="visit: 3 cases", err="missing")
        for percent in ("101", "-1", "ninety", "9.5", "100%"):
            self.expect(2, "coverage", "visit.policy", f"--require={percent}", err="from 0 to 100")
        self.expect(2, "coverage", "visit.policy", "--format", "xml", err="xml")

    def test_a_folder_without_policies_among_others_is_passed_over(self):
        self.write("visit.policy", POLICY)
        os.mkdir(os.path.join(self.folder, "empty"))
        os.mkdir(os.path.join(self.folder, "bare"))
        note = "note: there is no `.policy` file below `empty`; it is passed over"
        self.expect(0, "coverage", "visit.policy", "empty", out="visit: 3 cases", err=note)
        self.expect(0, "test", "visit.policy", "empty", out="3 passed, 0 failed", err=note)
        self.expect(1, "analyse", "visit.policy", "empty", out="visit", err=note)  # it has something to say of it
        self.expect(0, "check", "visit.policy", "empty", err=note)
        for command in ("coverage", "test", "analyse", "check"):
            self.expect(2, command, "empty", "bare", err=note)

    def test_a_file_that_cannot_be_written(self):
        self.write("visit.policy", POLICY)
        self.expect(2, "coverage", "visit.policy", "-o", "no/such/folder/x.html", err="`no/such/folder/x.html` cannot be written")
        self.expect(2, "coverage", "visit.policy", "-o", ".", err="`.` cannot be written")
        if os.path.exists("/dev/full"):
            self.expect(2, "coverage", "visit.policy", "-o", "/dev/full", err="`/dev/full` cannot be written")


if __name__ == "__main__":
    main()
