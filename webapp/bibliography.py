"""Citations for programs that keep them: BibTeX, RIS and CSL-JSON.

BibTeX as Patashnik's "BibTeXing" (1988) and biblatex read it, accents as commands so that both do;
RIS as the specification of Research Information Systems (2011) has it; CSL-JSON 1.0.2. The quote
itself, its permalink and its hash stand in the note.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from webapp.annotation.lexicon import gender_of
from webapp.citing import Citation
from webapp.identity.lexicon import ASIAN
from webapp.identity.names import parse

_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_HYPHENS = re.compile(r"[\s‐-]+")
_INITIAL = re.compile(r"[A-Z]\.?")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros of BibTeX, which a style writes out in its language."""

# A brace behind a backslash still counts for BibTeX, so braces are commands too.
_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&", "$": r"\$",
    "#": r"\#", "_": r"\_", "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---",
    "…": r"\ldots{}", "ß": r"{\ss}", "ø": r"{\o}", "Ø": r"{\O}", "æ": r"{\ae}",
    "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ł": r"{\l}", "Ł": r"{\L}", "ı": r"{\i}",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0327": "c", "\u0328": "k",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an article. `family` and `given` are "" where it is not sure which is which."""

    name: str
    family: str = ""
    given: str = ""


def authors(byline: str) -> tuple[Author, ...]:
    """The authors of a byline, each apart where all are surely names of persons."""
    found = [_person(name) for name in _BETWEEN.split(byline)]
    if all(author.family for author in found):
        return tuple(found)
    return (Author(byline),) if byline else ()


def _person(name: str) -> Author:
    """A given name that is known, initials, and one word: what stands last is the surname.

    Not so of names that may be Chinese, Korean, Vietnamese or Hungarian: there it stands first.
    """
    words, read = name.split(), parse(name)
    asian = read.asian or read.reversible or not ASIAN.isdisjoint(_HYPHENS.split(name.casefold()))
    is_sure = (
        len(words) > 1
        and len(read.parts) == len(words)
        and all(map(_INITIAL.fullmatch, words[1:-1]))
        and gender_of(words[0]) != ""
        and not asian
    )
    return Author(name, words[-1], " ".join(words[:-1])) if is_sure else Author(name)


def bibtex(citations: Iterable[Citation]) -> Iterator[str]:
    """An entry a citation: @article of a paper that is known, else @misc."""
    for cited in citations:
        fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex_fields(cited))
        yield f"@{'article' if cited.article.source else 'misc'}{{{cited.key},\n{fields}}}\n"


def _bibtex_fields(cited: Citation) -> Iterator[tuple[str, str]]:
    article, date = cited.article, cited.article.published
    if article.author:
        yield "author", f"{{{' and '.join(map(_bibtex_author, authors(article.author)))}}}"
    yield "title", f"{{{{{_latex(article.title)}}}}}"  # twice: no style may change its capitals
    if article.source:
        yield "journal", f"{{{_latex(article.source)}}}"
    if date:
        yield "year", f"{{{date.year}}}"
        yield "month", _MONTHS[date.month - 1]
        yield "day", f"{{{date.day}}}"
    yield "url", f"{{{cited.original or cited.permalink}}}"
    yield "note", f"{{{_latex(_note(cited))}}}"


def _bibtex_author(author: Author) -> str:
    if author.family:
        return f"{_latex(author.family)}, {_latex(author.given)}"
    return f"{{{_latex(author.name)}}}"


def _latex(text: str) -> str:
    """Text as LaTeX reads it: no mark of its own, and accents that old BibTeX sorts right."""
    return "".join(map(_latex_letter, unicodedata.normalize("NFC", _one_line(text))))


def _latex_letter(letter: str) -> str:
    if letter in _COMMANDS or letter.isascii():
        return _COMMANDS.get(letter, letter)
    apart = unicodedata.normalize("NFD", letter)
    if not (apart[0].isascii() and apart[1:] in _ACCENTS):
        return letter
    return f"{{\\{_ACCENTS[apart[1]]}{{{apart[0]}}}}}"


def ris(citations: Iterable[Citation]) -> Iterator[str]:
    """A record a citation; lines end as RIS wants it, and no value has more than one."""
    for cited in citations:
        yield "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_fields(cited))


def _ris_fields(cited: Citation) -> Iterator[tuple[str, str]]:
    article, date = cited.article, cited.article.published
    yield "TY", "NEWS"
    yield "ID", cited.key
    yield from (("AU", _ris_author(author)) for author in authors(article.author))
    yield "TI", article.title
    if article.source:
        yield "T2", article.source
    if date:
        yield "PY", str(date.year)
        yield "DA", f"{date.isoformat().replace('-', '/')}/"
    yield "LA", article.language
    yield from (("UR", address) for address in (cited.original, cited.permalink) if address)
    yield "N1", _note(cited)
    yield "ER", ""


def _ris_author(author: Author) -> str:
    """What stands behind a comma is a given name, so no other may have one."""
    if author.family:
        return f"{author.family}, {author.given}"
    return author.name.replace(",", ";")


def csl(citations: Iterable[Citation]) -> Iterator[str]:
    """One array of items."""
    yield "["
    for number, cited in enumerate(citations):
        item = json.dumps(_csl_item(cited), ensure_ascii=False, indent=1)
        yield (",\n" if number else "\n") + item
    yield "\n]\n"


def _csl_item(cited: Citation) -> dict[str, Any]:
    article, date = cited.article, cited.article.published
    known = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": article.title,
        "container-title": article.source,
        "author": [_csl_author(author) for author in authors(article.author)],
        "issued": {"date-parts": [[date.year, date.month, date.day]]} if date else None,
        "URL": cited.original or cited.permalink,
        "language": article.language,
        "note": _note(cited),
    }
    return {name: value for name, value in known.items() if value}


def _csl_author(author: Author) -> dict[str, str]:
    if author.family:
        return {"family": author.family, "given": author.given}
    return {"literal": author.name}


def _note(cited: Citation) -> str:
    said = f"{cited.said}: {cited.words} " if cited.said else ""
    return f"{said}{cited.permalink} (sha256 {cited.hash})"


def _one_line(text: str) -> str:
    return " ".join(text.split())
