"""Pictures of counts: what a reader, a screen reader and the page's policy get of them."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from webapp.annotation.gazetteer import short_names
from webapp.config import resource_dir
from webapp.views.cards import plural
from webapp.views.pictures import Point, Table, by_country, timeline, world

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script>\"'&"


def months(*counts: int) -> list[Point]:
    return [Point(f"Month {i}", n, f"/quotes?month={i}&by=a") for i, n in enumerate(counts)]


def bars(points: list[Point], noun: str = "quote") -> Markup:
    return timeline(points, "Quotes by month", "A bar for each month.", noun)


def country_map(counts: dict[str, int], names: dict[str, str] | None = None) -> Markup:
    return world(counts, "/countries/{}".format, names or short_names(), "Named", "The world.")


def parsed(picture: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{picture}</div>")


def links(picture: Markup) -> dict[str, str]:
    """The addresses and the names of the links in the drawing."""
    found = parsed(picture).iter(f"{SVG}a")
    return {a.attrib["href"]: a.findtext(f"{SVG}title", "") for a in found}


def texts(picture: Markup, kind: str) -> list[str]:
    return [
        text.text or "" for text in parsed(picture).iter(f"{SVG}text") if text.get("class") == kind
    ]


PICTURES: dict[str, Callable[[], Markup]] = {
    "one month": lambda: bars(months(3)),
    "no quotes": lambda: bars(months(0, 0, 0)),
    "300 months": lambda: bars(months(*range(300))),
    "0 to 10 million": lambda: bars(months(0, 1, 10_000_000)),
    "a month of a hostile name": lambda: bars([Point(HOSTILE, 1, f"/{HOSTILE}")], HOSTILE),
    "hostile titles": lambda: timeline(months(1), HOSTILE, HOSTILE),
    "no countries": lambda: country_map({}),
    "all countries": lambda: country_map(dict.fromkeys(short_names(), 7)),
    "few and many": lambda: country_map({"IQ": 1, "IR": 10_000_000, "MT": 0}),
    "hostile countries": lambda: country_map({"IQ": 2, HOSTILE: 3}, {"IQ": HOSTILE}),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_and_brings_no_style_and_no_script(name: str) -> None:
    ids = []
    for element in parsed(PICTURES[name]()).iter():
        assert element.tag.rpartition("}")[2] not in {"style", "script", "foreignObject"}
        assert not [key for key in element.attrib if key == "style" or key.startswith("on")]
        ids += [element.attrib["id"]] if "id" in element.attrib else []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_a_title_and_what_it_shows_in_words(name: str) -> None:
    svg = next(parsed(PICTURES[name]()).iter(f"{SVG}svg"))
    named = {e.attrib["id"]: e.text for e in svg if "id" in e.attrib}
    assert named[svg.attrib["aria-labelledby"]]
    assert named[svg.attrib["aria-describedby"]]


@pytest.mark.parametrize(
    ("picture", "role"),
    [
        (bars(months(0, 2)), "group"),
        (bars(months(0, 0)), "img"),
        (country_map({"IQ": 1}), "group"),
        (country_map({"IQ": 0}), "img"),
    ],
)
def test_a_picture_with_links_is_no_image(picture: Markup, role: str) -> None:
    assert next(parsed(picture).iter(f"{SVG}svg")).attrib["role"] == role


def test_no_points_make_no_picture() -> None:
    assert bars([]) == ""


def test_each_bar_with_a_count_is_a_link_that_says_it() -> None:
    assert links(bars(months(12, 0, 1, 12_345))) == {
        "/quotes?month=0&by=a": "Month 0: 12 quotes",
        "/quotes?month=2&by=a": "Month 2: 1 quote",
        "/quotes?month=3&by=a": "Month 3: 12,345 quotes",
    }
    assert "Month 1: 0 quotes" in bars(months(12, 0, 1))


@pytest.mark.parametrize("counts", [[5], [0, 1, 10_000_000], [7, 7], list(range(300))])
def test_bars_are_as_high_as_their_counts_and_stay_within(counts: list[int]) -> None:
    drawn = parsed(bars(months(*counts)))
    found = [r.attrib for r in drawn.iter(f"{SVG}rect") if r.get("class") == "bar"]
    heights = [float(bar["height"]) for bar in found]
    assert heights == sorted(heights)
    assert all(0 < height <= 140 for height in heights)
    for bar in found:
        left, width = float(bar["x"].rstrip("%")), float(bar["width"].rstrip("%"))
        assert 0 <= left < left + width <= 100.01


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (2, ["0", "1", "2"]),
        (12, ["0", "5", "10", "15"]),
        (100, ["0", "50", "100"]),
        (9_000, ["0", "5,000", "10k"]),
        (10_000_000, ["0", "5M", "10M"]),
    ],
)
def test_the_axis_has_few_round_numbers(most: int, shown: list[str]) -> None:
    drawn = parsed(bars(months(most))).iter(f"{SVG}text")
    assert [text.text for text in drawn if not text.get("class")] == shown


def quarters(first: int, last: int) -> list[str]:
    months = ("January", "April", "July", "October")
    return [f"{month} {year}" for year in range(first, last + 1) for month in months]


@pytest.mark.parametrize(
    ("labels", "kind", "shown"),
    [
        (["2024"], "label", ["2024"]),
        (["May 2024", "June 2024", "July 2024"], "label", ["May 2024", "June 2024", "July 2024"]),
        (quarters(2024, 2025), "begins", ["January 2024"]),
        (quarters(2024, 2025), "middle", ["January 2025"]),
        (quarters(2024, 2025), "ends", ["October 2025"]),
        (quarters(2020, 2023), "label", ["2020", "2021", "2022", "2023"]),
        (
            list(map(str, range(2000, 2030))),
            "label",
            ["2000", "2005", "2010", "2015", "2020", "2025"],
        ),
        (["October 2019", *quarters(2020, 2022)], "label", ["2020", "2021", "2022"]),
        (["", "a", "b c", "d"], "ends", ["d"]),
    ],
)
def test_few_labels_stand_below_the_bars(labels: list[str], kind: str, shown: list[str]) -> None:
    assert texts(bars([Point(label, 1, "/") for label in labels]), kind) == shown


def test_each_country_with_a_count_is_a_link_that_says_it() -> None:
    assert links(country_map({"IQ": 12, "MT": 1, "FR": 0})) == {
        "/countries/IQ": "Iraq: 12 mentions",
        "/countries/MT": "Malta: 1 mention",
    }


def test_the_most_named_are_reached_first_and_dots_lie_over_shapes() -> None:
    order = list(links(country_map({"SG": 90, "MY": 3, "IR": 40})))
    assert order == ["/countries/IR", "/countries/MY", "/countries/SG"]


def test_every_country_but_antarctica_is_on_the_map() -> None:
    drawn = links(country_map(dict.fromkeys(short_names(), 1)))
    assert short_names().keys() - {href.rpartition("/")[2] for href in drawn} == {"AQ"}


@pytest.mark.parametrize("code", ["MT", "SG", "BH", "VA", "XK", "QA", "TV"])
def test_a_small_country_has_a_dot(code: str) -> None:
    link = next(parsed(country_map({code: 1})).iter(f"{SVG}a"))
    assert link.find(f"{SVG}circle") is not None


def test_what_is_not_on_the_map_is_listed_below_it() -> None:
    below = parsed(country_map({"AQ": 2, "IQ": 1, "EU": 1_234}))[-1]
    assert "".join(below.itertext()) == "Not on the map: EU 1,234, Antarctica 2"
    assert [a.attrib["href"] for a in below.iter("a")] == ["/countries/EU", "/countries/AQ"]


@pytest.mark.parametrize(
    ("counts", "legend"),
    [
        ([3], ["none", "3 mentions"]),
        ([1], ["none", "1 mention"]),
        ([1, 2, 50], ["none", "1", "2–49", "50 mentions"]),
        (range(1, 900), ["none", "1–3", "4–19", "20–59", "60–199", "200–899 mentions"]),
        ([1000, 1010, 1020, 1100, 1150, 1199], ["none", "1,000–1,099", "1,100–1,199 mentions"]),
        ([*range(1, 9), 10_000_000],
         ["none", "1–29", "30–599", "600–19,999", "20,000–399,999", "400,000–10,000,000 mentions"]),
    ],
)  # fmt: skip
def test_the_legend_says_the_numbers(counts: range | list[int], legend: list[str]) -> None:
    drawn = parsed(country_map({str(i): n for i, n in enumerate(counts)}))
    assert ["".join(item.itertext()).strip() for item in drawn.iter("li")] == legend


def test_a_country_has_the_shade_that_the_legend_gives_its_number() -> None:
    counts = {"AE": 1, "BE": 3, "CU": 4, "DE": 19, "ES": 20, "FR": 60, "GB": 199, "HU": 200}
    drawn = parsed(country_map(counts | {"IQ": 899}))
    legend = [rect.attrib["class"] for item in drawn.iter("li") for rect in item.iter("rect")]
    assert legend == ["shade-0", "shade-1", "shade-2", "shade-3", "shade-4", "shade-5"]
    shades = {a.attrib["href"]: a.attrib["class"][-1] for a in drawn.iter(f"{SVG}a")}
    assert "".join(shade for _, shade in sorted(shades.items())) == "112234455"


def test_the_map_is_small_enough_for_a_page() -> None:
    assert len(country_map(dict.fromkeys(short_names(), 1))) < 100_000


def figure(picture: Markup, table: Table) -> str:
    pages = Environment(loader=FileSystemLoader(resource_dir("templates")), autoescape=True)
    pages.filters["plural"] = plural
    macros = pages.get_template("macros/pictures.html").module
    return str(macros.figure(picture, "Quotes by month", table, "by-month"))


def test_a_figure_has_its_numbers_as_a_table_of_links() -> None:
    points = [*months(12, 0), Point(HOSTILE, 1, "/x")]
    table = Table("Quotes by month", ("Month", "Quotes"), "quote", points)
    shown = ElementTree.fromstring(figure(bars(points), table))
    assert [th.attrib["scope"] for th in shown.iter("th")] == ["col", "col", "row", "row", "row"]
    assert [th.text for th in shown.iter("th")] == [
        "Month",
        "Quotes",
        "Month 0",
        "Month 1",
        HOSTILE,
    ]
    assert ["".join(td.itertext()) for td in shown.iter("td")] == ["12", "0", "1"]
    inside = [a.attrib for td in shown.iter("td") for a in td.iter("a")]
    assert [a["href"] for a in inside] == ["/quotes?month=0&by=a", "/x"]
    assert inside[0]["aria-label"] == "Month 0: 12 quotes"
    assert shown.findtext(".//caption") == shown.findtext("figcaption") == "Quotes by month"


def test_the_table_of_the_map_has_the_most_named_first() -> None:
    counts = {"IQ": 2, "FR": 0, "BE": 2, "IR": 9, "AQ": 1}
    rows = by_country(counts, "/countries/{}".format, short_names())
    assert list(rows) == ["IR", "BE", "IQ", "AQ"]


def test_without_a_picture_there_is_no_figure() -> None:
    assert not figure(Markup(""), Table("", ("", ""), "quote", [])).strip()


def test_every_class_of_a_picture_is_painted_by_the_stylesheet() -> None:
    css = (resource_dir("static") / "reader.css").read_text("utf-8")
    drawn = (
        bars(months(*range(40)))
        + bars(months(1))
        + country_map({"AQ": 1} | dict.fromkeys(short_names(), 3))
    )
    classes = {name for e in parsed(drawn).iter() for name in e.get("class", "").split()}
    unpainted = {name for name in classes if not re.search(rf"\.{name}\b", css)}
    assert unpainted <= {"axis", "label"}
