"""A saved web page -> Article. trafilatura finds the article among what stands around it.

Barbaresi 2021, Trafilatura: A Web Scraping Library and Command-Line Tool (ACL demo).
"""

import json
import logging
import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.characters import bare, codec_of, mended
from webapp.importing.credits import byline, dates_in, is_role, joined
from webapp.importing.made import Facts, make
from webapp.importing.markup import (
    fragment_paragraphs,
    paragraphs_in,
    tree_paragraphs,
    with_quotation_marks,
)
from webapp.importing.pagetime import time_on
from webapp.importing.sentences import kept
from webapp.importing.text import bom_encoding, decode
from webapp.model import Article

LARGEST_PAGE = 3_000_000
"""In bytes, without what is written into the page but is no text: pictures, styles, scripts.

trafilatura takes about a second a megabyte, ten where somebody means it ill.
"""

TOP = 6
"""How many paragraphs of a page may be its sections, its headline and who wrote."""

# Pictures and fonts inside the page ("save as a single file").
_PICTURES = re.compile(rb"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%]{100,}")
_SCRIPTS = re.compile(rb"<(/?)(script|style|svg)\b[^<>]*>", re.IGNORECASE)
_BODY_IN_JSON = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]++|\\.)*+")')
# What browsers and their extensions note in a page that they save, and how the Wayback Machine
# writes all addresses of one.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>]+)"
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)")
_LABEL = re.compile(r"^(?:authors?|autor(?:in)?|auteur)\b[\s:]+(?=\S+\s)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def read_html(data: bytes, address: str = "") -> Article:
    """The article of a page; `address` is where it was, when the page does not say so itself.

    Raises UnreadableFile when there is none, or the page is too large.
    """
    page = _ARCHIVED.sub("", with_quotation_marks(_decoded(_bounded(data))))
    saved = _SAVED_FROM.search(page, 0, 5_000)
    address = _ARCHIVED.sub("", address or (saved[1] if saved else ""))
    tree = _parsed(page)
    found = _extracted(tree, address)
    paragraphs = _paragraphs(found)
    paragraphs = _in_json(page, paragraphs) or paragraphs
    if not paragraphs:
        raise UnreadableFile(
            "No article was found in the page. Save the page of the article itself, complete."
        )
    facts = _credited(_facts(found, tree, paragraphs, address), tree)
    paragraphs = _below_headline(facts, paragraphs)
    return make(replace(facts, published=time_on(facts.published, tree)), paragraphs)


def mailed_paragraphs(data: bytes) -> list[str]:
    """The paragraphs in the HTML of an e-mail, which has neither head nor navigation."""
    page = with_quotation_marks(_decoded(_bounded(data)))
    return _paragraphs(_extracted(_parsed(page), "")) or fragment_paragraphs(page)


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
    return mended(_read(data))  # trafilatura drops what it takes for controls


def _read(data: bytes) -> str:
    """The page as text; what it declares counts only when it is no UTF-8."""
    try:
        return data.decode(bom_encoding(data) or "utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:10_000])
    try:
        return data.decode(codec_of(declared[1].decode())) if declared else decode(data)
    except (UnicodeDecodeError, LookupError):
        return decode(data)


def _parsed(page: str) -> Any:
    """The tree of the page, None when there is none in it."""
    from trafilatura import load_html  # loading it takes half a second

    tree = load_html(page)
    if tree is None or tree.tag == "html":
        return tree
    # A piece of a page. What reads pages takes out elements, which cannot be done to the root.
    return load_html(f"<html><body>{page}</body></html>")


def _extracted(tree: Any, address: str) -> Any:
    """What trafilatura finds: an object with the article's tree and facts, or None."""
    if tree is None:
        return None
    found = _found(tree, address, "250")  # its own least size in characters
    # Of a page with less it gives all there is as lines; asked for less it finds short articles.
    return (_found(tree, address, "1") or found) if _is_all_there_is(found) else found


def _found(tree: Any, address: str, least: str) -> Any:
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    # What it writes about a page without an article is said by an error here.
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = least
    return bare_extraction(
        kept(deepcopy(tree)),
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
        return list(filter(None, map(str.strip, found.body[0].text.splitlines())))
    # What screen readers are told after a link.
    return [p.replace(", opens new tab", "") for p in tree_paragraphs(found.body)]


def _in_json(page: str, shown: list[str]) -> list[str]:
    """The paragraphs of a text that the page has in its data alone: told apart there, or going on
    where the page shows no more than the beginning."""
    text = "".join("".join(shown).split())
    for told in _BODY_IN_JSON.findall(page):
        try:
            body = json.loads(told, strict=False)
        except ValueError:
            continue
        paragraphs = paragraphs_in(body)
        whole = "".join("".join(paragraphs).split())
        if len(shown) == 1 and whole == text:
            return paragraphs
        begun = any(len(p) >= 80 and "".join(p.split()) in whole for p in shown)
        if begun and len(whole) > 2 * len(text):
            return paragraphs
    return []


def _below_headline(facts: Facts, paragraphs: list[str]) -> list[str]:
    """Without the page's sections above the headline and the author's name and role below it."""
    top = paragraphs[:TOP]
    at = next((i for i, p in enumerate(top) if p.casefold() == facts.title.casefold()), 0)
    above = [] if all(map(_is_section, top[:at])) else top[:at]
    authors = [name for name in re.split(r", | and ", facts.author) if name]
    below = [p for p in top[at:] if not _is_author(p, facts.author, authors)]
    return above + below + paragraphs[TOP:]


def _is_section(paragraph: str) -> bool:
    """Is it a name of a section or some ("Home World Sport"), no sentence, byline or date?"""
    return (
        len(paragraph) <= 60
        and paragraph[0].isalnum()
        and paragraph[-1].isalnum()
        and not byline(paragraph)
        and not dates_in(paragraph)
    )


def _is_author(paragraph: str, told: str, authors: Iterable[str]) -> bool:
    """ "Ana Kos", "By Ana Kos and Ben Lee", "Ana KosSports Editor": the last were two elements."""
    if told and paragraph.casefold().removeprefix("by ") == told.casefold():
        return True
    roles = (paragraph.removeprefix(name) for name in authors if paragraph.startswith(name))
    return any(
        role[:1].isupper() and len(role) <= 60 and role[-1].isalnum() and is_role(role)
        for role in roles
    )


def _facts(found: Any, tree: Any, paragraphs: list[str], address: str) -> Facts:
    return Facts(
        title=_title(found.title or "", found.sitename or "", paragraphs),
        author=_author(found, tree),
        source=_source(found, tree),
        published=found.date or "",
        url=found.url or address,
    )


def _source(found: Any, tree: Any) -> str:
    """The site's name: what the page calls itself, or the part of its title that its address has
    in one word ("Harbour Times" at harbourtimes.example), or its address."""
    host: str = found.hostname or ""
    told: str = found.sitename or host
    title = tree.findtext(".//title") or ""
    if told != host:
        return told
    labels = [_squashed(label) for label in host.split(".")]
    parts = re.split(r"\s+[|–—•·»:-]+\s+|:\s+", " ".join(title.split()))
    return next((p for p in reversed(parts) if _squashed(p) and _squashed(p) in labels), told)


def _squashed(name: str) -> str:
    """Its letters and digits alone, without an article."""
    return bare(name.casefold().removeprefix("the"))


def _credited(facts: Facts, tree: Any) -> Facts:
    """With the byline and the date that stand below the headline, where nothing else says them."""
    lines = [] if facts.author and facts.published else tree_paragraphs(deepcopy(tree))
    at = next((i for i, p in enumerate(lines) if p.casefold() == facts.title.casefold()), None)
    for line in lines[at + 1 : at + 1 + TOP] if at is not None else ():
        told = byline(line) if not facts.author else None
        days = [told.published] if told and told.published else dates_in(line)
        facts = replace(
            facts,
            author=facts.author or (told.author if told else ""),
            source=facts.source or (told.source if told else ""),
            published=facts.published or next(iter(days), ""),
        )
    return facts


def _author(found: Any, tree: Any) -> str:
    """Who wrote. "By Ana Kos, The Wire" and "Ana Kos, Sports Editor" are read as two authors."""
    names = [
        _LABEL.sub("", re.split(r"\s+[·•]\s+", name)[0].strip())
        for name in (found.author or "").split(";")
    ]
    if alone := _before_bracket(tree, names[0]):
        return alone
    site = (found.sitename or "").casefold()
    persons = [name for name in names if name.casefold() != site and not is_role(name)]
    return joined(persons or names)


def _before_bracket(tree: Any, name: str) -> str:
    """ "Ana Kos" where the page says "Ana Kos (Zagreb)", which is read as "Ana Kos Zagreb"."""
    for meta in tree.iter("meta"):
        if "author" in f"{meta.get('name')} {meta.get('property')}":
            told: str = meta.get("content", "").strip()
            alone, _, aside = told.partition("(")
            if aside.find(")") == len(aside) - 1 and name.startswith(f"{alone.strip()} "):
                return alone.strip()
    return ""


def _title(title: str, site: str, paragraphs: list[str]) -> str:
    """The title without the site's name behind it, which many pages have in their head."""
    if headline := next((p for p in paragraphs[:TOP] if _is_headline(p, title)), ""):
        return headline
    head, _, tail = (re.sub(r"\s+[|–—-]\s+(?=[^|–—]*$)", "\0", title, count=1)).partition("\0")
    return head if tail and tail.casefold() == site.casefold() else title


def _is_headline(paragraph: str, title: str) -> bool:
    """Is the title this paragraph, perhaps with a site or a kicker beside it?"""
    told, found = title.casefold(), paragraph.casefold()
    if told == found:
        return True
    # A shorter one is the name of a section that the title has too.
    if 2 * len(found) < len(told) and len(found.split()) < 3:
        return False
    return told.startswith(f"{found} ") or told.endswith(f" {found}")
