"""Who is who across articles: pairs of names with roles, as rows, and what holds for all names."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.annotation.gazetteer import code_of, country_of_city
from webapp.identity import Known, Reason, choose, keys, known, same

DATA = Path(__file__).parent / "data"
ORGANIZATION = "organization"


def rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def person(name: str, role: str = "") -> Known:
    return known(name, role=role, code_of=code_of, city_of=country_of_city)


@pytest.mark.parametrize(
    ("one", "role", "other", "other_role", "truth", "why"), list(rows("identity.tsv"))
)
def test_pairs(one: str, role: str, other: str, other_role: str, truth: str, why: str) -> None:
    verdict = same(person(one, role), person(other, other_role))
    assert verdict.same == (truth == "same"), f"{why}: {verdict.why}"


def test_pairs_are_many_and_half_of_them_apart() -> None:
    truths = [row[4] for row in rows("identity.tsv")]
    assert len(truths) >= 200
    assert truths.count("apart") >= len(truths) / 2


def test_pairs_that_the_rules_had_not_seen() -> None:
    """When the four sets were first run, 33 of 34, 23 of 26, 25 of 27 and 28 of 29 merges were
    right, and 40, 37, 31 and 35 were there to be found. Each wrong merge led to a rule."""
    merged = found = there = 0
    for one, role, other, other_role, truth, _ in rows("identity_held_out.tsv"):
        verdict = same(person(one, role), person(other, other_role))
        merged += verdict.same
        found += verdict.same and truth == "same"
        there += truth == "same"
    assert merged == found
    assert found / there >= 0.8


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Anna Kovac", "mayor"), ("Anna Kovac", ""), "the same name"),
        (
            ("Nadir al-Sadi", ""),
            ("Nader Al Sadi", ""),
            "two transliterations of one name",
        ),
        (
            ("Bill Kovac", "mayor of Ghent"),
            ("William T. Kovac", "mayor of Ghent"),
            "the same name but for a middle name or initial; "
            "the same name with a short form of the given name, and the roles agree",
        ),
        (("Anna Kovac", "singer"), ("Anna Kovac", "judge"), "the roles are in different fields"),
        (("Anna Kovac", ""), ("Kovac", ""), "too little is known to tell"),
        (
            ("Omar Diallo", "Malian minister"),
            ("Omar Diallo", "Iraqi minister"),
            "the roles are in different countries",
        ),
        (
            ("Ann Smith", "mayor of Ghent"),
            ("Ann Smith", "head of the nurses' union"),
            "a frequent name, and roles that have nothing in common",
        ),
    ],
)
def test_why(one: tuple[str, str], other: tuple[str, str], why: str) -> None:
    assert same(person(*one), person(*other)).why == why


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The Aldin Bank", "Aldin Bank", True),
        ("Aldin Bank Ltd.", "ALDIN BANK", True),
        ("Aldin & Sons", "Aldin and Sons", True),
        ("U.N.", "UN", True),
        ("Workers’ League", "Workers' League", True),
        ("Société Aldin S.A.", "Societe Aldin", True),
        ("UN", "United Nations", False),
        ("Bank of Aldin", "Bank of Aldona", False),
        ("Republicans", "Republican", False),
        ("The Co.", "Co", True),
        ("Foreign Ministry", "Foreign Ministry", False),
        ("Supreme Court", "The Supreme Court", False),
        ("police", "Police", False),
        ("Iraqi Foreign Ministry", "Iraqi Foreign Ministry", True),
    ],
)
def test_organizations(one: str, other: str, expected: bool) -> None:
    assert same(known(one, ORGANIZATION), known(other, "group")).same is expected
    shared = set(keys(one, ORGANIZATION)) & set(keys(other, "group"))
    assert bool(shared) >= expected


def test_generic_organizations_are_one_in_one_country() -> None:
    iraqi, also, kenyan = (
        known("Supreme Court", ORGANIZATION, place, code_of) for place in ("Iraq", "Iraqi", "Kenya")
    )
    assert same(iraqi, also).same
    assert same(iraqi, kenyan).reasons == (Reason.MANY_BEAR,)


def test_a_person_is_no_organization() -> None:
    assert same(known("Aldin"), known("Aldin", ORGANIZATION)).reasons == (Reason.OTHER_KIND,)


WALKER = (person("George W. Bush", "U.S. President"),)
HERBERT = (person("George H. W. Bush", "U.S. President"),)
MAYOR = (person("Ann Smith", "mayor of Ghent"),)
STRIKER = (person("Ann Smith", "Australian striker"),)


def test_the_speaker_joins_whom_they_are() -> None:
    choice = choose(person("George Walker Bush"), [HERBERT, WALKER])
    assert (choice.place, choice.verdict.same) == (1, True)


def test_whoever_is_nobody_known_is_new() -> None:
    assert choose(person("Jeb Bush"), [HERBERT, WALKER]).place is None
    assert choose(person("Jeb Bush"), []).place is None


def test_between_two_nobody_is_chosen() -> None:
    for name, role in (("George Bush", ""), ("Bush", "U.S. President")):
        choice = choose(person(name, role), [HERBERT, WALKER])
        assert choice.place is None
        assert choice.verdict.reasons == (Reason.SEVERAL,)


def test_who_could_not_be_told_before_is_one_more() -> None:
    """Else each article that names neither would make another identity."""
    for speaker in (person("George Bush"), person("Bush", "U.S. President")):
        assert choose(speaker, [HERBERT, WALKER, (speaker,)]).place == 2
    nobody = person("Ann Smith")
    assert choose(nobody, [(nobody, *MAYOR), STRIKER]).place is None
    assert choose(nobody, [(nobody, *MAYOR), STRIKER, (nobody,)]).place == 2


def test_one_name_that_is_surely_another_keeps_the_speaker_out() -> None:
    mixed = (person("George Bush", "President"), person("George W. Bush", "President"))
    assert choose(person("George H. W. Bush", "President"), [mixed]).place is None


def test_one_role_that_is_odd_does_not_keep_the_speaker_out() -> None:
    odd = (person("Ann Quarmby", "senator"), person("Ann Quarmby", "football coach"))
    assert choose(person("Ann Quarmby", "former senator"), [odd]).place == 0
    assert choose(person("Ann Quarmby", "surgeon"), [odd]).place is None


def test_a_role_elsewhere_is_no_bridge_over_an_article_without_one() -> None:
    assert choose(STRIKER[0], [(*MAYOR, person("Ann Smith"))]).place is None


WORDS = """
George Bush W. H. Jr. Sr. III Nouri Nuri al-Maliki Al Maliki el bin ibn Mohammed Muhammad Abdel
Aziz Abdulaziz Kim Jong-un Jong Un Xi Jinping Lee J. K. JK Smith García Márquez de la da Silva van
der Berg Müller Mueller Muller Volodymyr Vladimir Zelensky Zelenskyy Bob Robert Kate “Bobby” Viktor
Day-Lewis O’Hara Dr. Sheikh U Nguyen Orbán Salah al-Din Filho Yanis Dmitri Dmitry
"""
PARTS = st.sampled_from(WORDS.split())
NAMES = st.lists(PARTS, min_size=1, max_size=5).map(" ".join)
ROLES = st.sampled_from(
    ["", "President", "Iraqi Vice President", "Kenyan athlete", "mayor of Ghent", "spokeswoman"]
)
PERSONS = st.builds(person, NAMES, ROLES)


@given(PERSONS, PERSONS)
def test_the_order_of_the_two_does_not_matter(one: Known, other: Known) -> None:
    assert same(one, other) == same(other, one)


@given(PERSONS, PERSONS)
def test_who_is_the_same_is_found_by_a_key(one: Known, other: Known) -> None:
    if same(one, other).same:
        assert set(keys(one.name)) & set(keys(other.name))


@given(st.lists(PARTS, min_size=1, max_size=4), st.sampled_from(["Quarmby", "Rouhani", "Ødegaard"]))
def test_a_name_is_the_same_as_itself(given_names: list[str], surname: str) -> None:
    name = " ".join([*given_names, surname])
    verdict = same(person(name), person(name))
    assert verdict.same
    assert verdict.reasons in {(Reason.SAME_NAME,), (Reason.ONE_WORD,)}


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["person", ORGANIZATION]))
def test_no_text_is_too_odd(one: str, other: str, kind: str) -> None:
    assert keys(one, kind)
    verdict = same(known(one, kind, other, code_of), known(other, kind, one, code_of))
    assert verdict.why


@pytest.mark.parametrize("piece", ["go", "E", "-", "al-", "J.", "“", "gogogogogogogo "])
def test_long_names_are_no_burden(piece: str) -> None:
    name = piece * 999
    assert len(keys(name)) < 500
    assert same(person(name), person(name)).reasons


def test_frequent_surnames_alone_are_nobody() -> None:
    assert not same(person("Smith"), person("Smith")).same
    assert not same(person("J. Smith"), person("J. Smith")).same
    assert same(person("Smith", "mayor of Ghent"), person("Smith", "mayor of Ghent")).same


def test_keys_tell_names_apart() -> None:
    assert set(keys("Nouri al-Maliki")) & set(keys("Nuri Al Maliki")) & set(keys("Maliki"))
    assert not set(keys("Hassan Rouhani")) & set(keys("Hassan Khatami"))


def test_without_a_table_of_countries_roles_still_count() -> None:
    one, other = known("Anna Kovac", role="Iraqi judge"), known("Anna Kovac", role="Kenyan athlete")
    assert same(one, other).reasons == (Reason.OTHER_FIELD,)
