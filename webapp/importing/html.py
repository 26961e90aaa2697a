"""A saved web page -> Article. trafilatura finds the article among what stands around it.

Barbaresi 2021, Trafilatura: A Web Scraping Library and Command-Line Tool (ACL demo).
"""

import logging
import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.made import Facts, joined, make
from webapp.importing.markup import fragment_paragraphs, tree_paragraphs
from webapp.importing.pagetime import time_on
from webapp.importing.text import bom_encoding, decode
from webapp.model import Article

LARGEST_PAGE = 3_000_000
"""In bytes, without what is written into the page but is no text: pictures, styles, scripts.

trafilatura takes about a second a megabyte, ten where somebody means it ill.
"""

# Pictures and fonts inside the page ("save as a single file").
_PICTURES = re.compile(rb"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%]{100,}")
_SCRIPTS = re.compile(rb"<(/?)(script|style|svg)\b[^<>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def read_html(data: bytes, address: str = "") -> Article:
    """The article of a page; `address` is where it was, when the page does not say so itself.

    Raises UnreadableFile when there is none, or the page is too large.
    """
    page = _decoded(_bounded(data))
    found = _extracted(page, address)
    paragraphs = _paragraphs(found)
    if not paragraphs:
        raise UnreadableFile(
            "No article was found in the page. Save the page of the article itself, complete."
        )
    facts = _facts(found, paragraphs, address)
    return make(replace(facts, published=time_on(facts.published, page)), paragraphs)


def mailed_paragraphs(data: bytes) -> list[str]:
    """The paragraphs in the HTML of an e-mail, which has neither head nor navigation."""
    page = _decoded(_bounded(data))
    return _paragraphs(_extracted(page, "")) or fragment_paragraphs(page)


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST_PAGE:
        data = _without_scripts(_PICTURES.sub(b"", data))
    if len(data) > LARGEST_PAGE:
        raise UnreadableFile(
            f"The page is larger than {LARGEST_PAGE // 1_000_000} MB even without its pictures and "
            "scripts. Save the article alone."
        )
    return data


def _without_scripts(data: bytes) -> bytes:
    """Without scripts and styles, but with the facts about the article that are in some."""
    kept: list[bytes] = []
    at = 0
    opened: re.Match[bytes] | None = None
    for tag in _SCRIPTS.finditer(data):
        if opened is None:
            opened = None if tag[1] or b"ld+json" in tag[0] else tag
        elif tag[1] and tag[2].lower() == opened[2].lower():
            kept.append(data[at : opened.start()])
            at, opened = tag.end(), None
    return b"".join([*kept, data[at:]])


def _decoded(data: bytes) -> str:
    """The page as text; what it declares counts only when it is no UTF-8."""
    try:
        return data.decode(bom_encoding(data) or "utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:10_000])
    try:
        return data.decode(declared[1].decode()) if declared else decode(data)
    except (UnicodeDecodeError, LookupError):
        return decode(data)


def _extracted(page: str, address: str) -> Any:
    """What trafilatura finds: an object with the article's tree and facts, or None."""
    found = _found(page, address, "250")  # its own least size in characters
    # Of a page with less it gives all there is as lines; asked for less it finds short articles.
    return (_found(page, address, "1") or found) if _is_all_there_is(found) else found


def _found(page: str, address: str, least: str) -> Any:
    from trafilatura import bare_extraction  # loading it takes half a second
    from trafilatura.settings import DEFAULT_CONFIG

    # What it writes about a page without an article is said by an error here.
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = least
    return bare_extraction(
        page,
        url=address or None,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        # Only dates that the page gives as its own; none guessed from its text.
        date_extraction_params={"extensive_search": False, "original_date": True},
        config=config,
    )


def _is_all_there_is(found: Any) -> bool:
    return found is not None and len(found.body) == 1 and "\n" in (found.body[0].text or "")


def _paragraphs(found: Any) -> list[str]:
    if found is None:
        return []
    if _is_all_there_is(found):
        return [line for line in found.body[0].text.splitlines() if line.strip()]
    return tree_paragraphs(found.body)


def _facts(found: Any, paragraphs: list[str], address: str) -> Facts:
    site = (found.sitename or "").casefold()
    names = [name.strip() for name in (found.author or "").split(";")]
    return Facts(
        title=_title(found.title or "", found.sitename or "", paragraphs),
        # "By Ana Kos, The Wire" is read as two authors.
        author=joined(name for name in names if name.casefold() != site),
        source=found.sitename or found.hostname or "",
        published=found.date or "",
        url=found.url or address,
    )


def _title(title: str, site: str, paragraphs: list[str]) -> str:
    """The title without the site's name behind it, which many pages have in their head."""
    if paragraphs and paragraphs[0].casefold() in title.casefold():
        return paragraphs[0]
    head, _, tail = (re.sub(r"\s+[|–—-]\s+(?=[^|–—]*$)", "\0", title, count=1)).partition("\0")
    return head if tail and tail.casefold() == site.casefold() else title
