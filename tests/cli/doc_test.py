"""duly doc"""

import glob
import os
import re
import stat

from _docs import SOURCE, check_page
from _duly import POLICY, DulyTest, main
from _pages import Page, check, read

HOSTILE = '''policy hostile "</title><script>alert(1)</script> & \\"quotes\\""
  version "<b>1</b>"
  contact "<a href='x'>me</a>"
source guide "<i>Guide</i>" by "<u>Us</u>" url "javascript:alert(1)"
  provision first "<p>One</p>"
  provision second "Two" is judgement "</td></tr>"
source web "Web" url "https://example.org/?a=1&b=\\"2\\""
  provision third "Three"
choice colour "<em>Colour</em>"  red "<red>"  blue "Blue & green"
fact badge "</h3>Badge" : colour  ask "</dd>What?" help "<!-- no -->" cite web.third
fact note "Words <here>" : text  ask "Say?"
fact LONG "MMMM" : yes/no  ask "?"
decision way "]]> Which way?"  left "</svg>Left"  right "&amp; right"
procedure p "</svg></figure>" decides way
  step badge "</text><script>" on badge
    red: left
    otherwise: right
rule r "<script>" way is right instead of badge.red when badge is red and LONG
  because "</dl>" cite guide.first
action act "</section>" by "<by>" to "<to>"
rule duty "</main>" must act timing "<soon>" when badge is blue
safeguard safe "</article>" when badge is red never way is right
record rec "</table>" field f "<td>" : text  field g "</th>" : colour from badge when badge is red
case c "</article></main>"
  story """
    <story>

    & more
    """
  facts badge is red
  expect way is undecided
  discuss "</body>"
'''.replace("LONG", "a_very_long_name." + "and_another_part_" * 6 + "x").replace("MMMM", "M" * 90)

STANDARD = sorted(glob.glob(os.path.join(SOURCE, "stdpolicy", "*.policy")))
EXAMPLES = sorted(glob.glob(os.path.join(SOURCE, "examples", "*", "*.policy")))


class Doc(DulyTest):
    def setUp(self):
        super().setUp()
        self.write("visit.policy", POLICY)

    def pages(self, policy="visit.policy", folder="pages"):
        """Makes the pages, checks what holds of any, and returns them."""
        self.expect(0, "doc", policy, "-o", folder)
        return check(self, os.path.join(self.folder, folder))

    def contents(self, folder):
        """Every file in a folder, with its bytes."""
        found = {}
        for name in os.listdir(os.path.join(self.folder, folder)):
            with open(os.path.join(self.folder, folder, name), "rb") as file:
                found[name] = file.read()
        return found


class Contents(Doc):
    def test_a_small_policy(self):
        pages = self.pages()
        self.assertEqual(sorted(pages), ["cases-visit.html", "decision-crew.html", "definitions.html", "duties.html",
                                         "facts.html", "index.html", "order.html", "provisions.html", "safeguards.html"])
        index = pages["index.html"].text
        for words in ("When a visit needs a second person", "1.2", "One person makes the visit.", "SHA-256"):
            self.assertIn(words, index)
        self.assertRegex(index, r"\b[0-9a-f]{64}\b")
        crew = pages["decision-crew.html"]
        for identity in ("rule-visit.pair", "rule-visit.alone", "decision-crew"):
            self.assertIn(identity, crew.ids)
        self.assertIn("Prevails over", crew.text)
        self.assertIn("The manager knows the home.", crew.text)
        self.assertLess(crew.ids.index("rule-visit.alone"), crew.ids.index("rule-visit.pair"))  # the strongest first
        facts = pages["facts.html"].text
        for words in ("Is there a known risk at this home?", "Look at the file, and ask the last visitor.",
                      "A number from 0 to 9", "Yes or no"):
            self.assertIn(words, facts)
        self.assertIn("item-visit.danger.known", pages["definitions.html"].ids)
        duties = pages["duties.html"].text
        for words in ("the visitor", "on the same day", "must"):
            self.assertIn(words, duties)
        cases = pages["cases-visit.html"].text
        for words in ("A risk is on file", "This is so:", "because:", "There is nothing to ask."):
            self.assertIn(words, cases)
        self.assertIn("guide.pairs_2", pages["provisions.html"].text)

    def test_safeguards_stand_as_their_authors_put_them(self):
        text = " ".join(self.pages()["safeguards.html"].text.split())
        self.assertIn("When Number of dogs: at least 6", text)
        self.assertRegex(text, r"Never How many people make the visit\? One person")

    def test_the_same_policy_gives_the_same_bytes_wherever_it_lies(self):
        self.pages(folder="one")
        self.write("else/where/visit.policy", POLICY)
        self.pages(os.path.join("else", "where", "visit.policy"), folder="two")
        self.assertEqual(self.contents("one"), self.contents("two"))

    def test_a_case_that_does_not_end_as_it_expects(self):
        self.write("visit.policy", POLICY.replace("expect crew is double because pair", "expect crew is single"))
        self.expect(0, "doc", "visit.policy", "-o", "pages", err="note: the case `risky` does not end as it expects")
        self.assertIn("This case does not end as it expects", read(os.path.join(self.folder, "pages"))["cases-visit.html"].text)

    def test_what_authors_write_is_text(self):
        self.write("hostile.policy", HOSTILE)
        pages = self.pages("hostile.policy")
        for name, page in pages.items():
            tags = {tag for tag, _ in page.tags}
            self.assertFalse(tags & {"script", "i", "u", "em", "b", "red", "story", "by", "to"}, name)
            self.assertNotIn("<!-- ", page.source)
            self.assertFalse([link for link in page.links if link.startswith("javascript")], name)
            self.assertIn("</title><script>alert(1)</script> & \"quotes\"", page.text)
        self.assertIn("https://example.org/?a=1&b=\"2\"", pages["provisions.html"].links)
        self.assertIn("<story>", pages["cases-hostile.html"].text)
        self.assertIn("</text><script>", pages["decision-way.html"].text)
        drawn = re.findall("<tspan[^>]*>([^<]*)", pages["decision-way.html"].source)
        self.assertIn("&lt;/svg&gt;Left", drawn)

    def test_a_policy_with_next_to_nothing(self):
        self.write("bare.policy", 'policy bare "Nothing yet"\n')
        self.assertEqual(sorted(self.pages("bare.policy")), ["index.html", "order.html"])


class Flowchart(Doc):
    def test_the_chart_and_the_words_say_the_same(self):
        pages = self.pages("national")
        page = pages["decision-sharing.html"]
        chart = page.source[page.source.index("<svg"):page.source.index("</svg>")]
        drawn = " ".join(" ".join(re.findall("<tspan[^>]*>([^<]*)", chart)).split())
        steps = page.source[page.source.index('<ol class="steps">'):]
        steps = steps[:steps.index("</ol>") + len("</ol>")]
        words = " ".join(Page(steps).text.split())
        with open(os.path.join(SOURCE, "stdpolicy", "national.policy"), encoding="utf-8") as file:
            asked = re.findall(r'^  step \w+ "([^"]+)"', file.read(), re.MULTILINE)
        self.assertGreater(len(asked), 4)
        for title in asked:
            self.assertIn(title, drawn)
            self.assertIn(title, words)
        self.assertEqual(len(re.findall(r'class="outcome"', chart)), len(re.findall(r'<li id="rule-', steps)))
        self.assertEqual(words.count("go on to step"), len(asked) - 1)
        self.assertIn("role=\"group\"", chart)

    def test_what_a_local_policy_puts_in_the_place_of_an_ending_is_marked(self):
        page = self.pages(os.path.join(SOURCE, "examples", "derby", "derby.policy"))["decision-sharing.html"]
        chart = page.source[page.source.index("<svg"):page.source.index("</svg>")]
        self.assertEqual(chart.count('class="instead"'), 2)
        self.assertIn("(redefined)", chart)
        for name in ("derby.suspicion_alone", "derby.differing_views", "derby.reason_to_override"):
            self.assertRegex(page.source[page.source.index('<ol class="steps">'):], name)


class Shipped(Doc):
    """Every policy that ships: all that it declares is there, under its name, and all links lead somewhere."""

    ANCHORS = {"rule": "rule-{module}.{name}", "fact": "fact-{name}", "decision": "decision-{name}",
               "action": "action-{name}", "safeguard": "safeguard-{module}.{name}", "case": "case-{module}.{name}",
               "record": "record-{module}.{name}", "agreement": "agreement-{name}", "source": "source-{name}",
               "define": "definition-{name}", "redefine": "rule-{module}.{name}", "choice": "choice-{name}",
               "procedure": "procedure-{module}.{name}"}
    EXTENDS = {"vocabulary": [], "national": ["vocabulary"], "board_requests": ["vocabulary"],
               "disclosure_schemes": ["vocabulary"]}

    def declared(self, module, path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        found = [self.ANCHORS[kind].format(module=module, name=name)
                 for kind, name in re.findall(rf"^({'|'.join(self.ANCHORS)}) ([\w.]+)", text, re.MULTILINE)]
        source = None
        for kind, name in re.findall(r"^(source|\s+provision) (\w+)", text, re.MULTILINE):
            if kind == "source":
                source = name
            else:
                found.append(f"provision-{source}.{name}")
        return found, re.search(r"^\s+extends (.+)$", text, re.MULTILINE)

    def test_everything_is_there(self):
        for path in STANDARD + EXAMPLES:
            module = os.path.basename(path).removesuffix(".policy")
            with self.subTest(module):
                pages = self.pages(path, folder=module)
                ids = {identity for page in pages.values() for identity in page.ids}
                wanted, extends = self.declared(module, path)
                for name in re.findall(r"\w+", extends[1]) if extends else []:
                    for inherited in [*self.EXTENDS[name], name]:
                        wanted += self.declared(inherited, os.path.join(SOURCE, "stdpolicy", f"{inherited}.policy"))[0]
                self.assertGreater(len(wanted), 20)
                self.assertEqual([anchor for anchor in wanted if anchor not in ids], [])

    def test_traceability_counts_as_coverage_does(self):
        derby = os.path.join(SOURCE, "examples", "derby", "derby.policy")
        pages = self.pages(derby)
        self.expect(0, "coverage", "vocabulary", "national", derby, "--format", "html", "-o", "coverage.html")
        with open(os.path.join(self.folder, "coverage.html"), encoding="utf-8") as file:
            covered = re.findall(r'<td class="number">([^<]+)', file.read())[:15]
        self.assertEqual(re.findall(r'<td class="number">([^<]+)', pages["provisions.html"].source), covered)


class Folder(Doc):
    def test_a_folder_is_made_and_written_again(self):
        self.expect(0, "doc", "visit.policy", "-o", "a/b/c", out="a/b/c: 9 pages. Open a/b/c/index.html in a web browser.")
        before = self.contents("a/b/c")
        self.expect(0, "doc", "visit.policy", "-o", "a/b/c")
        self.assertEqual(self.contents("a/b/c"), before)
        self.assertIn("duly-doc.txt", before)

    def test_pages_that_are_no_longer_made_go_and_other_files_stay(self):
        self.expect(0, "doc", "visit.policy", "-o", "pages")
        self.write("pages/notes.txt", "mine")
        self.write("bare.policy", 'policy bare "Nothing yet"\n')
        self.expect(0, "doc", "bare.policy", "-o", "pages")
        self.assertEqual(sorted(self.contents("pages")), ["duly-doc.txt", "index.html", "notes.txt", "order.html", "style.css"])

    def test_an_empty_folder_will_do(self):
        os.mkdir(os.path.join(self.folder, "pages"))
        self.pages()

    def test_a_folder_with_something_else_in_it_is_left_alone(self):
        self.write("pages/index.html", "mine")
        self.write("pages/notes.txt", "mine too")
        self.expect(2, "doc", "visit.policy", "-o", "pages", err="The folder `pages` holds files that `duly doc` has not made")
        self.assertEqual(self.contents("pages"), {"index.html": b"mine", "notes.txt": b"mine too"})
        self.expect(0, "doc", "visit.policy", "-o", "pages", "--force")
        self.assertEqual(self.contents("pages")["notes.txt"], b"mine too")
        check(self, os.path.join(self.folder, "pages"))

    def test_a_file_is_no_folder(self):
        self.write("pages", "mine")
        self.expect(2, "doc", "visit.policy", "-o", "pages", err="`pages` is a file, and the pages need a folder")
        self.expect(2, "doc", "visit.policy", "-o", "pages", "--force", err="is a file")
        self.expect(2, "doc", "visit.policy", "-o", "pages/below", err="`pages/below` cannot be written")

    def test_nothing_is_lost_where_a_page_cannot_be_written(self):
        self.expect(0, "doc", "visit.policy", "-o", "pages")
        before = self.contents("pages")
        os.remove(os.path.join(self.folder, "pages", "order.html"))
        os.mkdir(os.path.join(self.folder, "pages", "order.html"))
        self.write("visit.policy", POLICY.replace("1.2", "1.3"))
        self.expect(2, "doc", "visit.policy", "-o", "pages", err="order.html` cannot be written: it is a folder")
        os.rmdir(os.path.join(self.folder, "pages", "order.html"))
        del before["order.html"]
        self.assertEqual(self.contents("pages"), before)

    def test_a_folder_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        os.mkdir(os.path.join(self.folder, "pages"))
        os.chmod(os.path.join(self.folder, "pages"), stat.S_IRUSR | stat.S_IXUSR)
        self.expect(2, "doc", "visit.policy", "-o", "pages", err="cannot be written: Permission denied")

    def test_a_policy_with_errors_writes_nothing(self):
        self.write("bad.policy", 'policy bad "Bad"\nrule r "R" nothing is yes\n')
        self.expect(1, "doc", "bad.policy", "-o", "pages", err="E0301")
        self.assertEqual(sorted(os.listdir(self.folder)), ["bad.policy", "visit.policy"])

    def test_wrong_use(self):
        self.expect(2, "doc", "visit.policy", err="--output is required")
        self.expect(2, "doc", "-o", "pages", err="POLICY is required")
        self.expect(2, "doc", "vist.policy", "-o", "pages", err="Did you mean `visit.policy`?")
        self.assertEqual(os.listdir(self.folder), ["visit.policy"])
        self.expect(0, "doc", "--help", out="Examples:")


class Documentation(DulyTest):
    def test_the_page_about_it_says_what_is_so(self):
        check_page(self, "pages.md")


if __name__ == "__main__":
    main()
