"""The API does what its description says, and tells the same as the pages."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from collection import made_articles
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

Record = dict[str, Any]


def get(client: FlaskClient, address: str) -> Record:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    told = answer.json
    assert isinstance(told, dict)
    return told


def every(client: FlaskClient, address: str, name: str) -> Iterator[Record]:
    """The entries of all pages."""
    following: str | None = address
    while following:
        page = get(client, following)
        yield from page[name]
        following = page["next"]


@pytest.fixture
def document(client: FlaskClient) -> Record:
    return get(client, "/api/openapi.json")


def test_the_description_is_openapi(document: Record) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_each_route_is_described_and_each_description_has_a_route(
    client: FlaskClient, document: Record
) -> None:
    rules = [rule for rule in client.application.url_map.iter_rules() if "/api" in rule.rule]
    routes = {re.sub(r"<(?:.*?:)?(\w+)>", r"{\1}", rule.rule) for rule in rules}
    assert routes - {"/api", "/api/openapi.json"} == set(document["paths"])
    assert all(rule.methods == {"GET", "HEAD", "OPTIONS"} for rule in rules)
    names = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(set(names)) == len(names)


def test_the_page_tells_each_path_and_its_examples_work(
    client: FlaskClient, document: Record
) -> None:
    page = client.get("/api").text
    for path in document["paths"]:
        assert f"<code>{path}</code>" in page
    examples = re.findall(r'href="(/api/[^"]+)"', page)
    assert len(examples) > 6
    for example in examples:
        get(client, example.replace("&amp;", "&"))


ASKED = [
    "/api/quotes",
    "/api/quotes?q=said:lock&sort=relevance",
    "/api/quotes?by=dagny-ravensholm&by=anna-kovac&about=KE&not-kind=mixed&per_page=1&page=2",
    "/api/quotes?since=2026-01-01&until=2026-12-31&confidence=90&source=Meridian+Wire&year=2026",
    "/api/quotes?q=zeppelin",
    "/api/quotes/{quote}",
    "/api/articles?q=lock",
    "/api/articles?speaker=anna-kovac&country=BE&not-country=PE&versions=all&sort=date&per_page=100",
    "/api/articles/{article}",
    "/api/speakers?sort=latest&per_page=100",
    "/api/speakers?q=fortes",
    "/api/speakers/anna-kovac",
    "/api/speakers/adelino-fortes",
    "/api/countries",
    "/api/countries?sort=articles",
    "/api/countries/IQ",
    "/api/countries/AQ",
    "/api/matrix",
    "/api/matrix?about=IQ&rows=about:IQ&columns=name&size=40",
    "/api/matrix?q=zeppelin",
]


@pytest.fixture
def lock(client: FlaskClient) -> Record:
    """A quote of two pieces."""
    (found,) = get(client, "/api/quotes?q=said:lock+by:kovac")["quotes"]
    return dict(found)


def described(document: Record, path: str) -> Record:
    """The operation that a path is of."""
    for template, operations in document["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return dict(operations["get"])
    raise AssertionError(path)


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_answered_is_what_was_described(
    client: FlaskClient, document: Record, lock: Record, asked: str
) -> None:
    address = asked.format(quote=lock["id"], article=lock["article"])
    operation = described(document, address.partition("?")[0])
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = schema | {"components": document["components"]}
    validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    validator.validate(get(client, address))


def test_every_operation_was_asked(document: Record) -> None:
    asked = [described(document, each.partition("?")[0])["operationId"] for each in ASKED]
    assert set(asked) == {path["get"]["operationId"] for path in document["paths"].values()}


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/api/quotes?since=March", 400, "since: “March” is not a day such as 2026-03-14."),
        ("/api/quotes?per_page=101", 400, "per_page: “101” is not a number from 1 to 100."),
        ("/api/quotes?page=0", 400, "page: “0” is not a number from 1 to"),
        ("/api/quotes?page=1&page=2", 400, "“page” was given more than once."),
        ("/api/quotes?kind=loud", 400, "kind: “loud” is not one of direct, mixed, indirect."),
        ("/api/quotes?speaker=x", 400, "There is no parameter “speaker” here, but q, by, about,"),
        ("/api/quotes/1?q=x", 400, "There is no parameter “q” here, but none."),
        (f"/api/quotes?q={'a' * 2001}", 400, "at most 2,000 characters."),
        ("/api/quotes?" + "&".join(f"by=s{n}" for n in range(13)), 400, "at most 12 filters"),
        ("/api/quotes?page=900", 404, "There is no page 900: the last one is"),
        ("/api/speakers?page=900", 404, "There is no page 900: the last one is"),
        ("/api/quotes/99999", 404, "There is no such quote."),
        ("/api/quotes/x", 404, "There is no page at this address."),
        ("/api/articles/99999", 404, "There is no such article."),
        ("/api/speakers/nobody", 404, "There is no such speaker."),
        ("/api/countries/ZZ", 404, "There is no country “ZZ”."),
        ("/api/nothing", 404, "There is no page at this address."),
    ],
)
def test_errors_are_sentences(
    client: FlaskClient, document: Record, address: str, status: int, sentence: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/json")
    assert answer.json is not None
    assert set(answer.json) == {"error"}
    assert sentence in answer.json["error"]
    if "nothing" not in address:
        assert str(status) in described(document, address.partition("?")[0])["responses"]


@pytest.mark.parametrize("site", ["same-origin", "cross-site"])
def test_nothing_can_be_changed(client: FlaskClient, site: str) -> None:
    answer = client.post("/api/quotes", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == (405 if site == "same-origin" else 403)
    assert answer.json is not None
    assert set(answer.json) == {"error"}


def test_pages_of_other_sites_cannot_read_it(client: FlaskClient) -> None:
    answer = client.get("/api/quotes", headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]


def test_what_was_not_understood_is_told(client: FlaskClient) -> None:
    (problem,) = get(client, "/api/quotes?q=lock+(")["problems"]
    assert "bracket at character 6 was not closed" in problem
    turned = get(client, "/api/quotes?since=2026-02-01&until=2026-01-01")
    assert turned["problems"]
    assert turned["total"] == 0


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/api/quotes?about=FJ&per_page=5", "quotes"),
        ("/api/articles?q=the&per_page=7", "articles"),
        ("/api/speakers?per_page=40", "speakers"),
    ],
)
def test_pages_have_everything_once(client: FlaskClient, address: str, name: str) -> None:
    ids = [entry["id"] for entry in every(client, address, name)]
    assert len(set(ids)) == len(ids) == get(client, address)["total"]


def test_it_says_who_said_what_about_which_country(client: FlaskClient) -> None:
    said = [one for made in made_articles() for one in made.said]
    wanted = [one for one in said if (one.speaker, one.country) == ("Dagny Ravensholm", "KE")]
    assert wanted
    found = every(client, "/api/quotes?by=dagny-ravensholm&about=KE", "quotes")
    assert {(q["words"], q["kind"], q["date"], q["source"], q["speaker"]) for q in found} == {
        (one.words, one.kind.value, one.published.isoformat(), one.source, one.speaker)
        for one in wanted
    }


@pytest.mark.parametrize(
    "asked", ["about=IQ", "by=yusef-al-karimi&q=wheat", "kind=mixed&year=2024"]
)
def test_totals_are_those_of_the_pages(client: FlaskClient, asked: str) -> None:
    total = get(client, f"/api/quotes?{asked}")["total"]
    assert total
    page = client.get(f"/quotes?{asked}").text
    assert f'<h1 id="results-heading" data-total="{total}"' in page


def test_offsets_are_code_points_of_the_text(client: FlaskClient, lock: Record) -> None:
    article = get(client, f"/api/articles/{lock['article']}")
    text = article["text"]

    def at(span: Record) -> str:
        return str(text[span["start"] : span["end"]])

    for quote in article["quotes"]:
        assert " ".join(" … ".join(map(at, quote["content"])).split()) == quote["words"]
        assert quote["cue_at"] is None or at(quote["cue_at"])
    names = {at(m) for country in article["countries"] for m in country["mentions"]}
    assert {"Belgium", "Dutch", "Paris"} <= names
    alone = get(client, f"/api/quotes/{lock['id']}")
    (same,) = (quote for quote in article["quotes"] if quote["id"] == lock["id"])
    assert len(same["content"]) == 2
    assert {name: alone[name] for name in set(same) & set(alone) - {"speaker"}} == {
        name: same[name] for name in set(same) & set(alone) - {"speaker"}
    }


def test_the_hash_can_be_made_of_what_is_told(client: FlaskClient, lock: Record) -> None:
    article = get(client, f"/api/articles/{lock['article']}")
    title = article["headline"] or article["title"]
    whole = hashlib.sha256(f"{title}\n\n{article['text']}".encode()).hexdigest()
    assert whole == article["content_hash"]
    made = hashlib.sha256(f"{whole}\n{lock['words']}".encode()).hexdigest()
    assert made[:16] == lock["hash"]


def test_the_matrix_counts_the_quotes(client: FlaskClient) -> None:
    matrix = get(client, "/api/matrix?size=10&since=2025-01-01")
    row, column = matrix["rows"][0]["id"], matrix["columns"][0]["code"]
    asked = f"by={row}&about={column}&since=2025-01-01"
    assert get(client, f"/api/quotes?{asked}")["total"] == matrix["cells"][0][0]
    by = get(client, f"/api/quotes?by={row}&since=2025-01-01")
    assert by["total"] == matrix["rows"][0]["quotes"]


def test_speakers_and_countries_count_the_quotes(client: FlaskClient) -> None:
    speaker = get(client, "/api/speakers/yusef-al-karimi")
    assert get(client, "/api/quotes?by=yusef-al-karimi")["total"] == speaker["quotes"]
    assert len(speaker["variants"]) > 1
    country = get(client, "/api/countries/IQ")
    assert get(client, "/api/quotes?about=IQ")["total"] == country["quotes"]
    assert get(client, "/api/articles?country=IQ")["total"] == country["articles"]
    listed = {one["code"]: one for one in get(client, "/api/countries")["countries"]}
    assert (listed["IQ"]["quotes"], listed["IQ"]["articles"]) == (
        country["quotes"],
        country["articles"],
    )


def test_an_export_has_what_the_api_has(client: FlaskClient) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/quotes.csv?about=IQ").text))
    assert [int(row["id"]) for row in rows] == [
        quote["id"] for quote in every(client, "/api/quotes?about=IQ", "quotes")
    ]
    assert client.get("/quotes.json?about=IQ").json == list(
        every(client, "/api/quotes?about=IQ", "quotes")
    )
