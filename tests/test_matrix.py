"""The matrix: every number is that of the page it leads to, however it is narrowed or ordered."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode

import pytest
from collection import COUNTRIES, made_articles
from flask.testing import FlaskClient
from support import counted_links, disagreements

from webapp.catalogue.matrix import Order, matrix
from webapp.library import EVERYTHING, Library
from webapp.search import Filters

MADE = [code for code, _, _ in COUNTRIES]
HTMX = {"HX-Request": "true"}


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text


def rows(html: str) -> dict[str, list[str]]:
    """The names down the table with the texts of their cells, the first of which is the total."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    found = {}
    for row in body.split("<tr>")[1:]:
        name, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        first = re.search(r"<a [^>]*>(.*?)</a>", name, re.DOTALL)
        assert first
        found[unescape(first[1])] = [re.sub(r"<.*?>", "", cell).strip() for cell in cells]
    return found


def heads(html: str) -> list[str]:
    """The countries over the columns, by their codes."""
    return re.findall(r'class="across"><a href="/countries/([A-Z]{2})"', html)


def column(html: str, code: str) -> list[int]:
    at = 1 + heads(html).index(code)
    return [int(cells[at] or 0) for cells in rows(html).values()]


@pytest.mark.parametrize(
    "address",
    [
        "/matrix?size=40",
        "/matrix?size=10&since=2025-01-01&until=2025-12-31&rows=total&columns=name",
        "/matrix?source=The+Inland+Post&confidence=80",
        "/matrix?by=yusef-al-karimi&by=selin-karahan&about=TR&about=IQ&q=road",
        "/matrix?kind=direct&not-about=FJ&not-by=grace-wanjohi&year=2025",
        "/matrix?by=yusef-al-karimi",
        "/matrix?about=KE&source=Lantern+Weekly",
    ],
)
def test_every_number_is_that_of_the_page_it_leads_to(client: FlaskClient, address: str) -> None:
    assert len(counted_links(page(client, address))) >= 3
    assert list(disagreements(client, address)) == []


def test_the_numbers_are_those_of_the_articles(client: FlaskClient) -> None:
    """Nobody else speaks about the countries of the made articles."""
    truth: dict[tuple[str, str], int] = {}
    for made in made_articles():
        for said in made.said:
            if said.country:
                key = said.speaker, said.country
                truth[key] = truth.get(key, 0) + 1
    html = page(client, "/matrix?" + urlencode({"about": MADE, "size": 40}, doseq=True))
    told = {
        (name, code): int(cell)
        for name, (_, *cells) in rows(html).items()
        for code, cell in zip(heads(html), cells, strict=True)
        if cell
    }
    assert told == truth


@pytest.mark.parametrize(
    ("size", "wide", "high"), [("", 15, 20), ("10", 8, 10), ("40", 40, 40), ("7", 15, 20)]
)
def test_sizes(client: FlaskClient, size: str, wide: int, high: int) -> None:
    html = page(client, f"/matrix?size={size}")
    assert (len(heads(html)), len(rows(html))) == (wide, high)
    assert "Find others by name" in html


def test_nobody_is_shown_without_a_number(client: FlaskClient) -> None:
    for name, (_, *cells) in rows(page(client, "/matrix?size=10")).items():
        assert any(cells), name


@pytest.mark.parametrize("axis", ["rows", "columns"])
def test_orders_by_name_and_by_all_quotes(client: FlaskClient, axis: str) -> None:
    def names(order: str) -> list[str]:
        html = page(client, f"/matrix?{axis}={order}")
        return list(rows(html)) if axis == "rows" else heads(html)

    def totals(order: str) -> list[int]:
        html = page(client, f"/matrix?{axis}={order}")
        if axis == "rows":
            return [int(total) for total, *_ in rows(html).values()]
        first = html.partition('<tr class="totals">')[2].partition("</tr>")[0]
        return [int(number) for number in re.findall(r'data-count="(\d+)"', first)]

    assert totals("total") == sorted(totals("total"), reverse=True)
    assert totals("name") != sorted(totals("name"), reverse=True)
    assert sorted(names("name")) == sorted(names("total"))
    if axis == "rows":
        assert names("name") == sorted(names("name"))
    else:  # by the names of the countries: Iraq before Ireland
        assert [code for code in names("name") if code in ("IE", "IQ")] == ["IQ", "IE"]


def test_the_order_of_one_column_and_of_one_row(client: FlaskClient) -> None:
    html = page(client, "/matrix?rows=about:tr&columns=by:selin-karahan&size=10")
    numbers = column(html, "TR")
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 0
    selin = [int(cell or 0) for cell in rows(html)["Selin Karahan"][1:]]
    assert selin == sorted(selin, reverse=True)
    assert selin[0] > 0
    assert html.count('aria-sort="descending"') == 2
    assert "most about Turkey" in html
    assert "by Selin Karahan" in html


def test_a_click_on_a_heading_changes_the_order_and_nothing_else(client: FlaskClient) -> None:
    html = page(client, "/matrix?source=Harbour+Gazette&size=10&columns=name")
    link = re.search(r'id="order-TR" href="(.*?)"', html)
    assert link
    state = parse_qsl(unescape(link[1]).partition("?")[2])
    assert dict(state) == {
        "source": "Harbour Gazette", "size": "10", "columns": "name", "rows": "about:TR",
    }  # fmt: skip
    again = re.search(r'id="order-TR" href="(.*?)"', page(client, unescape(link[1])))
    assert again
    assert "rows" not in again[1]
    fragment = client.get(unescape(link[1]), headers=HTMX).text
    assert fragment.lstrip().startswith("<title>")
    assert 'id="matrix"' in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("", 8),
        ("&until=2024-12-31", 4),
        ("&since=2025-01-01", 4),
        ("&source=Meridian+Wire", 5),
        ("&q=january", 1),
        ("&kind=direct", 1),
        ("&confidence=100", 0),
    ],
)
def test_filters(client: FlaskClient, filters: str, count: int) -> None:
    html = page(client, f"/matrix?by=yusef-al-karimi&by=selin-karahan&about=IQ&about=TR{filters}")
    cell = rows(html)["Yusef al-Karimi"][1 + heads(html).index("IQ")] if count else ""
    assert int(cell or 0) == count
    assert "Remove this filter" in html


def test_who_and_what_is_chosen_is_there_and_nothing_else(client: FlaskClient) -> None:
    html = page(client, "/matrix?by=abena-osei-mensah&by=grace-wanjohi&about=KE&about=IQ")
    assert list(rows(html)) == ["Grace Wanjohi", "Abena Osei-Mensah"]
    assert heads(html) == ["KE", "IQ"]
    assert rows(html)["Abena Osei-Mensah"] == ["", "", ""]  # nothing about these
    assert 'href="/sides?by=abena-osei-mensah&amp;by=grace-wanjohi&amp;about=' in html


@pytest.mark.parametrize(
    ("having", "offered"),
    [
        ("fiji", ["about=FJ"]),
        ("karim", ["by=yusef-al-karimi"]),
        ("YOUSSEF", ["by=yusef-al-karimi"]),  # under another spelling of the name
        ("xyzzy", []),
        ("", []),
    ],
)
def test_who_is_not_shown_is_found_by_name(
    client: FlaskClient, having: str, offered: list[str]
) -> None:
    address = f"/matrix/find?size=10&having={having}"
    for answer in (client.get(address), client.get(address, headers=HTMX)):
        assert answer.status_code == 200
        links = re.findall(r'class="value" href="/matrix\?(.*?)"', answer.text)
        assert [unescape(link) for link in links] == [f"{one}&size=10" for one in offered]
        assert ("has a name with" in answer.text) == (bool(having) and not offered)


def test_a_choice_adds_to_what_is_chosen(client: FlaskClient) -> None:
    html = page(client, "/matrix/find?by=grace-wanjohi&having=huarcaya")
    assert 'href="/matrix?by=grace-wanjohi&amp;by=elena-huarcaya"' in html


def test_on_a_phone_one_speaker_or_one_country_is_chosen(client: FlaskClient) -> None:
    html = page(client, "/matrix?since=2024-06-01")
    form = html.partition('class="narrow choose"')[2].partition("</form>")[0]
    assert 'name="since" value="2024-06-01"' in form
    for field, names in (("by", rows(html)), ("about", heads(html))):
        options = form.partition(f'name="{field}"')[2].partition("</select>")[0]
        assert options.count("<option") == 1 + len(names)
    speaker = page(client, "/matrix?since=2024-06-01&by=yusef-al-karimi&about=")
    assert "<h1>Countries in quotes by" in speaker
    assert {"Turkey", "Iraq", "Jordan"} <= set(rows(speaker))
    assert counted_links(speaker)["/quotes?by=yusef-al-karimi&since=2024-06-01"] == 17
    country = page(client, "/matrix?about=IQ&by=")
    assert "<h1>Who speaks about" in country
    numbers = [int(number) for (number,) in rows(country).values()]
    assert numbers == sorted(numbers, reverse=True)
    assert list(rows(country))[:2] == ["Yusef al-Karimi", "Selin Karahan"]
    for html in (speaker, country):
        assert "<rect " in html
        assert "matrix-region" not in html


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/matrix?by=%3Cscript%3E&by=%3Cb%3E", 200, "none by a named speaker"),
        ("/matrix?by=%3Cscript%3E", 200, "none by a named speaker"),
        ("/matrix?by=nobody&about=IQ", 200, "none by a named speaker"),
        ("/matrix?about=%3Cscript%3E", 200, "none by a named speaker"),
        ("/matrix?about=ZZ&about=1&about=%F0%9F%98%80", 200, "none by a named speaker"),
        ("/matrix?since=tomorrow&until=2025-13-01", 200, "is not a day"),
        ("/matrix?since=2026-01-01&until=2025-01-01", 200, "after the last one"),
        ("/matrix?confidence=many", 200, "is not a confidence"),
        ("/matrix?rows=about:%3Cscript%3E&columns=by:%3Cscript%3E", 200, "Speakers by"),
        ("/matrix?rows=%00&columns=nothing&size=-1&page=x", 200, "Speakers by"),
        ("/matrix?size=9999999999999999999999", 200, "Speakers by"),
        ("/matrix?q=!", 200, "There is no word"),
        ("/matrix?q=%22", 200, "was not closed"),
        ("/matrix?q=xyzzy", 200, "No article has “xyzzy”"),
        ("/matrix?q=about:atlantis", 200, "no country"),
        ("/matrix?" + "&by=a".join(map(str, range(1000))), 400, "at most 12 filters"),
        ("/matrix?" + "&source=".join(map(str, range(12))), 400, "at most 10 filters"),
        ("/matrix?q=" + "x" * 5000, 400, "Shorten it"),
        ("/matrix/find?having=%3Cscript%3E", 200, "has a name with"),
        ("/matrix/find?having=%00*%22", 200, "has a name with"),
    ],
)
def test_what_is_hostile_or_wrong(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in unescape(answer.text)
    assert not re.search(r"<script>|<b>", answer.text, re.IGNORECASE)


def test_an_empty_collection_says_what_to_do(empty_client: FlaskClient) -> None:
    html = page(empty_client, "/matrix")
    assert "Nobody is quoted about a country yet" in html
    assert "Add articles" in html


def test_a_removed_article_counts_no_more(library: Library, empty_client: FlaskClient) -> None:
    ids = [library.add(made.article) for made, _ in zip(made_articles(), range(6), strict=False)]
    library.catch_up()
    before = counted_links(page(empty_client, "/matrix"))
    assert before["/quotes?by=dagny-ravensholm&about=KE"] == 2
    assert ids[0]
    library.remove(ids[0])
    html = page(empty_client, "/matrix")
    assert "/quotes?by=dagny-ravensholm&about=KE" not in counted_links(html)
    assert list(disagreements(empty_client, "/matrix")) == []
    assert page(empty_client, "/matrix?by=dagny-ravensholm")


def test_the_use_case_alone(filled: Library) -> None:
    found = matrix(filled, "", Filters((("since", "2026-01-01"),)), (3, 2), Order("name"))
    assert [row.name for row in found.rows] == sorted(row.name for row in found.rows)
    assert (len(found.rows), len(found.columns), found.more_rows, found.more_columns) == (
        3, 2, True, True,
    )  # fmt: skip
    assert all(map(any, found.cells))
    whole = matrix(filled, "", EVERYTHING, (1000, 1000))
    assert not whole.more_rows
    assert not whole.more_columns
    assert sum(map(sum, whole.cells)) > 200
