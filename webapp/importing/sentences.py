"""What trafilatura drops from a page for its tag or its class, though it is text of the article.

It knows furniture by names ("bar", "slide", "author" anywhere in a class) and by tags (<time>,
<button>). What is said must not go with it, nor a word out of the middle of a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from webapp.importing.characters import bare
from webapp.importing.furniture import has_quotation

FRAME = 0.9
"""How much of the text in paragraphs the element of an article holds at least."""

_WITHIN = ("time", "label", "button", "output")
_BLOCKS = (
    "div", "section", "center", "p", "ul", "ol", "dl", "table", "blockquote", "figure", "form",
    "article", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "img", "iframe", "script",
)  # fmt: skip
_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔")
_CLOSING = " \t\r\n\xa0”\"’'»“‘›)]」』"
_GOES_ON = re.compile(r"\s*[\w,.;:?!’”)]")
_MARK_OF_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?")
_SAID = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“]*“|\"[^\"]*\"")
_LONGEST_NAME = 60  # letters, of who is named below a pull quote
_SHORTEST = 15  # letters; "Yes" is no pull quote
_MARKS_OF_NOTES = re.compile(r"[\s\[\](),;\d*†‡§–-]*")


def kept(tree: Any) -> Any:
    """The tree of a page, changed so that its sentences stay whole, and stand there once."""
    _set_quotes(tree)
    for link in list(tree.iter("a")):
        if _is_reference(link):
            above = link.getparent()
            notes = above.tag == "sup" and _MARKS_OF_NOTES.fullmatch(above.text_content())
            (above if notes else link).drop_tree()
    others = [
        node
        for node in tree.iter("div", "section", "center")
        if _is_beside_paragraph(node) and _is_sentence(node)
    ]
    of_text = {_named(node) for node in others if has_quotation(node.text_content())}
    for node in others:
        if not node.attrib or _named(node) in of_text:
            node.tag = "p"
    sentences = [p for p in tree.iter("p") if _is_sentence(p)]
    within = dict.fromkeys(node for p in sentences for node in p.iterdescendants(*_WITHIN))
    for node in within:
        if _GOES_ON.match(node.tail or "") and not _is_published(node):
            node.drop_tag()
    # Quotations show which names are those of the text; the paragraphs between have them too.
    pieces = [node for p in sentences for node in (p, *p.iterdescendants("span"))]
    of_text |= {_named(node) for node in pieces if has_quotation(node.text_content())}
    for node in pieces:
        if _named(node) in of_text:
            node.attrib.pop("class", None)
            node.attrib.pop("id", None)
    _frame(tree, sentences)
    return tree


def _set_quotes(tree: Any) -> None:
    """Leave out block quotes that repeat what the text says ("pull quotes"); keep the others where
    they stand in a figure, as HTML recommends, and who is named below them."""
    quotes = list(tree.iter("blockquote"))
    if not quotes:
        return
    text = " ".join(
        bare(p.text_content())
        for p in tree.iter("p")
        if next(p.iterancestors("blockquote"), None) is None
    )
    for quote in quotes:
        figure = next(quote.iterancestors("figure"), None)
        whole = quote if figure is None else figure
        if next(whole.iter("img", "video", "table"), None) is not None:
            continue
        if whole.getparent() is None:  # a figure that is left out already
            continue
        if _is_repeated(quote.text_content(), text):
            whole.drop_tree()
            continue
        for below in [*whole.iterdescendants("figcaption", "footer")]:
            below.tag = "p"
        if figure is not None:
            figure.tag = "div"


def _is_repeated(quote: str, text: str) -> bool:
    """Is all that is quoted in a block quote in the text too, and little else in it?"""
    said = [*_SAID.findall(quote)] or [quote]
    beside = len(bare(quote)) - sum(len(bare(one)) for one in said)
    alike = [bare(one) for one in said]
    return beside <= _LONGEST_NAME and all(len(a) >= _SHORTEST and a in text for a in alike)


def _frame(tree: Any, sentences: Iterable[Any]) -> None:
    """Mark the element that holds nearly all paragraphs, where trafilatura knows none by its name,
    or a card beside it: it would take paragraphs alone then, no headings and no lists."""
    from trafilatura.xpaths import BODY_XPATH  # loaded already when a page is read

    held: Counter[Any] = Counter({p: len(p.text_content()) for p in sentences})
    whole = held.total()
    for node in reversed(list(tree.iterdescendants())):
        held[node.getparent()] += held[node]
    known = next((found[0] for xpath in BODY_XPATH if (found := xpath(tree))), None)
    if known is not None and held[known] >= (1 - FRAME) * whole:
        return
    while (inner := next((n for n in tree if held[n] > FRAME * whole), None)) is not None:
        tree = inner
    if tree.tag == "p":
        tree = tree.getparent()
    if tree.tag in ("body", "td"):
        tree.addprevious(around := tree.makeelement(tree.tag))
        around.append(tree)
        tree.tag = "div"
    if tree.tag in ("div", "section"):
        tree.set("itemprop", "articleBody")


def _named(node: Any) -> tuple[str, str, str]:
    return node.tag, node.get("class", ""), re.sub(r"\d+", "", node.get("id", ""))


def _is_published(node: Any) -> bool:
    """Is it the time when the article was published, rather than one in a sentence?"""
    return node.tag == "time" and ("class" in node.attrib or "itemprop" in node.attrib)


def _is_reference(link: Any) -> bool:
    """Is it the number of a footnote, which is no word of the sentence?"""
    above = link.getparent()
    return (
        above is not None
        and above.getparent() is not None
        and "#" in link.get("href", "")
        and _MARK_OF_NOTE.fullmatch(link.text_content().strip()) is not None
        and (above.tag == "sup" or [one.tag for one in link] == ["sup"] or _is_note(link))
    )


def _is_note(link: Any) -> bool:
    named = f"{link.get('class')} {link.get('rel')} {link.get('role')} {link.get('id')}"
    return re.search(r"footnote|noteref|fnref", named) is not None


def _is_beside_paragraph(node: Any) -> bool:
    return any(one is not None and one.tag == "p" for one in (node.getprevious(), node.getnext()))


def _is_sentence(node: Any) -> bool:
    """Ends its words as a sentence does, and are there no other blocks in it?"""
    if next(node.iterdescendants(*_BLOCKS), None) is not None:
        return False
    text: str = node.text_content()
    return text.rstrip(_CLOSING).endswith(_STOPS)
