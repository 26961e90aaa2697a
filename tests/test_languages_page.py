"""How articles in other languages stand on the page: their language, and which way it runs."""

import pytest
from flask.testing import FlaskClient

from webapp.annotation import NAMELESS
from webapp.annotation.names_abroad import names
from webapp.library import Library
from webapp.model import Article

ARABIC = "العبارة تتأخر\n\nتأخرت العبارة القادمة من مصر إلى تركيا. «لا نعرف»."


def added(library: Library, text: str, language: str, **facts: str) -> int:
    article_id = library.add(Article(text.partition("\n")[0], text, language=language, **facts))
    assert article_id is not None
    library.catch_up()
    return article_id


def page(client: FlaskClient, address: str) -> str:
    return client.get(address, follow_redirects=True).text.partition("<main")[2]


def test_what_is_written_from_the_right_stands_so(
    library: Library, empty_client: FlaskClient
) -> None:
    article_id = added(library, ARABIC, "ar", source="صحيفة الميناء", author="سلمى حداد")
    shown = page(empty_client, f"/articles/{article_id}")
    assert '<h1 lang="ar" dir="rtl">' in shown
    assert '<p lang="ar" dir="rtl">تأخرت' in shown
    assert "<bdi>صحيفة الميناء</bdi> · <bdi>سلمى حداد</bdi>" in shown
    for address in ("/", "/search?q=العبارة"):
        listed = page(empty_client, address)
        assert '<h2 lang="ar" dir="rtl">' in listed
        assert '<p class="lead" lang="ar" dir="rtl">' in listed


def test_another_language_is_told_and_english_is_the_page_s_own(
    library: Library, empty_client: FlaskClient
) -> None:
    german = added(library, "Die Fähre\n\nÖsterreichs Fähre kommt.", "de")
    english = added(library, "The ferry\n\nIt comes to Norway.", "en")
    assert '<h1 lang="de">' in page(empty_client, f"/articles/{german}")
    shown = page(empty_client, f"/articles/{english}")
    assert "<h1>" in shown
    assert '<p>It comes to <a id="m' in shown
    assert '<bdi lang="de">Die Fähre</bdi>' in shown


@pytest.mark.parametrize(
    ("language", "told"),
    [("de", "This article is in German: its"), ("", "This article is not in English: its"),
     ("xx", "This article is not in English: its")],
)  # fmt: skip
def test_the_page_says_in_which_language_it_is(
    library: Library, empty_client: FlaskClient, language: str, told: str
) -> None:
    article_id = added(library, "Die Fähre\n\nÖsterreichs Fähre kommt.", language)
    shown = page(empty_client, f"/articles/{article_id}")
    assert told in shown
    assert "<summary>1 country</summary>" in shown or language != "de"


@pytest.mark.parametrize(("language", "told"), [("de", False), ("wa", True)])
def test_the_page_says_whose_names_are_marked(
    library: Library, empty_client: FlaskClient, language: str, told: bool
) -> None:
    article_id = added(library, "Germany\n\nGermany.", language)
    shown = page(empty_client, f"/articles/{article_id}")
    assert "its countries are marked" in shown
    assert ("English names" in shown) is told


def test_an_older_version_marked_the_names_too(
    library: Library, empty_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.annotation.ABROAD", "names-1")
    article_id = added(library, "Die Fähre\n\nÖsterreichs Fähre kommt.", "de")
    assert "English names" not in page(empty_client, f"/articles/{article_id}")


def test_nobody_is_said_to_be_silent_in_another_language(
    empty_client: FlaskClient, library: Library
) -> None:
    article_id = added(library, ARABIC, "ar")
    page = empty_client.get(f"/articles/{article_id}", follow_redirects=True).text
    assert 'id="lens-countries"' in page
    assert "Nobody is quoted" not in page
    added(library, "The ferry is late\n\nIt did not say why.", "en")
    page = empty_client.get(f"/articles/{article_id + 1}", follow_redirects=True).text
    assert "Nobody is quoted" in page


def test_languages_whose_names_are_unknown() -> None:
    from webapp.importing.language import _identifier

    told = {code for code in set(_identifier().nb_classes) if len(code) == 2}
    assert {code for code in told if not names(code)} == NAMELESS
