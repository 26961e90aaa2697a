"""Which countries a text names: by name, alias, demonym, capital, city or town.

A form counts where it stands alone: not in a longer name ("Bank of England", "Paris Hilton").
What names several places is settled by the other evidence of the article (`settling`; cf. Gritta
et al. 2020, "A pragmatic guide to geoparsing evaluation").
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from webapp.annotation import lexicon, places
from webapp.annotation.casing import VERBAL, headline
from webapp.annotation.gazetteer import Form, demonyms, forms, is_town, regions, short_names
from webapp.annotation.pipeline import Named
from webapp.annotation.settling import Find, Qualifier, settled
from webapp.annotation.words import Token
from webapp.model import Country, Mention, Span

_PART = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W_]+")
_INITIAL = re.compile(r"[A-Z]\.")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_STOPS = {".", "!", "?", ":", "“", '"', "•"}
_AMERICAS = {"north", "south", "central"}
_NO_NAMES = lexicon.NOT_A_NAME | lexicon.ADJECTIVES
_SHOUTED = 4
"""Letters; a longer name of a country counts in capitals anywhere ("BEIRUT:")."""
_LONGEST = 4
"""Words of a town's or region's name."""


def countries(
    text: str,
    lines: Sequence[Sequence[Token]],
    named: Sequence[Named] = (),
    people: Iterable[Sequence[str]] = (),
) -> tuple[Country, ...]:
    """The countries of a text in the order of their first mentions. `lines` are the tokens of its
    paragraphs, `named` the names that the model found (without them more is left out), `people`
    the names of persons in words."""
    labels = {at: name for name in named for at in range(name.span.start, name.span.end)}
    people = [
        *people,
        *(name.span.of(text).split() for name in named if name.label == "PERSON"),
    ]
    given = {word for words in people if len(words) > 1 for word in words[:-1]}
    surnames = {words[-1] for words in people if len(words) > 1}
    finds: list[Find] = []
    doubtful: list[Find] = []
    told: list[str] = []
    persons: set[str] = set()
    for number, line in enumerate(lines):
        regional = list(_regions(text, line))
        told += [code for code, _ in regional]
        for find in _in_line(text, line, labels, opens=number < 3):
            if any(place.holds(find.span) for _, place in regional) and not _own(find, regional):
                continue
            if not _is_place(find) or _is_bearer(find, given, surnames):
                persons.add(find.form.text)
            elif _counts(find):
                finds.append(find)
            elif _may_count(find):
                doubtful.append(find)
    established = {find.form.text for find in finds}
    finds += [find for find in doubtful if find.form.text in established]
    finds.sort(key=lambda find: find.start)
    mentions: dict[str, list[Mention]] = {}
    for code, find in settled(text, finds, told, persons):
        moved = find.form.via == "capital" and code != find.form.code
        via = "city" if moved else find.form.via
        mentions.setdefault(code, []).append(Mention(find.span, via))
    return tuple(Country(code, short_names()[code], tuple(ms)) for code, ms in mentions.items())


# Finding


def _regions(text: str, line: Sequence[Token]) -> Iterator[tuple[str, Span]]:
    """The regions that a paragraph names: code and place, each time it does."""
    after = 0
    for at, token in enumerate(line):
        comma = at > 0 and line[at - 1].text == ","
        if at >= after and token.capital and (found := _region_at(text, line, at, comma)):
            code, after = found
            yield code, Span(token.start, line[after - 1].end)


def _own(find: Find, regional: Sequence[tuple[str, Span]]) -> bool:
    """Whether a region's name is a country's or city's too: "New York", "England"."""
    return find.form.code != "" and any(place == find.span for _, place in regional)


def _region_at(
    text: str, line: Sequence[Token], at: int, after_comma: bool
) -> tuple[str, int] | None:
    """The code of the region that starts at a token, and the token after it."""
    for end in range(min(at + _LONGEST, len(line)), at, -1):
        form = _bare(text[line[at].start : line[end - 1].end])
        stop = text[line[end - 1].end : line[end - 1].end + 1]
        code = regions().get(form)
        short = code is None or form.endswith(".") or len(form) < 4
        if code is None and stop == ".":
            code = regions().get(form + stop)
        if code and (after_comma or not short):
            return code, end
    return None


def _in_line(
    text: str, line: Sequence[Token], labels: Mapping[int, Named], opens: bool
) -> Iterator[Find]:
    """All forms in a paragraph, the longest at each place; `opens`: a dateline may start it."""
    capitals = headline(line)
    shouted = capitals and all(t.text.isupper() for t in line if t.word)
    end = 0
    for at, token in enumerate(line):
        for start, word in _parts(token):
            if start < end:
                continue
            dateline = opens and at < _LONGEST and token.text.isupper() and _is_dateline(text, line)
            form = _longest(text, start, word, shouted or dateline)
            town = _town(text, line, at, dateline) if start == token.start else None
            name = labels.get(start)
            if town is None and name and name.span.start == start and name.label == "LOC":
                town = _unknown_town(text, line, name.span)
            if town and (form is None or len(town) > len(form.text)):
                form = Form(town, "", "city")
            if form is None:
                continue
            end = start + len(form.text)
            after = next((i for i in range(at, len(line)) if line[i].start >= end), len(line))
            label = name.label if name and name is labels.get(end - 1) else ""
            alone = name is not None and name.span == Span(start, end)
            qualifier = _qualifier(text, line, after)
            yield Find(form, start, line, at, after, capitals, label, alone, dateline, qualifier)


def _bare(name: str) -> str:
    """Without the possessive."""
    return name[:-2] if name.endswith(("'s", "’s")) else name


def _is_dateline(text: str, line: Sequence[Token]) -> bool:
    """ "BERLIN —", "GLASGOW, Ky. (WBKO) -", "WASHINGTON (Reuters)": capitals, then what ends it."""
    at = 0
    while at < min(len(line), _LONGEST) and line[at].text.isupper() and line[at].word:
        at += 1
    after = text[line[at - 1].end : line[at - 1].end + 40] if at else ""
    ends = bool(re.match(r"\s*(?:,|\(|—|–|--|-\s)", after))
    return ends or (at == 1 and len(line[0].text) > _SHOUTED and after[1:2].isupper())


def _parts(token: Token) -> Iterator[tuple[int, str]]:
    """The capitalised parts of a word with their places: "U.S", "anti-Iranian"."""
    for match in _PART.finditer(token.text) if token.word else ():
        if match.group()[0].isupper():
            yield token.start + match.start(), match.group().rstrip(".")


def _longest(text: str, start: int, word: str, shouted: bool) -> Form | None:
    candidates = forms().get(word, ())
    shouted = shouted or (word.isupper() and len(word) > _SHOUTED)
    if shouted and not candidates and len(word) > 3:
        candidates = forms().get(word.title(), ())
    for form in candidates:
        end = start + len(form.text)
        written = text[start:end]
        same = written == form.text or (shouted and written == form.text.upper())
        if shouted and form.text in places.WORDS:
            continue
        if same and not (text[end : end + 1].isalnum() or text[end : end + 1] in {"$", "_"}):
            return form
    return None


def _town(text: str, line: Sequence[Token], at: int, shouted: bool) -> str | None:
    """The longest name of a town that starts at a token, as the table writes it."""
    if not line[at].capital:
        return None
    for end in range(min(at + _LONGEST, len(line)), at, -1):
        last = line[end - 1]
        name = _bare(text[line[at].start : last.end])
        if not last.word or "\n" in name:
            continue
        if is_town(name):
            return name
        if shouted and name.isupper() and is_town(name.title()):
            return name.title()
    return None


def _unknown_town(text: str, line: Sequence[Token], span: Span) -> str | None:
    """A place that the table lacks, but of which its state is told: "Xinmo, Sichuan"."""
    after = bisect_left(line, span.end, key=lambda token: token.start)
    found = _qualifier(text, line, after)
    return span.of(text) if found else None


def _qualifier(text: str, line: Sequence[Token], comma: int) -> Qualifier | None:
    """The state or country after a place: "Paris, Texas", "Ghent, Belgium", "London (Ont.)"."""
    if comma + 1 >= len(line) or line[comma].text not in {",", "("}:
        return None
    found = _region_at(text, line, comma + 1, after_comma=True)
    if found is not None:
        return Qualifier(found[0], line[found[1] - 1].end)
    if line[comma + 1].text == "Georgia":
        return Qualifier("US.GA", line[comma + 1].end)
    form = _longest(text, line[comma + 1].start, line[comma + 1].text.rstrip("."), False)
    if form is None or form.via not in {"name", "alias"}:
        return None
    end = line[comma + 1].start + len(form.text)
    closed = re.match(r"\s*(?:[,.;:()—–]|--|$)", text[end : end + 4])
    return Qualifier(form.code, 0) if closed else None


# Judging: is it a place at all?


def _is_place(find: Find) -> bool:
    """Whether the form is not a person of that name."""
    if find.form.via in {"demonym", "alias"} or find.qualifier is not None or find.dateline:
        return True
    if find.label == "LOC":
        return not (find.before is not None and find.before.low in places.PERSONAL)
    return " " in find.form.text or not _in_person(find)


def _is_bearer(find: Find, given: set[str], surnames: set[str]) -> bool:
    """Whether the article has a person of that name ("Monica French")."""
    name = find.form.text
    if find.qualifier is not None or find.form.via not in {"city", "demonym"}:
        return False
    return name in surnames or (find.form.code == "" and name in given)


def _in_person(find: Find) -> bool:
    before, follows = find.before, find.follows
    if find.headline:
        return False
    if find.label == "PERSON" and not (find.alone and find.form.code):
        return True
    if before is not None and before.low in places.PERSONAL:
        return True
    if before is not None and (lexicon.gender_of(before.text) or _INITIAL.fullmatch(before.text)):
        return before.capital and find.start == find.line[find.at].start
    surname = follows is not None and follows.capital and not _free_after(follows)
    return surname and find.form.text in places.GIVEN


def _free_after(token: Token) -> bool:
    """Whether a capitalised word after a place is none of its name: a title, a weekday."""
    known = token.low in lexicon.TITLES or token.low in lexicon.NOT_A_NAME
    return known or token.text in demonyms()


def _counts(find: Find) -> bool:
    """Whether the form stands for the country here."""
    form, before, follows = find.form, find.before, find.follows
    if find.start > find.line[find.at].start:
        return _second_part_counts(find)
    if before is not None and before.low in places.PREFIXES and not form.text.isupper():
        return False  # "New England"; "a New U.S. Airline" is one of the U.S.
    if form.text.startswith("America") and before is not None and before.low in _AMERICAS:
        return False
    if follows is not None and not find.possessive:
        if follows.low in places.SUFFIXES.get(form.text, ()):
            return False
        if follows.capital and follows.low in places.NAMED_AFTER - places.LOCAL:
            return False
    if form.text in places.SEATS and (follows is None or follows.low not in VERBAL):
        return False
    if form.via == "demonym":
        return _demonym_counts(find)
    if form.code == "":
        return _town_counts(find)
    if find.headline or find.label == "LOC" or find.possessive or find.dateline:
        return not _of_organization(find)
    return not _of_organization(find) and not _in_name(find)


def _town_counts(find: Find) -> bool:
    """Whether a capitalised word is the town of that name, which the table alone cannot tell."""
    name = find.form.text
    if name in places.NO_TOWNS or name in demonyms() or name.lower() in _NO_NAMES:
        return False
    if find.qualifier is not None or find.dateline:
        return True
    if find.headline or find.label == "PERSON":
        return False
    if find.label == "ORG":
        return False
    if _called_town(find):
        return True
    placed = find.before is not None and find.before.low in places.LOCATIVE
    if lexicon.gender_of(name) and not placed:
        return False  # "Brent told reporters"
    return find.label == "LOC" and (placed or find.possessive or not _in_name(find))


def _called_town(find: Find) -> bool:
    """ "the town of Karak"."""
    back = find.line[max(0, find.at - 2) : find.at]
    return len(back) == 2 and back[1].low == "of" and back[0].low in places.TOWNLIKE


def _may_count(find: Find) -> bool:
    """Whether it is the town if the article names that town elsewhere: "an Innisfail skater"."""
    if find.form.code or find.form.via != "city" or find.label == "PERSON" or find.headline:
        return False
    before, follows = find.before, find.follows
    if before is not None and before.capital and not _free_before(find, before):
        return False
    return follows is None or not follows.capital or follows.low in places.LOCAL


def _second_part_counts(find: Find) -> bool:
    """ "anti-Iranian", "NATO-Russia"; in "Turkish-American" the second part is no country."""
    if find.form.via == "demonym":
        return find.form.text not in {"American", "Americans"}
    return find.form.via in {"name", "alias", "capital"} and find.label != "PERSON"


def _demonym_counts(find: Find) -> bool:
    text, before, follows = find.form.text, find.before, find.follows
    opens = find.at == 0 or find.line[find.at - 1].text in _STOPS
    if opens and text in {"Polish", "Pole"} and follows and follows.low in {"the", "your"}:
        return False
    if text in places.SHORT_PEOPLE and not opens and before is not None and before.capital:
        return False
    if text in places.SHORT_PEOPLE and follows is not None and follows.capital:
        return False
    language = text in places.LANGUAGES and before is not None and before.low in places.SPEAKING
    return not (language and (follows is None or not follows.word))


def _of_organization(find: Find) -> bool:
    """ "Bank of England", "University of Georgia"."""
    back = find.at - 1
    if back > 0 and find.line[back].low == "the":
        back -= 1
    if back < 1 or find.line[back].low != "of":
        return False
    return find.line[back - 1].capital and find.line[back - 1].low in places.NAMED_OF


def _in_name(find: Find) -> bool:
    """Whether capitalised neighbours make a longer name of it: "Air France", "Moscow Circus"."""
    before, follows = find.before, find.follows
    if before is not None and before.capital and not _free_before(find, before):
        return find.form.via != "name" or " " not in find.form.text
    if follows is None or not follows.capital or find.form.via not in {"capital", "city"}:
        return False
    return not _free_after(follows) and follows.low not in places.LOCAL


def _free_before(find: Find, before: Token) -> bool:
    """Whether a capitalised word before a place is none of its name: "In", "Greater", a title."""
    if before.low in lexicon.NOT_A_NAME | places.DIRECTIONS | places.PREFIXES:
        return True
    if before.low in lexicon.TITLES or before.text in demonyms() or before.text.isupper():
        return True
    opens = find.at == 1 or find.line[find.at - 2].text in _STOPS
    return opens or before.text.endswith(_POSSESSIVE)
