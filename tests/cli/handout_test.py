"""duly handout"""

import glob
import html.parser
import json
import os
import re

from _docs import SOURCE
from _duly import POLICY, DulyTest, main

TOLD = POLICY + '''
case pack "Six dogs, and the manager allows it"
  story """
    The neighbours count six dogs.
    The visitor <likes> dogs & *biscuits*.

    1. The phone rings.
  """
  facts home.risk is no  home.dogs is 6  manager.allows is yes
  expect crew is unsafe
  discuss "Who says `stop`?"

case dark "Nobody has counted the dogs"
  story "It is dark."
  facts home.risk is no
  expect crew is undecided  asks home.dogs
'''

CLASH = '''policy clash "Two rules that disagree"
decision way "Which way?"  left "Left."  right "Right."
fact a "It rains" : yes/no
rule left_in_rain "Rain sends left" way is left when a
rule right_in_rain "Rain sends right" way is right when a
case both "It rains" story "Water." facts a is yes expect way is conflict
case dry "It is dry" story "Sun." facts a is no expect way is gap
'''

ANSWERS = "Answers: keep these back"


class Page(html.parser.HTMLParser):
    """Reads a page, and checks that its elements are closed in order."""

    EMPTY = ("meta", "input", "br")

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.headings, self.text = [], [], [], [], [], ""
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data + " "


def check(test, text):
    """The page is complete in itself, and its parts can be found by those who do not see it."""
    page = Page(text)
    test.assertTrue(text.startswith('<!DOCTYPE html>\n<html lang="en-GB">'))
    test.assertEqual(page.headings.count(1), 1)
    for above, below in zip(page.headings, page.headings[1:]):
        test.assertLessEqual(below, above + 1, page.headings)  # no level is left out
    test.assertEqual(len(page.ids), len(set(page.ids)))
    test.assertTrue(page.links)
    for link in page.links:
        test.assertTrue(link.startswith("#") and link[1:] in page.ids, link)
    test.assertNotIn("script", [tag for tag, _ in page.tags])
    test.assertNotRegex(text, r"https?://|url\(")
    return page


class Handout(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", TOLD)

    def markdown(self, *arguments, policy="visit.policy"):
        return self.expect(0, "handout", policy, *arguments)[0]

    def html(self, *arguments, policy="visit.policy"):
        self.expect(0, "handout", policy, *arguments, "-o", "page.html")
        with open(os.path.join(self.folder, "page.html"), encoding="utf-8") as file:
            return file.read()


class Contents(Handout):
    def test_what_the_group_sees_comes_first_and_gives_nothing_away(self):
        group, answers = self.markdown("risky").split(ANSWERS)
        for words in ("## 1. A risk is on file", "- Number of dogs: 0", "This is so:\n\n- There is a known risk at the home\n",
                      "This is not so:\n\n- The manager allows one person alone\n", "How many people make the visit?",
                      "- [ ] One person makes the visit.", "- [ ] Two people make the visit.",
                      "- [ ] It cannot be decided yet", "- [ ] The guidance gives no answer here.", "\n\n" + "_" * 70 + "\n\n"):
            self.assertIn(words, group)
        for words in ("guide.", "Because", "visit.policy", "**"):
            self.assertNotIn(words, group)
        for words in ("**Two people make the visit.**", "#### Because\n\n- Two go where something could go wrong "
                      "\\[`guide.pairs_1`\\]\n", "- Write the visit down (by: the visitor), on the same day "
                      "\\[`guide.notes_1`\\]", "    duly step visit.policy risky\n",
                      "#### Visiting: a guide (A council, 1 February 2024)",
                      "- `guide.pairs_1`: Two go where there is a known risk"):
            self.assertIn(words, answers)

    def test_cases_stand_in_the_order_given_or_those_with_a_story(self):
        titles = re.findall(r"^## \d+\. (.+)$", self.markdown("risky", "quiet"), re.MULTILINE)
        self.assertEqual(titles, ["A risk is on file", "A quiet home"])
        titles = re.findall(r"^## \d+\. (.+)$", self.markdown(), re.MULTILINE)
        self.assertEqual(titles, ["Six dogs, and the manager allows it", "Nobody has counted the dogs"])

    def test_stories_are_shown_as_written(self):
        page = self.markdown("pack")
        self.assertIn("The visitor \\<likes\\> dogs \\& \\*biscuits\\*.\n\n1\\. The phone rings.\n", page)
        self.assertIn("Who says \\`stop\\`?", page)
        page = self.html("pack", "--title", '<b>"A & B"')
        self.assertIn("<title>&lt;b&gt;&quot;A &amp; B&quot;</title>", page)
        self.assertNotIn("<likes>", page)
        self.assertNotIn("<b>", page)
        text = Page(page).text
        self.assertIn("The visitor <likes> dogs & *biscuits*.", text)
        self.assertIn("Who says `stop`?", text)

    def test_cases_without_an_answer(self):
        page = self.markdown()
        answers = page.split(ANSWERS)[1]
        self.assertIn("**STOP: a safeguard is broken, so what the rules say must not be relied on.**", answers)
        self.assertIn("Nobody meets a pack of dogs alone", answers)
        self.assertIn("**This is not decided yet: more has to be known.**", answers)
        self.assertIn("1. How many dogs are there?", answers)
        self.write("clash.policy", CLASH)
        answers = self.markdown(policy="clash.policy").split(ANSWERS)[1]
        self.assertIn("**The rules disagree, so this policy gives no answer.**", answers)
        self.assertIn("Rain sends right", answers)
        self.assertIn("**No rule decides this, so the policy gives no answer.**", answers)

    def test_nothing_known(self):
        self.write("empty.json", '{"facts": {}}')
        page = self.markdown("empty.json")
        self.assertIn("## 1. The case in empty.json\n\n### What is known\n\nNothing is known yet.\n", page)
        page, _ = self.expect(0, "handout", "visit.policy", "-", text='{"facts": {"home.dogs": 2}}')
        self.assertIn("- Number of dogs: 2", page)
        self.assertNotIn("duly step", page)

    def test_a_case_asks_about_what_it_is_about(self):
        page = self.markdown(policy=os.path.join(SOURCE, "stdpolicy", "disclosure_schemes.policy"))
        self.assertEqual(len(re.findall(r"^### What do you decide\?$", page, re.MULTILINE)), page.count("\n- [ ] The guidance"))
        questions = {re.search(r"### What do you decide\?\n\n(.+)", part)[1] for part in page.split("\n## ")[1:-1]}
        self.assertEqual(len(questions), 2, questions)

    def test_the_day(self):
        page = self.markdown("pack", "--as-at", "2026-05-01")
        self.assertIn("duly step visit.policy pack --as-at 2026-05-01", page)

    def test_a_folder_with_a_space_in_its_name(self):
        self.write("Ann's cases/visit.policy", TOLD)
        self.assertIn("duly step 'Ann'\\''s cases/visit.policy' pack", self.markdown("pack", policy="Ann's cases/visit.policy"))

    def test_a_case_that_does_not_end_as_it_expects(self):
        self.write("visit.policy", TOLD.replace("expect crew is undecided ", "expect crew is double "))
        _, err = self.expect(0, "handout", "visit.policy", err="note: the case `dark` does not end as it expects")
        self.assertNotIn("pack", err)


class Html(Handout):
    def test_a_page_that_needs_nothing_else(self):
        page = check(self, self.html("pack", "risky"))
        sheets = [attrs["id"] for tag, attrs in page.tags if tag == "section" and attrs.get("class") == "sheet"]
        self.assertEqual(sheets, ["case-2", "answers"])
        self.assertEqual([tag for tag, _ in page.tags].count("input"), 8)
        self.assertIn("duly step visit.policy pack", page.text)
        self.assertIn("break-before: page", self.html("pack"))

    def test_it_says_the_same_as_markdown(self):
        words = lambda text: re.sub(r"[\W_]+", " ", text)
        shown = words(Page(self.html()).text)
        for line in self.markdown().splitlines():
            line = words(re.sub(r"<div.*|^\s*([-#]|\d+\.) (\[ \] )?", "", line)).strip()
            self.assertIn(line, shown)

    def test_ending_says_how_to_write_it(self):
        for name in ("a.md", "A.MD"):
            self.expect(0, "handout", "visit.policy", "-o", name, out=f"{name}: 2 cases, and the answers at the end.")
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                self.assertEqual(file.read(), self.markdown())
        self.expect(0, "handout", "visit.policy", "pack", "-o", "a.html", out="1 case, and")
        self.expect(0, "handout", "visit.policy", "dark", "-o", "a.html", out="web browser")
        with open(os.path.join(self.folder, "a.html"), encoding="utf-8") as file:
            self.assertNotIn("pack", Page(file.read()).ids)


class Shipped(Handout):
    def test_every_policy_has_a_handout_whose_answers_are_the_decisions(self):
        policies = sorted(glob.glob(os.path.join(SOURCE, "stdpolicy", "*.policy"))
                          + glob.glob(os.path.join(SOURCE, "examples", "*", "*.policy")))
        tried = 0
        for policy in policies:
            if policy.endswith("vocabulary.policy"):
                self.expect(2, "handout", policy, err="`vocabulary` has no case")
                continue
            page = self.markdown(policy=policy)
            answers = page.split(ANSWERS)[1].split("\n### ")[1:-1]
            self.assertGreater(len(answers), 5, policy)
            for answer in answers[:4]:
                name = re.search(r"^    duly step \S+ (\w+)$", answer, re.MULTILINE)[1]
                question = re.search(r"^(.+) \*\*(.+)\*\*$", answer, re.MULTILINE)
                said = []
                for decision in json.loads(self.duly("decide", policy, name, "--format", "json")[1])["decisions"]:
                    out = self.duly("decide", policy, name, "--decision", decision)[1]
                    said.append(" ".join(out.split("\n\n")[0].split()))
                expected = re.sub(r"\\(.)", r"\1", f"{question[1]} {question[2]} (")
                self.assertTrue([each for each in said if each.startswith(expected)], f"{name}: {expected}\n{said}")
                tried += 1
            check(self, self.html(policy=policy))
        self.assertGreater(tried, 30)


class WrongUse(Handout):
    def test_no_such_case(self):
        self.expect(2, "handout", "visit.policy", "riski", err="Did you mean `risky`?")
        self.expect(2, "handout", "visit.policy", "risky", "quit", err="Did you mean `quiet`?")
        self.expect(2, "handout", "visit.policy", "no.json", err="`no.json` cannot be read")
        self.write("bad.json", '{"facts": {"home.dgs": 1}}')
        self.expect(1, "handout", "visit.policy", "bad.json", err="home.dogs")

    def test_no_case_with_a_story(self):
        self.write("visit.policy", POLICY)
        self.expect(2, "handout", "visit.policy", err="`visit` has no case of its own with a `story`")
        self.expect(2, "handout", "vocabulary", err="`vocabulary` has no case, so there is nothing to hand out")

    def test_files_that_cannot_be_written(self):
        self.expect(2, "handout", "visit.policy", "-o", "page.pdf", err="`page.pdf` ends neither in `.md` nor in `.html`")
        self.expect(2, "handout", "visit.policy", "-o", "html", err="ends neither")
        self.expect(2, "handout", "visit.policy", "-o", "a.b/html", err="ends neither")
        self.expect(2, "handout", "visit.policy", "-o", "not/there.html", err="`not/there.html` cannot be written: No such")
        self.assertEqual(sorted(os.listdir(self.folder)), ["visit.policy"])

    def test_nothing_is_written_where_something_is_wrong(self):
        self.expect(2, "handout", "visit.policy", "riski", "-o", "page.html", err="riski")
        self.expect(2, "handout", "visit.policy", "--decision", "crw", "-o", "page.html", err="Did you mean `crew`?")
        self.write("broken.policy", "policy broken")
        self.expect(1, "handout", "broken.policy", "-o", "page.html", err="error")
        self.expect(2, "handout", err="POLICY is required")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "page.html")))


if __name__ == "__main__":
    main()
