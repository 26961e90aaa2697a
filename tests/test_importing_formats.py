"""Formats that are text: HTML, feeds, JSON, tables, e-mail; and archives of any."""

import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.errors import UnreadableFile
from webapp.importing import read_articles
from webapp.importing.archive import MOST_MEMBERS
from webapp.importing.html import LARGEST_PAGE, mailed_paragraphs, read_html
from webapp.model import Article

LONG = (
    "The harbour of Rijeka was closed on Monday, after a crane had fallen into the water in front "
    "of the fish market and the divers had found that it could not be lifted before Thursday."
)


def only(data: bytes, name: str) -> Article:
    [article] = read_articles(data, name)
    assert isinstance(article, Article)
    return article


def both(data: bytes, name: str) -> tuple[list[Article], list[str]]:
    """Articles, and the sentences of errors, also of the one at the end."""
    articles: list[Article] = []
    errors: list[str] = []
    found: Iterator[Article | UnreadableFile] = read_articles(data, name)
    try:
        for one in found:
            if isinstance(one, Article):
                articles.append(one)
            else:
                errors.append(str(one))
    except UnreadableFile as error:
        errors.append(str(error))
    return articles, errors


# HTML


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


TAGS = (
    "div", "section", "p", "span", "blockquote", "figure", "figcaption", "footer", "aside",
    "article", "main", "ul", "li", "dl", "dd", "table", "td", "a", "sup", "time", "button", "label",
    "h1", "cite", "details", "noscript", "nav", "body", "html", "title", "script",
)  # fmt: skip
ATTRIBUTES = ("", " class=author", " href='#fn1'", " itemprop=author", " style='display:none'")


def element(tag: str, attribute: str, inside: list[str]) -> str:
    return f"<{tag}{attribute}>{''.join(inside)}</{tag}>"


@given(
    st.recursive(
        st.sampled_from([LONG, "“It fell,” said Ana Kos.", "1", "[2]", "By Ana Kos"]),
        lambda inner: st.builds(
            element, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES), st.lists(inner, max_size=4)
        ),
        max_leaves=25,
    )
)
@example("<td><script>It fell.</script><p>It fell.</p></td>")
@example("<label><p>It fell, <time>on Monday</time>.<p>It fell.</label>")
def test_tags_in_any_order_are_read_or_refused(inside: str) -> None:
    for text in (inside, page(inside)):
        with suppress(UnreadableFile):
            read_html(text.encode())
        mailed_paragraphs(text.encode())


SEEN = "“We saw it lean for a week,” said Ana Kos, who sells fish there."


@pytest.mark.parametrize(
    ("block", "kept"),
    [("<figure><blockquote><p>“I told them,” said Ivo Babić.</p></blockquote></figure>",
      ["“I told them,” said Ivo Babić."]),
     ("<figure><blockquote><p>“I told them.”</p></blockquote><figcaption>Ivo Babić</figcaption>"
      "</figure>", ["“I told them.”", "Ivo Babić"]),
     ("<blockquote><p>“I told them.”</p><footer>Ivo Babić</footer></blockquote>",
      ["“I told them.”", "Ivo Babić"]),
     ("<blockquote>“We saw it lean for a week and nobody came.”</blockquote>",
      ["“We saw it lean for a week and nobody came.”"]),
     ("<blockquote>“We saw it.”</blockquote>", ["“We saw it.”"]),
     ("<blockquote>“We saw it lean for a week.”</blockquote>", []),
     ("<figure class=pull><blockquote>“We saw it lean for a week” <cite>Ana Kos</cite>"
      "</blockquote></figure>", []),
     ("<figure><blockquote>“We saw it lean for a week”</blockquote><blockquote>“We saw it lean for "
      "a week”</blockquote></figure>", [])],
)  # fmt: skip
def test_page_with_a_block_quote(block: str, kept: list[str]) -> None:
    """Not lost, with who is named below it; but what the text says stands there once."""
    text = page(
        f"<article><h1>Crane Falls</h1><p>{LONG}</p><p>{SEEN}</p>{block}<p>{LONG[4:]}</p></article>"
    )
    assert only(text.encode(), "a.html").text.split("\n\n")[1:] == [LONG, SEEN, *kept, LONG[4:]]


def test_page_in_an_encoding_that_it_declares() -> None:
    text = page(f"<h1>Crane Falls</h1><p>{LONG}</p><p>“Žao mi je”, reče Đuro Čović.</p>")
    head = '<meta charset="windows-1250"><title>Crane Falls</title>'
    data = text.replace("<head>", f"<head>{head}").encode("cp1250")
    article = only(data, "a.html")
    assert article.title == "Crane Falls"
    assert "“Žao mi je”, reče Đuro Čović." in article.text


def test_page_cut_off_in_its_middle() -> None:
    text = page(f"<article><h1>Crane Falls</h1><p>{LONG}</p><p>{LONG[::-1]}</p></article>")
    assert LONG in only(text[: len(text) // 2 + 150].encode(), "a.html").text


@pytest.mark.parametrize(
    "data",
    [b"<html>", b"<html><body></body></html>", b"<html><body><nav><a href=x>Home</a></nav>",
     b"<html>" + b"<div>" * 100_000, b"<html><body>" + bytes(range(128, 256)) * 20],
)  # fmt: skip
def test_page_without_article_says_so(data: bytes) -> None:
    articles, errors = both(data, "a.html")
    assert len(articles) + len(errors) == 1


def test_links_of_other_kinds_are_not_kept() -> None:
    text = page(f"<h1>Crane</h1><p>{LONG}</p>", '<link rel="canonical" href="javascript:alert(1)">')
    assert only(text.encode(), "a.html").url == ""


def test_page_of_fifty_megabytes_is_refused_at_once() -> None:
    began = time.process_time()
    _, errors = both(b"<html><body>" + b"<p>A harbour. </p>" * 3_000_000, "a.html")
    assert errors == [
        "The page is larger than 3 MB even without its pictures and scripts. "
        "Save the article alone."
    ]
    assert time.process_time() - began < 10


def test_pictures_and_scripts_in_a_page_do_not_count() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * LARGEST_PAGE}">'
    script = f"<script>{'x = 1; ' * (LARGEST_PAGE // 7)}</script>"
    text = page(f"<article><h1>Crane Falls</h1>{picture}<p>{LONG}</p>{script}</article>")
    assert only(text.encode(), "a.html").text.endswith(LONG)


@pytest.mark.parametrize("tag", [b"<script>", b"<style", b"data:", b"<!--", b"<svg><script>"])
def test_large_pages_of_nothing_but_openings_end(tag: bytes) -> None:
    began = time.process_time()
    both(b"<html>" + tag * (10_000_000 // len(tag)), "a.html")
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("It began at <time datetime='2020-01-02'>8 pm</time>, in the rain.",
         "It began at 8 pm, in the rain."),
        ("The <button class='term'>levy</button> stays.", "The levy stays."),
        ("“No,” she said.<sup id='r1'><a href='#n1'>1</a></sup>", "“No,” she said."),
        ("“No,”<a class='footnote-anchor' href='#n1'>[1]</a> she said.", "“No,” she said."),
        ("“No,”<sup>[<a href='#1'>1</a>, <a href='#2'>2</a>]</sup> she said.", "“No,” she said."),
        ("It is 40 m<sup>2</sup> in <a href='#map'>2019</a>.", "It is 40 m2 in 2019."),
        ("Then: <span class='author-voice'>“We wait.”</span>", "Then: “We wait.”"),
    ],
)  # fmt: skip
def test_words_in_a_sentence_stay_in_it(told: str, text: str) -> None:
    body = f"<article><h1>Crane Falls</h1><p>{LONG}</p><p>{told}</p><p>{LONG} Again.</p></article>"
    article = only(page(body, "<title>Crane Falls</title>").encode(), "a.html")
    assert article.text == f"Crane Falls\n\n{LONG}\n\n{text}\n\n{LONG} Again."
    assert article.published is None


@pytest.mark.parametrize(
    "tag", ["p class='slide-in'", "p id='related-4'", "div", "div class='x-7'", "section"]
)
def test_paragraphs_that_look_like_furniture_by_their_tag_alone(tag: str) -> None:
    said = f"<{tag}>“We wait,” she said.</{tag.split()[0]}>"
    between = f"<{tag}>Nobody had asked her.</{tag.split()[0]}>"
    body = (
        f"<h1>Crane Falls</h1><p>{LONG}</p>{said}<p>It fell again.</p>{between}<p>{LONG} Yes.</p>"
    )
    article = only(page(f"<article>{body}</article>").encode(), "a.html")
    assert article.text.split("\n\n")[1:] == [
        LONG, "“We wait,” she said.", "It fell again.", "Nobody had asked her.", f"{LONG} Yes.",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["div class='sc-1'", "body", "table><tr><td"])
def test_lists_and_headings_where_no_name_tells_the_article(tag: str) -> None:
    said = "<h2>Who waits?</h2><ul><li>“We do,” she said.</li></ul>“They do,” he said.<br>It fell."
    body = f"<{tag}><h1>Crane Falls</h1><p>{LONG}</p>{said}<p>{LONG} Again.</p></{tag.split()[0]}>"
    menu = "<div><ul><li><a href='/'>Home</a></li><li><a href='/sea'>Sea</a></li></ul></div>"
    told = (
        f"<html><head><title>Crane Falls</title></head>{menu if 'div' in tag else ''}{body}</html>"
    )
    assert only(told.encode(), "a.html").text.split("\n\n")[1:] == [
        LONG, "Who waits?", "“We do,” she said.", "“They do,” he said.", "It fell.",
        f"{LONG} Again.",
    ]  # fmt: skip


def test_cards_beside_an_article_that_no_name_tells() -> None:
    card = "<article><h3><a href='/dam'>A Dam in Peru</a></h3><p>It holds, for now.</p></article>"
    text = f"<p>{LONG}</p><ul><li>“We wait,” she said.</li></ul>" + f"<p>{LONG} Again.</p>" * 3
    body = f"<div>{card}</div><div class='sc-1'><h1>Crane Falls</h1>{text}</div>"
    article = only(page(body, "<title>Crane Falls</title>").encode(), "a.html")
    assert article.text.split("\n\n")[1:4] == [LONG, "“We wait,” she said.", f"{LONG} Again."]
    assert "Dam" not in article.text


def test_photographers_are_no_authors() -> None:
    by = "<p class='author-name'>Words by Ana Kos · Photographs by Ben Lee</p>"
    body = f"<article><h1>Crane Falls</h1>{by}<p>{LONG}</p></article>"
    assert only(page(body).encode(), "a.html").author == "Ana Kos"


def test_text_that_only_begins_on_the_page() -> None:
    paragraphs = [LONG, f"{LONG} “No,” she said.", f"{LONG} “Yes,” he said."]
    told = {"@type": "NewsArticle", "articleBody": "\n\n".join(paragraphs)}
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    body = f"<main><h1>Crane Falls</h1><p>{LONG}</p><p>Subscribe to continue reading</p></main>"
    assert only(page(body, script).encode(), "a.html").text == "\n\n".join(
        ["Crane Falls", *paragraphs]
    )


@pytest.mark.parametrize(
    "saved",
    [
        "<!-- saved from url=(0037){} -->",
        "<!--\n Page saved with SingleFile \n url: {} \n saved date: Thu Mar 05 2026\n-->",
        "<link rel='canonical' href='https://web.archive.org/web/20160305101112/{}'>",
        "<link rel='canonical' href='https://web.archive.org/web/20160305101112im_/{}'>",
    ],
)
def test_address_of_a_page_that_was_saved(saved: str) -> None:
    url = "https://www.harbourcourier.example/crane"
    head = f"{saved.format(url)}<title>Crane Falls | The Harbour Courier</title>"
    article = only(
        page(f"<article><h1>Crane Falls</h1><p>{LONG}</p></article>", head).encode(), "a.html"
    )
    assert (article.url, article.source) == (url, "The Harbour Courier")


@pytest.mark.parametrize(
    "below",
    [
        "<div class='x'>By Ana Kos, Harbour Courier</div><div>3 March 2026</div>",
        "<p class='meta'>Ana Kos | Harbour Courier | 3 March 2026</p>",
        "<div><span>By </span><a href='/kos'>Ana Kos</a></div><i>3 March 2026</i>",
    ],
)
def test_byline_below_the_headline_that_is_no_part_of_the_text(below: str) -> None:
    body = f"<div><h1>Crane Falls</h1>{below}<div class='t'>{f'<p>{LONG}</p>' * 3}</div></div>"
    article = only(page(body, "<title>Crane Falls</title>").encode(), "a.html")
    assert (article.author, article.published) == ("Ana Kos", dt.date(2026, 3, 3))
    assert "Ana Kos" not in article.text


# Feeds

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Courier &amp; Post</title><link>https://courier.example/</link>
<item><title>Crane &lt;em&gt;Falls&lt;/em&gt;</title><link>https://courier.example/crane</link>
<dc:creator>Ana Kos</dc:creator><pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate>
<description>In short.</description>
<content:encoded><![CDATA[<p>{LONG}</p><blockquote>“It was old.”</blockquote><p>A<br><br>B</p>
<script>alert(1)</script>]]></content:encoded></item>
<item><title>Ferry Sails</title>
<description>The ferry to Ancona sails &amp;amp; returns.</description>
<author>ben@courier.example (Ben Lee)</author><pubDate>some day</pubDate></item>
<item><title>Silent</title><link>https://courier.example/silent</link></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><title>Crane Falls</title><author><name>Ana Kos</name></author>
<author><name>Ben Lee</name></author><link href="https://wire.example/1"/>
<updated>2026-03-03T10:00:00Z</updated><content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content>
</entry></feed>"""


def test_rss() -> None:
    articles, errors = both(RSS.encode(), "feed.xml")
    first, second = articles
    assert first == Article(
        title="Crane Falls",
        text=f"Crane Falls\n\n{LONG}\n\n“It was old.”\n\nA\n\nB",
        author="Ana Kos",
        source="The Harbour Courier & Post",
        published=dt.date(2026, 3, 3),
        published_at=dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        url="https://courier.example/crane",
    )
    assert second.text == "Ferry Sails\n\nThe ferry to Ancona sails & returns."
    assert (second.author, second.published) == ("Ben Lee", None)
    assert errors == [
        "Entry 3 (“Silent”): It has no text of its own; its page https://courier.example/silent "
        "would have to be fetched."
    ]


def test_atom() -> None:
    article = only(ATOM.encode(), "a.txt")
    assert article.text == f"Crane Falls\n\n{LONG}"
    assert (article.author, article.source) == ("Ana Kos and Ben Lee", "Wire")
    assert (article.published, article.url) == (dt.date(2026, 3, 3), "https://wire.example/1")


def test_feed_cut_off_gives_what_is_there() -> None:
    cut = RSS[: RSS.index("<item><title>Ferry") + 40]
    assert LONG in both(cut.encode(), "feed.xml")[0][0].text


def test_feed_without_entries_says_so() -> None:
    assert both(b"<rss version='2.0'><channel></channel></rss>", "a.rss")[1] == [
        "It holds no entry of an RSS or Atom feed. Check that it is complete."
    ]


def test_entities_that_expand_each_other_do_no_harm() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 20))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        "<item><title>x</title><description>Before &l19; &f; after</description></item>"
        "</channel></rss>"
    )
    began = time.process_time()
    articles, _ = both(bomb.encode(), "a.rss")
    both(bomb.replace("rss", "html").encode(), "a.html")
    assert time.process_time() - began < 5
    assert all("root:" not in a.text and len(a.text) < 1000 for a in articles)


# JSON


def test_json_lines_with_lines_that_are_none() -> None:
    lines = [
        json.dumps({"Headline": "Crane Falls", "BODY": LONG, "Published_At": "2026-03-03",
                    "Byline": "Ana Kos", "outlet": "Wire", "Link": "https://wire.example/1"}),
        '{"title": "cut off',
        "",
        json.dumps({"title": "No text", "text": " "}),
        json.dumps(["text"]),
        json.dumps({"title": "\ud800", "text": "One\nTwo.\n\nThree \ud800.", "author": ["A", "B"]}),
    ]  # fmt: skip
    articles, errors = both("\n".join(lines).encode(), "a.jsonl")
    first, second = articles
    assert first == Article(
        title="Crane Falls", text=f"Crane Falls\n\n{LONG}", author="Ana Kos", source="Wire",
        published=dt.date(2026, 3, 3), url="https://wire.example/1",
    )  # fmt: skip
    assert second.text == "One Two.\n\nThree ."
    assert second.author == "A and B"
    assert [error.split(":")[0] for error in errors] == ["Line 2", "Line 4", "Line 5"]
    assert errors[1] == "Line 4: It has no text."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_json_lines_in_any_encoding(encoding: str) -> None:
    texts = [f"{LONG} The café was closed {n} times." for n in range(3)]
    lines = "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    articles, _ = both(lines.encode(encoding), "a.jsonl")
    assert [article.text for article in articles] == texts


def test_a_line_separator_inside_json_is_no_end_of_a_line() -> None:
    lines = ['{"text": "One.\u2028Two."}', '{"text": "Three."}']
    articles, errors = both("\r\n".join(lines).encode(), "a.jsonl")
    assert [article.text for article in articles] == ["One.\n\nTwo.", "Three."]
    assert errors == []


def test_json_array_of_a_news_service() -> None:
    record = {
        "source": {"id": None, "name": "Wire"}, "author": None, "title": "Crane Falls",
        "description": "In short", "url": "https://wire.example/1",
        "publishedAt": "2026-03-03T01:00:00Z", "content": f"<p>{LONG}</p><p>It&#39;s old.</p>",
    }  # fmt: skip
    for data in ([record], {"status": "ok", "articles": [record]}, record):
        article = only(json.dumps(data, indent=1).encode(), "a.json")
        assert article.text == f"Crane Falls\n\n{LONG}\n\nIt's old."
        assert (article.source, article.author) == ("Wire", "")


def test_json_array_cut_off_gives_what_is_before() -> None:
    data = json.dumps([{"text": "First of all."}, {"text": "Second of all."}])
    articles, [error] = both(data[:-12].encode(), "a.json")
    assert [a.text for a in articles] == ["First of all."]
    assert error.startswith("Element 2: It is no JSON")


def test_json_lines_with_an_error_say_one_number_of_its_line() -> None:
    _, [error] = both(b'{"text": "First of all."}\n{"text": "Second}\n', "a.jsonl")
    assert error.startswith("Line 2: It is no JSON (")
    assert error.endswith(": column 10).")


@pytest.mark.parametrize(
    "data", [b"[" * 10_000, b'{"a":' * 10_000, b'{"text": "x"}\n' + b"[" * 10_000]
)
def test_json_that_is_nested_deeply(data: bytes) -> None:
    _, errors = both(data, "a.json")
    assert "nested too deeply" in errors[0]


def test_json_without_text_says_which_fields_there_are() -> None:
    _, errors = both(b'[{"titel": "x", "inhalt": "y"}]', "a.json")
    assert errors[0].startswith(
        'Element 1: It has no field with the text of the articles. It has "titel", "inhalt"; '
    )
    assert both(b"[]", "a.json")[1] == ["It holds no article. Check that the right file was given."]


def test_paragraphs_in_a_list_stay_paragraphs() -> None:
    for text in (
        ["The crane fell.", "“Again.”"],
        ["<p>The crane fell.</p>", "<p>“Again.”</p>"],
        [{"type": "p", "text": "The crane\nfell."}, {"type": "image"}, {"text": "“Again.”"}],
        {"rendered": "<p>The crane fell.</p>\n<p>“Again.”</p>\n", "protected": False},
    ):
        article = only(json.dumps({"title": "Crane", "text": text}).encode(), "a.json")
        assert article.text.split("\n\n")[-1] == "“Again.”"
        assert "crane fell" in " ".join(article.text.split())
    many = [f"This is paragraph {n} of the text." for n in range(40)]
    assert only(json.dumps({"paragraphs": many}).encode(), "a.json").text == "\n\n".join(many)


def test_entities_without_tags_leave_the_paragraphs() -> None:
    text = "Kos &amp; Lee bought the crane.\n\nIt&#146;s old; R&D said &ldquo;no&rdquo;."
    article = only(json.dumps({"text": text}).encode(), "a.json")
    assert article.text == "Kos & Lee bought the crane.\n\nIt’s old; R&D said “no”."


def test_json_as_wordpress_writes_it() -> None:
    post = {
        "id": 7, "date": "2026-03-03T01:00:00", "link": "https://wire.example/1", "author": 3,
        "title": {"rendered": "Crane &#038; Ferry"},
        "content": {"rendered": f"<p>{LONG}</p>", "protected": False},
    }  # fmt: skip
    article = only(json.dumps([post]).encode(), "a.json")
    assert (article.title, article.author) == ("Crane & Ferry", "")
    assert article.text == f"Crane & Ferry\n\n{LONG}"


def test_answers_of_newspapers() -> None:
    first = {
        "webTitle": "Crane Falls", "webPublicationDate": "2026-03-03T01:00:00Z",
        "webUrl": "https://wire.example/1", "fields": {"byline": "Ana Kos", "bodyText": LONG},
    }  # fmt: skip
    second = {
        "headline": {"main": "Crane Falls", "kicker": None}, "lead_paragraph": LONG,
        "byline": {"original": "By Ana Kos"}, "pub_date": "2026-03-03T01:00:00+0000",
        "web_url": "https://wire.example/1",
    }  # fmt: skip
    for answer in ({"results": [first]}, {"docs": [second]}):
        data = json.dumps({"status": "OK", "response": answer}).encode()
        assert only(data, "a.json") == Article(
            title="Crane Falls", text=f"Crane Falls\n\n{LONG}", author="Ana Kos",
            published=dt.date(2026, 3, 3), url="https://wire.example/1",
            published_at=dt.datetime(2026, 3, 3, 1, tzinfo=dt.UTC),
        )  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [{"$date": "2026-03-03T01:00:00Z"}, {"$date": {"$numberLong": "1772541000000"}}, "3-Mar-26"],
)
def test_dates_out_of_databases(told: object) -> None:
    data = json.dumps({"text": "It fell.", "date": told}).encode()
    assert only(data, "a.json").published == dt.date(2026, 3, 3)


@pytest.mark.parametrize(
    "bad",
    ["Malta\x92s \x93no\x94 \x96 twice", "Maltaâ\x80\x99s â\x80\x9cnoâ\x80\x9d â\x80\x93 twice"],
)
@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.html", "a.rss"])
def test_quotation_marks_that_were_decoded_wrongly(bad: str, name: str) -> None:
    good = "Malta’s “no” – twice"
    told = {
        "a.json": json.dumps([{"title": bad, "source": bad, "text": f"{bad}.\n\nIt fell."}]),
        "a.csv": f'title,source,text\n{bad},{bad},"{bad}.\n\nIt fell."\n',
        "a.html": page(f"<article><h1>{bad}</h1><p>{bad}.</p><p>{LONG}</p></article>"),
        "a.rss": f"<rss version='2.0'><channel><title>{bad}</title><item><title>{bad}</title>"
        f"<description>&lt;p&gt;{bad}.&lt;/p&gt; It fell.</description></item></channel></rss>",
    }[name]
    article = only(told.encode(), name)
    assert article.title == good
    assert article.text.split("\n\n")[:2] == [good, f"{good}."]
    assert name == "a.html" or article.source == good


@pytest.mark.parametrize("charset", ["iso-8859-1", "ISO_8859-1", "latin1", "us-ascii"])
def test_page_in_the_charset_that_browsers_read_larger(charset: str) -> None:
    text = page(
        f"<article><h1>Crane Falls</h1><p>“It’s old” – €5…</p><p>{LONG}</p></article>",
        f'<meta charset="{charset}"><title>Crane Falls</title>',
    )
    assert "“It’s old” – €5…" in only(text.encode("cp1252"), "a.html").text


# Tables


@pytest.mark.parametrize(
    ("told", "author", "source"),
    [
        ("By Ana Kos and Ben Lee, Harbour Courier", "Ana Kos and Ben Lee", "Harbour Courier"),
        ("By Ana Kos, Ben Lee", "Ana Kos and Ben Lee", ""),
        ("['Ana Kos', \"Ben O'Hara\"]", "Ana Kos and Ben O'Hara", ""),
        ("['Ana Kos']", "Ana Kos", ""),
        ("['Ana Kos', 'Transport Editor']", "Ana Kos", ""),
        ("['Staff Writer']", "Staff Writer", ""),
        ("[]", "", ""),
        ("Ana Kos; Ben Lee", "Ana Kos and Ben Lee", ""),
        ("17", "", ""),
    ],
)
def test_authors_as_columns_have_them(told: str, author: str, source: str) -> None:
    cell = told.replace('"', '""')
    article = only(f'title,text,byline\nCrane,It fell.,"{cell}"\n'.encode(), "a.csv")
    assert (article.author, article.source) == (author, source)


def test_names_of_columns_of_other_tools_and_languages() -> None:
    for names in (
        "Titel;Text;Datum;Autor;Quelle", "Article Title;Article Text;published_utc;writer_name;"
        "News Source", "título;texto;fecha;autor;fuente", "Titre;Texte;Date;Auteur;Source Name",
    ):  # fmt: skip
        for sep in ("", "sep=;\r\n", "\ufeffsep=;\r\n"):
            text = f"{sep}{names}\r\nCrane;It fell.;2026-03-03;Ana Kos;Wire\r\n"
            assert only(text.encode(), "a.csv") == Article(
                title="Crane", text="Crane\n\nIt fell.", author="Ana Kos", source="Wire",
                published=dt.date(2026, 3, 3),
            )  # fmt: skip
            assert only(text.encode(), "a.txt").title == "Crane"


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    text = (
        'title,text\nOne,"The crane\n\nfell."\nTwo,"It is open.\nThree,The ferry sails.\n'
        "Four,The ferry is back.\n"
    )
    articles, errors = both(text.encode(), "a.csv")
    assert [a.title for a in articles] == ["One"]
    assert errors == [
        "Row 3: It cannot be read (unexpected end of data; it goes on to line 7). "
        "Look for a quotation mark that is not closed, or not doubled."
    ]
    # Where another mark follows, what is below that one is read.
    closed = text.replace("The ferry sails.", '"The ferry sails."')
    articles, errors = both(closed.encode(), "a.csv")
    assert [a.title for a in articles] == ["One", "Four"]
    assert [error.partition(" (")[0] for error in errors] == ["Row 3: It cannot be read"]


def test_a_stray_quotation_mark_does_no_harm() -> None:
    text = 'title,text\n"Crane" falls,It fell "twice".\n"Ferry" ,"It sails"\n'
    articles, errors = both(text.encode(), "a.csv")
    assert [a.title for a in articles] == ["Crane falls", "Ferry"]
    assert errors == []


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("3/4/2026", "3/14/2026", "3/5/2026 14:30"), ("03-04", "03-14", "03-05")),
        (("3/4/2026", "14/3/2026", "3/5/26"), ("04-03", "03-14", "05-03")),
        (("3/4/2026", "3/5/2026", "3/3/2026"), (None, None, "03-03")),
        (("3/4/2026", "3/14/2026", "14/3/2026"), (None, "03-14", "03-14")),
        (("3/4/2026", "2026-03-14", ""), (None, "03-14", None)),
    ],
)
def test_other_dates_of_a_file_tell_day_from_month(
    dates: tuple[str, ...], days: tuple[str | None, ...]
) -> None:
    rows = "".join(f"Crane {n},It fell.,{told}\n" for n, told in enumerate(dates))
    records = [json.dumps({"text": f"It fell {n}.", "date": d}) for n, d in enumerate(dates)]
    expected = [dt.date.fromisoformat(f"2026-{day}") if day else None for day in days]
    for data, name in (
        (f"title,text,date\n{rows}", "a.csv"),
        ("\n".join(records), "a.jsonl"),
        (f"[{','.join(records)}]", "a.json"),
    ):
        articles, _ = both(data.encode(), name)
        assert [article.published for article in articles] == expected


def test_csv_with_ragged_rows() -> None:
    text = (
        "\ufeffHeadline;Full Text;Publication Date;By-line\r\n"
        f'Crane Falls;"{LONG}\n\n“It was old; very old.”";3 March 2026;Ana Kos\r\n'
        "Short\r\n"
        "Ferry;The ferry sails.\r\n"
        "\r\n"
        "Shifted;The ferry; it is said; sails;2026-03-03;Ana Kos\r\n"
        "Spare;The spare ferry sails.;;;;;\r\n"
    )
    articles, errors = both(text.encode(), "a.csv")
    assert [a.title for a in articles] == ["Crane Falls", "Ferry", "Spare"]
    assert articles[0].text == f"Crane Falls\n\n{LONG}\n\n“It was old; very old.”"
    assert (articles[0].author, articles[0].published) == ("Ana Kos", dt.date(2026, 3, 3))
    assert errors == [
        "Row 3: It has no text.",
        "Row 6: It has 6 cells for 4 columns. "
        "Put texts that hold the delimiter into quotation marks.",
    ]


def test_tsv_in_another_encoding() -> None:
    text = "titre\ttext\nPont\t" + "Près de la forêt, où l'été fut très sec, il est tombé. " * 9
    article = only(text.encode("cp1252"), "a.tsv")
    assert article.text.startswith("Pont\n\nPrès de la forêt, où l'été fut très sec")


def test_table_without_text_says_which_columns_it_has() -> None:
    _, [error] = both(b"titel,inhalt\na,b\n", "a.csv")
    assert error == (
        'It has no column with the text of the articles. It has "titel", "inhalt"; one has to be '
        "called text, body, content, fulltext, and others may be title, date, author, source, url."
    )


def test_long_fields_are_read_and_endless_ones_are_not() -> None:
    long = "word " * 40_000
    assert len(only(f"text\n{long}\n".encode(), "a.csv").text) == len(long) - 1
    articles, errors = both(b"text\nfirst one\n" + b'"' + b"x" * 10_000_001, "a.csv")
    assert [a.text for a in articles] == ["first one"]
    assert errors[0].startswith("Row 3: It cannot be read (field larger than field limit")


def test_csv_with_line_ends_of_old_systems() -> None:
    article = only(b"title,text\rCrane,It fell.\r", "a.csv")
    assert article.text == "Crane\n\nIt fell."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"text\n",
        b'text,"title\x00\r',
        b"a\rb,text\nc",
        b'"',
        b"title,text\n,\n",
        b'text\n"a',
    ],
)
def test_tables_with_little_in_them(data: bytes) -> None:
    articles, errors = both(data, "a.csv")
    assert articles or errors


# E-mail

HEADERS = (
    "From: Ana Kos <ana@wire.example>\nSubject: =?utf-8?q?Crane_falls_=E2=80=93_again?=\n"
    "Date: Tue, 03 Mar 2026 23:30:00 -0500\nMessage-ID: <1@wire.example>\nMIME-Version: 1.0\n"
)


def test_mail_of_plain_text() -> None:
    text = (
        "Content-Type: text/plain; charset=utf-8; format=flowed\n\nThe crane\nfell.\n\n“Again.”\n"
    )
    article = only((HEADERS + text).encode(), "a.eml")
    assert article.title == "Crane falls – again"
    assert article.text == "Crane falls – again\n\nThe crane fell.\n\n“Again.”"
    assert (article.author, article.published) == ("Ana Kos", dt.date(2026, 3, 3))


def test_mail_of_html() -> None:
    parts = (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        f"Content-Type: text/html; charset=utf-8\n\n<table><tr><td><p>{LONG}</p>"
        "<p>“Again.”</p></td></tr></table>\n"
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
    )
    article = only((HEADERS + parts).encode(), "a.eml")
    assert article.text == f"Crane falls – again\n\n{LONG}\n\n“Again.”"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("latin1", "utf-8"), ("us-ascii", "utf-8"),
     ("utf-8", "utf-8"), ("windows-1250", "cp1250"), ("no-such", "utf-8"), ("base64", "utf-8")],
)  # fmt: skip
def test_mail_in_the_encodings_that_programs_write(charset: str, encoding: str) -> None:
    text = f"Content-Type: text/plain; charset={charset}\n\n“It’s old – for €5,” she said.\n"
    article = only(HEADERS.encode() + text.encode(encoding), "a.eml")
    assert article.text == "Crane falls – again\n\n“It’s old – for €5,” she said."


def test_mail_whose_text_was_encoded_twice() -> None:
    text = "Content-Type: text/plain; charset=utf-8\n\n“It’s old,” said Zoë.\n"
    twice = (HEADERS + text).encode().decode("latin1")
    assert only(twice.encode(), "a.eml").text.endswith("\n\n“It’s old,” said Zoë.")


def in_two_forms(plain: str, html: str) -> bytes:
    parts = "".join(
        f"--b\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n"
        for kind, text in [("plain", plain), ("html", html)]
    )
    head = HEADERS + "Content-Type: multipart/alternative; boundary=b\n\n"
    return f"{head}{parts}--b--\n".encode()


def test_mail_whose_plain_text_is_a_stub() -> None:
    stub = f"View this email in your browser: https://wire.example/{'a' * 500}"
    assert only(in_two_forms(stub, f"<p>{LONG}</p><p>{LONG[4:]}</p>"), "a.eml").text == (
        f"Crane falls – again\n\n{LONG}\n\n{LONG[4:]}"
    )


@pytest.mark.parametrize(
    "html", [f"<p>{LONG}</p><p>Unsubscribe</p>", "", "<!--", "<p>" * 9_999_999]
)
def test_mail_whose_plain_text_is_whole(html: str) -> None:
    assert only(in_two_forms(LONG, html), "a.eml").text == f"Crane falls – again\n\n{LONG}"


FORWARDED = {
    "gmail": (
        "---------- Forwarded message ---------\nFrom: Ben Lee <ben@wire.example>\n"
        "Date: Sat, 28 Feb 2026 at 20:00\nSubject: Ferry Sails\nTo: <a@b.example>,\n"
        " <c@d.example>\n\n\n"
    ),
    "outlook": (
        "FYI\n\n-----Original Message-----\nFrom: Ben Lee [mailto:ben@wire.example]\n"
        "Sent: Saturday, February 28, 2026 8:00 PM\nTo: all\nSubject: FW: Ferry Sails\n\n"
    ),
    "rule": (
        "Ana\n\n________________________________\n*Von:* Ben Lee\n"
        "*Gesendet:* 28 February 2026 20:00\n*An:* alle\n*Betreff:* WG: Ferry Sails\n\n"
    ),
    "twice": (
        "Begin forwarded message:\n\nFrom: Cy Dorn\nSubject: Fwd: Ferry Sails\nDate: 1 March 2026\n"
        "\n-------- Message transféré --------\nSujet\xa0: x\nDe : Ben Lee <ben@wire.example>\n"
        "Date : 2026-02-28\nObjet : TR: Ferry Sails\n\n"
    ),
}


@pytest.mark.parametrize("mark", ["", "> "])
@pytest.mark.parametrize("program", FORWARDED)
def test_mail_that_was_forwarded(program: str, mark: str) -> None:
    told = (
        f"{FORWARDED[program]}FERRY SAILS\nBy Dana Roth\n\nThe ferry\nsailed.\n\n“So,” she said.\n"
    )
    text = "".join(mark + line for line in told.splitlines(keepends=True))
    head = HEADERS.replace("Subject: ", "Subject: Fwd: FW: ")
    article = only(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode(), "a.eml")
    assert article.text == "Ferry Sails\n\nThe ferry sailed.\n\n“So,” she said."
    assert (article.author, article.published) == ("Dana Roth", dt.date(2026, 2, 28))


def test_mail_forwarded_as_html() -> None:
    html = (
        "<p>---------- Forwarded message ---------<br>From: <b>Ben Lee</b> &lt;b@c.example&gt;<br>"
        f"Date: 28 Feb 2026<br>Subject: Ferry Sails<br>To: me</p><p>{LONG}</p><p>“Again.”</p>"
    )
    data = f"{HEADERS}Content-Type: text/html; charset=utf-8\n\n{html}".encode()
    article = only(data, "a.eml")
    assert article.text == f"Ferry Sails\n\n{LONG}\n\n“Again.”"
    assert (article.author, article.published) == ("Ben Lee", dt.date(2026, 2, 28))


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\n-----Original Message-----\n\n“From here on,” she said.",
        f"{LONG}\n\n{LONG[4:]}\n\nFrom: Ben Lee\n\nSubject: Ferry\n\nTo: me\n\nIt sailed.",
        f"From: the harbour\n\n{LONG}",
    ],
)
def test_mail_in_which_it_is_not_clear_that_it_was_forwarded(text: str) -> None:
    data = f"{HEADERS}Content-Type: text/plain; charset=utf-8\n\n{text}".encode()
    article = only(data, "a.eml")
    assert article.text == f"Crane falls – again\n\n{text}"
    assert (article.author, article.published) == ("Ana Kos", dt.date(2026, 3, 3))


def test_mail_that_quotes_keeps_what_each_wrote_apart() -> None:
    text = "Ben wrote:\n> The ferry\n> sailed.\n>\n>> Did it?\nIt did.\n"
    article = only(f"{HEADERS}Content-Type: text/plain\n\n{text}".encode(), "a.eml")
    assert article.text.split("\n\n")[1:] == [
        "Ben wrote:", "The ferry sailed.", "Did it?", "It did.",
    ]  # fmt: skip


def test_page_that_a_browser_saved_as_mail() -> None:
    parts = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://wire.example/1\nSubject: x\n"
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\n\n"
        + page(
            f"<article><h1>Crane Falls</h1><p>{LONG}</p></article>", "<title>Crane Falls</title>"
        )
        + "\n--b--\n"
    )
    article = only(parts.encode(), "a.mhtml")
    assert (article.title, article.url) == ("Crane Falls", "https://wire.example/1")


@pytest.mark.parametrize(
    "rest",
    ["Content-Type: text/plain; charset=no-such\n\nThe crane fell.",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe crane fell.",
     "Content-Transfer-Encoding: base64\n\nVGhlIGNyYW5lIGZlbGwu"],
)  # fmt: skip
def test_mail_that_is_not_as_it_should_be(rest: str) -> None:
    assert only((HEADERS + rest).encode(), "a.eml").text.endswith("The crane fell.")


@pytest.mark.parametrize(
    "data",
    [b"", b"no headers at all", HEADERS.encode(),
     HEADERS.encode() + b"Content-Type: image/png\n\nx",
     b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\n\n",
     HEADERS.encode() + b"".join(
         b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (i, i) for i in range(5000)
     )],
)  # fmt: skip
def test_mail_without_text_says_so(data: bytes) -> None:
    began = time.process_time()
    assert len(both(data, "a.eml")[1]) == 1
    assert time.process_time() - began < 10


FERRY = b"The Ferry\n\nBy Ben Lee\n\nIt sails."


def message(text: str, *attached: tuple[str, bytes], subject: str = "For you") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ana@wire.example", "b@wire.example", subject
    made["Message-ID"] = "<2@wire.example>"
    made.set_content(text)
    for name, data in attached:
        made.add_attachment(data, "application", "octet-stream", filename=name)
    return made


def test_mail_with_articles_attached() -> None:
    files = [
        ("ferry.txt", FERRY), ("logo.png", b"\x89PNG"), ("ATT00001.txt", b"List\n\nLeave it."),
        ("two.zip", packed({"a.txt": b"Crane\n\nIt fell.", "b.txt": b""})), ("old.doc", b"x"),
    ]  # fmt: skip
    articles, errors = both(message("See below.\n", *files).as_bytes(), "a.eml")
    assert [(article.title, article.author) for article in articles] == [
        ("The Ferry", "Ben Lee"), ("Crane", ""),
    ]  # fmt: skip
    assert [str(error).partition(" It")[0] for error in errors] == ["two.zip: b.txt:", "old.doc:"]


def test_mail_that_is_an_article_itself_and_has_others_attached() -> None:
    made = message(f"{LONG}\n\n{LONG[4:]}\n\n{LONG[8:]}\n", ("a.txt", FERRY), ("a.txt", FERRY))
    articles, errors = both(made.as_bytes(), "a.eml")
    assert [article.title for article in articles] == ["For you", "The Ferry", "The Ferry"]
    assert errors == []


def test_mail_whose_note_is_all_that_can_be_read() -> None:
    articles, errors = both(message("It fell.", ("a.txt", b"")).as_bytes(), "a.eml")
    assert [article.text for article in articles] == ["For you\n\nIt fell."]
    assert len(errors) == 1
    assert str(errors[0]).startswith("a.txt: ")


def test_mail_with_a_message_attached() -> None:
    made = message("FYI")
    made.add_attachment(message(f"{LONG} {LONG}", ("f.txt", FERRY), subject="Crane Falls"))
    articles, errors = both(made.as_bytes(), "a.eml")
    assert [article.title for article in articles] == ["Crane Falls", "The Ferry"]
    assert errors == []


def test_mail_with_files_between_the_parts_of_its_text() -> None:
    made = message("See below.")
    made.add_alternative("<p>See below.</p>", subtype="html")
    made.get_payload()[1].add_attachment(FERRY, "text", "plain", filename="f.txt")  # Apple Mail
    assert only(made.as_bytes(), "a.eml").title == "The Ferry"


@pytest.mark.parametrize("name", ["../../a.txt", "C:\\x\\a.txt", "a" * 900 + ".txt", "a\tb.txt"])
def test_mail_with_a_file_of_an_odd_name(name: str) -> None:
    articles, errors = both(message("It fell.", (name, b"")).as_bytes(), "a.eml")
    assert len(articles) == len(errors) == 1
    assert re.fullmatch(r"[ab ]{1,97}\.txt: [^\n]+", str(errors[0]))


def test_mail_with_a_name_without_end() -> None:
    articles, _ = both(message("It fell.", ("a" * 9000 + ".txt", b"")).as_bytes(), "a.eml")
    assert [article.text for article in articles] == ["For you\n\nIt fell."]


def test_messages_that_are_attached_to_each_other_without_end() -> None:
    made = message(LONG)
    for _ in range(20):
        outer = message("FYI")
        outer.add_attachment(made)
        made = outer
    articles, errors = both(made.as_bytes(), "a.eml")
    assert [str(error).endswith("Save it as a file.") for error in errors] == [True]
    assert [article.text for article in articles] == ["For you\n\nFYI"]


# Archives


def packed(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_zip_of_many_formats() -> None:
    inner = packed({"in.txt": b"Inner\n\nThe inner text.", "deep.zip": packed({"x.txt": b"Deep"})})
    archive = packed(
        {
            "../../etc/a.txt": b"Crane\n\nIt fell.",
            "feeds/b.xml": RSS.encode(),
            "c.png": b"\x89PNG",
            ".hidden.txt": b"Hidden",
            "__MACOSX/a.txt": b"Resources",
            "d.csv": b"title,text\na,\nb,The ferry sails.\n",
            "e.txt": b"",
            "f.zip": inner,
        }
    )
    articles, errors = both(archive, "all.zip")
    assert [a.title for a in articles] == ["Crane", "Crane Falls", "Ferry Sails", "b", "Inner"]
    assert [error.rpartition(": It")[0] for error in errors] == [
        "feeds/b.xml: Entry 3 (“Silent”)", "d.csv: Row 2", "e.txt", "f.zip: deep.zip",
    ]  # fmt: skip
    assert errors[3].endswith("It is an archive that lies too deep in others. Unpack it.")


def test_zip_that_begins_with_a_pdf_as_it_is() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:  # not made smaller
        archive.writestr("broken.pdf", b"%PDF-1.4")
        archive.writestr("crane.txt", b"Crane\n\nIt fell.")
    articles, [error] = both(out.getvalue(), "all.zip")
    assert [a.title for a in articles] == ["Crane"]
    assert error.startswith("broken.pdf: ")


def test_zip_that_is_a_bomb() -> None:
    bomb = packed({f"{i}.txt": bytes(10_000_000) for i in range(5)})
    assert both(bomb, "a.zip")[1] == [
        "It unpacks to more than 200 times its size, as no articles do. It was not opened."
    ]
    # Each of them alone is within the limits; together they are not.
    part = packed({f"{i}.txt": b"word " * 5 + b"%d" % i for i in range(6000)})
    _, errors = both(packed({"a.zip": part, "b.zip": part}), "a.zip")
    assert errors[-1] == (
        f"b.zip: It holds more than {MOST_MEMBERS:,} files. Make several archives of it."
    )


def test_zip_with_too_much_in_it() -> None:
    data = bytearray(packed({"a.txt": b"text"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (300_000_000).to_bytes(4, "little")
    assert "more than 200 MB" in both(bytes(data), "a.zip")[1][0]


def test_zip_that_is_damaged_or_locked() -> None:
    whole = packed({"a.txt": b"Crane\n\nIt fell. " * 50, "b.txt": b"Ferry\n\nIt sails."})
    assert both(whole[:-30], "a.zip")[1][0].startswith("It begins like a zip or Word file but is")
    wrong = bytearray(whole)
    wrong[45:60] = b"\0" * 15
    articles, errors = both(bytes(wrong), "a.zip")
    assert [a.title for a in articles] == ["Ferry"]
    assert errors == ["a.txt: It is damaged in the archive. Make the archive again."]
    locked = bytearray(whole)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert (
        "a.txt: It has a password. Make the archive again without one."
        in both(bytes(locked), "a.zip")[1]
    )


def test_zip_without_articles_says_so() -> None:
    assert both(packed({}), "a.zip")[1] == ["It holds no file of a known kind."]
    assert both(packed({"xl/workbook.xml": b""}), "a.zip")[1] == [
        "It is an Excel file. Save it as .csv."
    ]
