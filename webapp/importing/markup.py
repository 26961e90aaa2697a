"""HTML, a page or a piece of one -> paragraphs."""

import re
from html import unescape
from typing import Any

from webapp.importing.clean import paragraphs_of

_TAGS = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|table|span|a|em|i|b|strong|img)\b[^>]{0,500}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,10});", re.IGNORECASE)

_AROUND = re.compile(r"<(?:!doctype|/?(?:html|head|body))\b[^<>]{0,2000}>", re.IGNORECASE)
_Q = re.compile(r"<(/?)q(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_Q_IN_MARKS = re.compile(
    r"([“\"„«‘])<q(?:\s[^<>]{0,500})?>([^<>]{0,2000})</q>(?=[,.?!]?[”\"“»’])", re.IGNORECASE
)

_BLOCKS = frozenset(
    # of HTML
    ("p", "div", "section", "article", "main", "header", "footer", "address", "blockquote", "pre",
     "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "tr", "td", "th", "hr", "body", "html",
     "h1", "h2", "h3", "h4", "h5", "h6",
     # of what trafilatura makes of it
     "head", "list", "item", "quote", "row", "cell")
)  # fmt: skip
_UNSEEN = ("script", "style", "noscript", "template", "svg", "nav", "aside", "form", "button",
           "select", "figure", "figcaption", "iframe", "object", "title")  # fmt: skip
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))

LONGEST_ROW = 500
"""In code points: what a row of a table holds; a longer one lays out a page."""

MOST_PIECES = 3
"""How many paragraphs or lines a cell of such a row has at most."""


def is_markup(text: str) -> bool:
    """Has the text tags or entities of HTML?"""
    return _TAGS.search(text) is not None or _ENTITY.search(text) is not None


def paragraphs_in(text: str) -> list[str]:
    """The paragraphs of a text that may have tags, or entities alone ("AT&amp;T")."""
    if _TAGS.search(text):
        return fragment_paragraphs(text)
    return paragraphs_of(_ENTITY.sub(lambda entity: unescape(entity[0]), text))


def fragment_paragraphs(html: str) -> list[str]:
    """The paragraphs of a piece of HTML without any page around it."""
    from lxml.html import fragment_fromstring  # loaded when HTML is read

    if not html.strip():
        return []
    tree = fragment_fromstring(_legal(with_quotation_marks(html)), create_parent="div")
    return tree_paragraphs(tree)


def with_quotation_marks(html: str) -> str:
    """With the marks that a browser draws around <q>, unless the page has them too."""
    return _Q.sub(lambda tag: "”" if tag[1] else "“", _Q_IN_MARKS.sub(r"\1\2", html))


def _legal(html: str) -> str:
    """Without the characters that no XML may hold, and what lxml stumbles at in a fragment: the
    declaration, and the tags around a page."""
    html = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", html)
    return _AROUND.sub("", re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", html))


def plain(html: str) -> str:
    """The words of a title that may have tags and entities."""
    return " ".join(fragment_paragraphs(html)) if is_markup(html) else html


def tree_paragraphs(tree: Any) -> list[str]:
    """The paragraphs of an lxml tree: quotes and list items are some, a row of a table is one."""
    from lxml import etree

    for figure in tree.iter("figure"):
        if next(figure.iter("table", "blockquote"), None) is not None:
            figure.tag = "div"  # no picture
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    writer = _Writer()
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            writer.start(node)
        else:
            writer.end(node if event == "end" else None)
            # What stands after the root is not in it.
            writer.write(node.tail if node is not tree else None)
    writer.flush()
    return writer.paragraphs


class _Writer:
    """Collects the words between two borders of blocks into a paragraph."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._row: Any = None

    def start(self, node: Any) -> None:
        if self._row is None and node.tag in _BLOCKS:
            self.flush()
            if node.tag in _ROWS and _is_row(node):
                self._row = node
        elif node.tag in _BLOCKS:
            self._words.append(" ")
        if node.tag in ("br", "lb"):
            self._words.append("\n" if self._row is None else " ")
        self.write(node.text)

    def end(self, node: Any) -> None:
        if node is None or node.tag not in _BLOCKS:
            return
        if self._row is None:
            self.flush()
        elif node is self._row:
            self._row = None
            self.flush(" | ")
        elif node.tag in _CELLS:
            self._words.append("\x1f")

    def write(self, text: str | None) -> None:
        if text:
            self._words.append(re.sub(r"\s+", " ", text))

    def flush(self, between_cells: str = "") -> None:
        text = "".join(self._words)
        self._words.clear()
        if between_cells:
            cells = (" ".join(cell.split()) for cell in text.split("\x1f"))
            text = between_cells.join(filter(None, cells))
        self.paragraphs += [p for p in paragraphs_of(text) if p]


def _is_row(node: Any) -> bool:
    cells = sum(child.tag in _CELLS for child in node)
    if cells < 2 or next(node.iter("table"), None) is not None:
        return False  # it lays out an e-mail
    length = 0
    for words in node.itertext():
        length += len(words)
        if length > LONGEST_ROW:
            return False
    return max(map(_pieces, node)) <= MOST_PIECES


def _pieces(cell: Any) -> int:
    """How many pieces of text stand in the blocks and behind the breaks of a cell."""
    pieces = 0
    for node in cell.iterdescendants(*_BLOCKS, "br", "lb"):
        pieces += any(text and not text.isspace() for text in (node.text, node.tail))
    return pieces
