"""Countries in invented sentences: "CODE:text" of each mention in turn."""

import pycountry
import pytest

from webapp.annotation import annotate
from webapp.annotation.gazetteer import forms, short_names


def mentioned(text: str) -> list[str]:
    found = [(m.span.start, c.code, m) for c in annotate(text).countries for m in c.mentions]
    return [f"{code}:{m.span.of(text)}:{m.via}" for _, code, m in sorted(found, key=lambda f: f[0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She flew to Iran.", "IR:Iran:name"),
        ("It rained in the Ivory Coast.", "CI:Ivory Coast:alias"),
        ("The U.S. and the US left, but not us.", "US:U.S.:alias US:US:alias"),
        ("The UK sent aid.", "GB:UK:alias"),
        ("Iraqis and an Iraqi poet met.", "IQ:Iraqis:demonym IQ:Iraqi:demonym"),
        ("A Frenchman and the Dutch won.", "FR:Frenchman:demonym NL:Dutch:demonym"),
        ("Talks in Tehran and Baghdad failed.", "IR:Tehran:capital IQ:Baghdad:capital"),
        ("It is U.S.-led and Iran-backed.", "US:U.S.:alias IR:Iran:name"),
        ("An anti-Russian mood grew.", "RU:Russian:demonym"),
        ("North Koreans met South Koreans.",
         "KP:North Koreans:demonym KR:South Koreans:demonym"),
        ("He left North Korea.", "KP:North Korea:name"),
        ("Nigerien and Nigerian troops met in Niger.",
         "NE:Nigerien:demonym NG:Nigerian:demonym NE:Niger:name"),
        ("Aid for the Democratic Republic of the Congo.",
         "CD:Democratic Republic of the Congo:name"),
        ("Congo and Brazzaville signed.", "CG:Congo:alias CG:Brazzaville:capital"),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea met.",
         "GW:Guinea-Bissau:name GQ:Equatorial Guinea:name PG:Papua New Guinea:name GN:Guinea:name"),
        ("The Dominican Republic and Dominica met.", "DO:Dominican Republic:name DM:Dominica:name"),
        ("Belfast is in Northern Ireland, Cork in Ireland.",
         "GB:Belfast:city GB:Northern Ireland:alias IE:Cork:city IE:Ireland:name"),
        ("Mexico City is high.", "MX:Mexico City:capital"),
        ("Kuwait City is hot.", "KW:Kuwait City:capital"),
        ("Georgia and Russia met in Tbilisi.", "GE:Georgia:name RU:Russia:name GE:Tbilisi:capital"),
        ("Hong Kong and Guam closed.", "HK:Hong Kong:name GU:Guam:name"),
        ("The Iraqi Vice President left.", "IQ:Iraqi:demonym"),
        ("Singapore, Monaco and Luxembourg gained.",
         "SG:Singapore:name MC:Monaco:name LU:Luxembourg:name"),
        ("Officials in Washington, D.C. agreed.", "US:Washington, D.C.:capital"),
        ("He was born in Karak, Jordan.", "JO:Karak:city JO:Jordan:name"),
        ("BERLIN — A storm hit Poland.", "DE:BERLIN:capital PL:Poland:name"),
        ("GLASGOW, Ky. (AP) — A barn burned in Glasgow.", "US:GLASGOW:city US:Glasgow:city"),
        ("The Kremlin said it would wait.", "RU:Kremlin:alias"),
        ("Downing Street did not reply.", "GB:Downing Street:alias"),
        ("The White House said no.", "US:White House:alias"),
        ("East Germany and Zaire are no more.", "DE:East Germany:alias CD:Zaire:alias"),
        ("The UAE, the DRC and the ROK signed.", "AE:UAE:alias CD:DRC:alias KR:ROK:alias"),
        ("The NATO-Russia council met.", "RU:Russia:name"),
        ("The Canada-U.S. border is long.", "CA:Canada:name US:U.S.:alias"),
        ("He left London's Heathrow airport.", "GB:London:capital GB:Heathrow:city"),
        ("A quake hit the town of Varzaqan, Iran.", "IR:Varzaqan:city IR:Iran:name"),
        ("She lives in Red Deer, Alberta.", "CA:Red Deer:city"),
        ("A New U.S. Airline may fly to Russia.", "US:U.S.:alias RU:Russia:name"),
        ("Flights to Washington and Moscow were late.", "US:Washington:capital RU:Moscow:capital"),
        ("They moved to Athens, Ga., and to London, Ontario, then to Paris, Texas.",
         "US:Athens:city CA:London:city US:Paris:city"),
    ],
)  # fmt: skip
def test_mentions(text: str, expected: str) -> None:
    assert " ".join(mentioned(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Give us a polish for the china and a turkey.",
        "Michael Jordan and Chad Miller met.",
        "Chad Miller won. Chad was glad.",
        "Paris Hilton sang.",
        "She lives in New Mexico and roots for New England.",
        "He flew with American Airlines.",
        "The Bank of England was quiet.",
        "He reads the Washington Post and The New York Times.",
        "The Islamic State and Kurdish forces fought in the Arab country.",
        "The European Union met.",
        "Voters in Marietta and Fulton County, Georgia, chose.",
        "Latin American and Native American poets met.",
        "He speaks French.",
        "Denzel Washington acted.",
        "A guinea pig ran.",
        "It crossed the Niger Delta.",
        "Mr. Jordan left.",
        "Monica French left. French said nothing.",
        "The winters of North Carolina, Queensland and British Columbia differ.",
        "In Africa, Asia and South America it rained.",
        "The Supreme Court met in Superior Court.",
        "The White House spokesman left.",
        "He threw a Molotov cocktail.",
        "Georgia Stevens skates. Georgia’s father was glad.",
        "The Los Angeles Times and the Baltimore Sun folded.",
    ],
)
def test_no_mention(text: str) -> None:
    codes = {c.code for c in annotate(text).countries}
    assert codes - {"US"} == set()
    assert not any(
        m.via in {"name", "demonym"} for c in annotate(text).countries for m in c.mentions
    )


def test_town_of_a_capitals_name_throughout_the_article() -> None:
    text = "A fire broke out in London, Ontario.\n\nThe mayor of London spoke."
    assert mentioned(text) == ["CA:London:city", "CA:London:city"]


def test_headline_in_capitals() -> None:
    assert mentioned("IRAN TELLS US TO LEAVE IRAQ\n\nIt rained.") == [
        "IR:IRAN:name",
        "IQ:IRAQ:name",
    ]


def test_every_code_is_there() -> None:
    assert set(short_names()) == {c.alpha_2 for c in pycountry.countries} | {"XK"}


def test_every_form_means_one_country() -> None:
    meant: dict[str, set[str]] = {}
    for found in forms().values():
        for form in found:
            meant.setdefault(form.text, set()).add(form.code)
    assert {text for text, codes in meant.items() if len(codes) > 1} == set()
