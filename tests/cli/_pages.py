"""Reads the pages of `duly doc`, and checks what holds of every set of them."""

import html.parser
import os
import re

EMPTY = ("meta", "link", "br", "input")
SHAPES = ("rect", "path")  # of SVG: closed in themselves


class Page(html.parser.HTMLParser):
    """One page: its elements must be closed in order."""

    def __init__(self, text):
        super().__init__()
        self.source = text
        self.open, self.tags, self.ids, self.links, self.headings, self.text = [], [], [], [], [], ""
        self.cells, self.label_ids = [], []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("href", "src"):
            if name in given:
                self.links.append(given[name])
        self.label_ids += given.get("aria-labelledby", "").split()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        # what HTML does not allow inside a paragraph or a description term
        assert not (tag in ("p", "ul", "ol", "dl", "div", "article", "table", "details", "figure") and "p" in self.open), \
            f"<{tag}> inside <p>: {self.getpos()}"
        assert not (tag == "a" and "a" in self.open), f"a link inside a link: {self.getpos()}"
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in SHAPES, tag
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}>: {self.getpos()}"

    def handle_data(self, data):
        if not self.open or self.open[-1] in ("ul", "ol", "dl", "tr", "thead", "tbody", "table"):
            assert not data.strip(), f"words outside an entry: {data!r}"
        self.text += data + " "


def read(folder):
    """The pages of a folder, by their names."""
    pages = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".html"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                pages[name] = Page(file.read())
    return pages


def check(test, folder):
    """All that holds of any policy's pages; returns them."""
    pages = read(folder)
    test.assertIn("index.html", pages)
    reached = {"index.html"}
    for name, page in pages.items():
        test.assertTrue(page.source.startswith('<!DOCTYPE html>\n<html lang="en-GB">'), name)
        test.assertEqual(len(page.ids), len(set(page.ids)), f"{name}: {[i for i in page.ids if page.ids.count(i) > 1][:3]}")
        test.assertEqual(page.headings.count(1), 1, name)
        for above, below in zip(page.headings, page.headings[1:]):
            test.assertLessEqual(below, above + 1, f"{name}: a level of headings is left out")
        for identity in page.ids:
            test.assertNotRegex(identity, r"\s", name)
        for label in page.label_ids:
            test.assertIn(label, page.ids, name)
        tags = [tag for tag, _ in page.tags]
        for tag in ("main", "header", "footer", "title"):
            test.assertIn(tag, tags, name)
        test.assertNotIn("script", tags, name)
        test.assertEqual(tags.count("table"), tags.count("caption"), name)
        for tag, given in page.tags:
            test.assertFalse([attribute for attribute in given if attribute.startswith("on")], name)
            if tag == "th":
                test.assertIn(given.get("scope"), ("col", "row"), name)
            if tag == "nav":
                test.assertIn("aria-label", given, name)
            if tag == "link":
                test.assertEqual(given["href"], "style.css")
        test.assertIn("skip", [given.get("class") for tag, given in page.tags if tag == "a"], name)
        for link in page.links:
            if re.match("https?://", link):
                continue
            file, _, anchor = link.partition("#")
            file = file or name
            reached.add(file)
            if file == "style.css":
                continue
            test.assertIn(file, pages, f"{name}: {link}")
            if anchor:
                test.assertIn(anchor, pages[file].ids, f"{name}: {link}")
    test.assertLessEqual(set(pages), reached, "a page that nothing leads to")
    with open(os.path.join(folder, "style.css"), encoding="utf-8") as file:
        test.assertNotRegex(file.read(), r"url\(|@import")
    return pages
