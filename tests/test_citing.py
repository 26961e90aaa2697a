"""A quote is cited so that other programs read it, and what is cited can be checked."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from webapp.bibliography import authors
from webapp.citing import cite
from webapp.exporting import STYLES
from webapp.library import EVERYTHING, Library
from webapp.model import Article, Hit, Quote, QuoteHit, QuoteKind, Snippet, Span, Speaker, Summary

ROOT = "http://reader.example/"
TEXT = "“The sea is ours,” said Zoë Ánnisdóttir.\n\n“It\nstays so.”"


def hit(words: str = TEXT, **facts: object) -> QuoteHit:
    """A quote of two pieces, or all of the words, in an article with these facts."""
    known: dict[str, object] = {"title": "The Sea", "source": "Harbour Gazette", "id": 7}
    article = Article(**{**known, "text": words, **facts})  # type: ignore[arg-type] # facts are any
    pieces = (Span(0, 18), Span(42, 57)) if words == TEXT else (Span(0, len(words)),)
    quote = Quote(pieces, QuoteKind.DIRECT, id=12)
    speaker = Speaker("zoe-annisdottir", "Zoë Ánnisdóttir", "person", "", ())
    return QuoteHit(article, quote, Snippet("", ()), speaker)


def written(style: str, *hits: QuoteHit | Hit) -> str:
    return "".join(STYLES[style].write(cite(one, ROOT) for one in hits))


def bibtex(text: str) -> list[dict[str, str]]:
    """The entries of a file, read as BibTeX does: braces pair, whatever stands before them."""
    found = []
    while text:
        head = re.match(r"@(\w+)\{([^\s,{}%\\]+),\n", text)
        assert head, text[:40]
        fields, text = {"type": head[1], "key": head[2]}, text[head.end() :]
        while not text.startswith("}\n"):
            name = re.match(r"  (\w+) = ", text)
            assert name, text[:40]
            value, text = _value(text[name.end() :])
            fields[name[1]] = value
        found.append(fields)
        text = text[2:]
    return found


def _value(text: str) -> tuple[str, str]:
    """A value and what follows its comma."""
    if text[0] != "{":
        value, _, rest = text.partition(",\n")
        return value, rest
    depth = 0
    for at, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if not depth:
            assert text[at + 1 : at + 3] == ",\n"
            return text[1:at], text[at + 3 :]
    raise AssertionError("a brace is not closed")


def ris(text: str) -> list[list[tuple[str, str]]]:
    """The records of a file, each line a tag and a value."""
    assert text.endswith("\r\n")
    lines = [
        re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line) for line in text.split("\r\n")[:-1]
    ]
    assert all(lines)
    records: list[list[tuple[str, str]]] = []
    for tag, value in (line.groups() for line in lines if line):
        if tag == "TY":
            records.append([])
        records[-1].append((tag, value))
    assert all(record[0][0] == "TY" and record[-1] == ("ER", "") for record in records)
    return records


def test_plain() -> None:
    one = hit(author="Ana Li", published=dt.date(2026, 3, 4), url="https://sea.example/a?b=1")
    (line,) = written("text", one).splitlines()
    told, _, hashed = line.partition(" (sha256 ")
    assert told == (
        "Zoë Ánnisdóttir, quoted in “The Sea”, Harbour Gazette, Ana Li, 4 March 2026. “The sea is"
        " ours,” … “It stays so.” https://sea.example/a?b=1 http://reader.example/quotes/12"
    )
    assert re.fullmatch(r"[0-9a-f]{16}\)", hashed)


def test_a_paraphrase_is_no_quote_and_nobody_no_speaker() -> None:
    one = hit()
    indirect = replace(one, quote=replace(one.quote, kind=QuoteKind.INDIRECT), speaker=None)
    assert written("text", indirect).startswith("A speaker not named, paraphrased in “The Sea”")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("1 * 2 * 3", r"1 \* 2 \* 3"),
        ("a_b_c [x](y) `z`", r"a\_b\_c \[x\](y) \`z\`"),
        (r"<b> & \n | ~~$1~~", r"\<b\> \& \\n \| \~\~\$1\~\~"),
    ],
)
def test_markdown_sees_no_marks(title: str, shown: str) -> None:
    line = written("markdown", hit(title=title, url="https://sea.example/(a b)<c>"))
    assert f"[“{shown}”](https://sea.example/%28a%20b%29%3Cc%3E)" in line
    assert line.endswith(" <http://reader.example/quotes/12>\n")
    assert line.count("\n") == 1


def test_markdown_begins_no_list() -> None:
    one = hit(source="+ Plus")
    named = replace(one, speaker=Speaker("x", "# Anna", "person", "", ()))
    assert written("markdown", named).startswith(r"\# Anna, quoted in “The Sea”, \+ Plus.")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("100 % of A&B cost $5 #1_2", r"100 \% of A\&B cost \$5 \#1\_2"),
        ("{braces} \\ ~ ^", r"\textbraceleft{}braces\textbraceright{} \textbackslash{}"
         r" \textasciitilde{} \textasciicircum{}"),
        ("a { alone", r"a \textbraceleft{} alone"),
        ("Zoë Ánnisdóttir", r"Zo{\"{e}} {\'{A}}nnisd{\'{o}}ttir"),
        ("Škoda, Dvořák, Gümüş", r"{\v{S}}koda, Dvo{\v{r}}{\'{a}}k, G{\"{u}}m{\"{u}}{\c{s}}"),
        ("Łódź, Søren, Straße, ế", r"{\L}{\'{o}}d{\'{z}}, S{\o}ren, Stra{\ss}e, ế"),
        ("“It’s – well…”", r"``It's -- well\ldots{}''"),
        ("Київ 東京 سلام", "Київ 東京 سلام"),
        ("two\nlines\t", "two lines"),
    ],
)  # fmt: skip
def test_latex_in_bibtex(text: str, latex: str) -> None:
    (entry,) = bibtex(written("bibtex", hit(title=text)))
    assert entry["title"] == f"{{{latex}}}"


def test_bibtex() -> None:
    one = hit(
        author="Maria Rossi and David T. Cole",
        published=dt.date(2026, 3, 4),
        url="https://sea.example/100%25_{x}#é",
    )
    first, second = bibtex(written("bibtex", one, hit(source="", author="Staff {and} Reuters")))
    note = first.pop("note")
    assert first == {
        "type": "article",
        "key": "zoe-annisdottir-2026-q12",
        "author": "Rossi, Maria and Cole, David T.",
        "title": "{The Sea}",
        "journal": "Harbour Gazette",
        "year": "2026",
        "month": "mar",
        "day": "4",
        "url": "https://sea.example/100%25_%7Bx%7D#%C3%A9",
    }
    assert note.startswith(
        r"Zo{\"{e}} {\'{A}}nnisd{\'{o}}ttir, quoted: ``The sea is ours,'' \ldots{}"
    )
    assert "http://reader.example/quotes/12 (sha256 " in note
    assert (second["type"], second["url"]) == ("misc", f"{ROOT}quotes/12")
    assert second["author"] == r"{Staff \textbraceleft{}and\textbraceright{} Reuters}"


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_cited(words: str, source: str, author: str) -> None:
    one = hit(f"a{words}", title=f"b{words}", source=source, author=author, url=f"http://x/{words}")
    (entry,) = bibtex(written("bibtex", one))
    assert entry["title"].startswith("{b")
    (record,) = ris(written("ris", one))
    assert dict(record)["TI"] == " ".join(f"b{words}".split())
    (item,) = json.loads(written("csl", one))
    assert item["title"] == f"b{words}"
    assert written("text", one).count("\n") >= 1


def test_ris() -> None:
    one = hit(
        title="Two\r\nlines",
        author="Maria Rossi and David Cole",
        published=dt.date(2026, 3, 4),
        url="https://sea.example/a",
    )
    first, second = ris(written("ris", one, hit(author="Sea Desk, Reuters")))
    tags = [tag for tag, _ in first]
    assert tags == ["TY", "ID", "AU", "AU", "TI", "T2", "PY", "DA", "LA", "UR", "UR", "N1", "ER"]
    assert [value for tag, value in first if tag in ("AU", "UR")] == [
        "Rossi, Maria",
        "Cole, David",
        "https://sea.example/a",
        f"{ROOT}quotes/12",
    ]
    told = dict(first)
    assert (told["TY"], told["TI"], told["PY"]) == ("NEWS", "Two lines", "2026")
    assert told["DA"] == "2026/03/04/"
    assert "Zoë Ánnisdóttir, quoted: “The sea is ours,” … “It stays so.”" in told["N1"]
    assert dict(second)["AU"] == "Sea Desk; Reuters"
    assert "DA" not in dict(second)


def test_csl_json() -> None:
    one = hit(author="Maria Rossi", published=dt.date(2026, 3, 4), url="https://sea.example/a")
    first, second = json.loads(written("csl", one, hit(author="Reuters")))
    note = first.pop("note")
    assert first == {
        "id": "zoe-annisdottir-2026-q12",
        "type": "article-newspaper",
        "title": "The Sea",
        "container-title": "Harbour Gazette",
        "author": [{"family": "Rossi", "given": "Maria"}],
        "issued": {"date-parts": [[2026, 3, 4]]},
        "URL": "https://sea.example/a",
        "language": "en",
    }
    assert f"{ROOT}quotes/12" in note
    assert second["author"] == [{"literal": "Reuters"}]
    assert "issued" not in second


def test_an_address_that_is_none_is_left_out() -> None:
    assert "javascript" not in written("csl", hit(url="javascript:alert(1)"))


@pytest.mark.parametrize(
    ("byline", "families"),
    [
        ("Maria Rossi", ["Rossi"]),
        ("Maria Rossi and David T. Cole", ["Rossi", "Cole"]),
        ("Maria Rossi, David Cole & Anna Weber", ["Rossi", "Cole", "Weber"]),
        ("Maria K. Haugerud", ["Haugerud"]),
        ("Anna Osei-Mensah", ["Osei-Mensah"]),
        # Not sure, so as it stands.
        ("Park Soo-ah", [""]),
        ("Deng Wei", [""]),
        ("Nguyễn Thị Lan", [""]),
        ("Orban Viktor", [""]),
        ("Maria García Márquez", [""]),
        ("Mohammed bin Salman", [""]),
        ("Martin King, Jr.", [""]),
        ("Maria Rossi, Reuters", [""]),
        ("Rossi, Maria", [""]),
        ("Reuters", [""]),
        ("Staff Reporter", [""]),
        ("", []),
    ],
)
def test_surnames_are_told_only_where_they_are_known(byline: str, families: list[str]) -> None:
    found = authors(byline)
    assert [author.family for author in found] == families
    assert found == () or families != [""] or found[0].name == byline


def test_an_article_is_cited_too() -> None:
    article = hit(author="Maria Rossi", published=dt.date(2026, 3, 4)).article
    one = Hit(Summary(article), Snippet("", ()), Snippet("", ()))
    (entry,) = bibtex(written("bibtex", one))
    assert (entry["key"], entry["url"]) == ("article-2026-a7", f"{ROOT}articles/7")
    assert written("text", one).startswith("“The Sea”, Harbour Gazette, Maria Rossi, 4 March 2026.")


def found(library: Library, text: str) -> Iterator[QuoteHit]:
    hits = library.every_hit(text, EVERYTHING, "quotes")
    return (one for one in hits if isinstance(one, QuoteHit))


def checked_hash(one: QuoteHit) -> str:
    """The hash of a quote, made as the page /api says."""
    article = one.article
    title = article.headline or article.title
    whole = hashlib.sha256(f"{title}\n\n{article.text}".encode()).hexdigest()
    words = " ".join(one.quote.words(article.text).split())
    return hashlib.sha256(f"{whole}\n{words}".encode()).hexdigest()[:16]


def test_the_hash_can_be_checked(filled: Library) -> None:
    for one in found(filled, "said:lock"):
        assert cite(one, ROOT).hash == checked_hash(one)
        assert f"(sha256 {checked_hash(one)})" in written("text", one)


def test_the_hash_tells_words_and_texts_apart_and_stays_when_facts_are_corrected() -> None:
    one = hit()
    other_words = replace(one, quote=replace(one.quote, content=(Span(0, 18),)))
    other_text = replace(one, article=replace(one.article, text=f"{TEXT} It rained."))
    hashes = {cite(each, ROOT).hash for each in (one, other_words, other_text)}
    assert len(hashes) == 3
    corrected = replace(one.article.retitled("The Ocean"), author="Ana", source="Gazette")
    assert cite(replace(one, article=corrected), ROOT).hash == cite(one, ROOT).hash


@pytest.fixture
def lock(filled: Library) -> QuoteHit:
    return next(found(filled, "said:lock by:kovac"))


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [
        ("txt", "text/plain", "Anna Kovac, quoted in “Lock keepers win a quiet spring”"),
        ("md", "text/markdown", "Anna Kovac, quoted in “Lock keepers win a quiet spring”"),
        ("bib", "application/x-bibtex", "@article{anna-kovac-2026-q"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS\r\n"),
        ("json", "application/vnd.citationstyles.csl+json", "[\n{"),
    ],
)
def test_the_page_has_each_style_and_a_file_of_it(
    client: FlaskClient, lock: QuoteHit, ending: str, kind: str, begins: str
) -> None:
    page = client.get(f"/quotes/{lock.quote.id}/cite").text
    assert f'data-copies="cited-{ending}"' in page
    assert f'href="/quotes/{lock.quote.id}/cite.{ending}"' in page
    answer = client.get(f"/quotes/{lock.quote.id}/cite.{ending}")
    assert answer.mimetype == kind
    assert answer.text.startswith(begins)
    assert f"anna-kovac-2026-q{lock.quote.id}.{ending}" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["/quotes/99999/cite", "/quotes/99999/cite.bib", "/quotes/1/cite.x"]
)
def test_what_cannot_be_cited_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_quotes_lead_to_their_citations(client: FlaskClient, lock: QuoteHit) -> None:
    address = f'href="/quotes/{lock.quote.id}/cite"'
    article = f"/articles/{lock.article.id}?lit=quote:{lock.quote.id}"
    assert address in client.get(article, follow_redirects=True).text
    assert address in client.get("/quotes?q=said:lock").text
