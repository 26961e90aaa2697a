"""Which of the places of one name is meant: by what stands beside it and by the whole article.

A state or country after the name decides ("Paris, Texas"), there and in the rest of the article
(one sense per discourse: Gale et al. 1992). Else size counts, and how often the article names the
country or the state of each candidate.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log10

from webapp.annotation import places
from webapp.annotation.gazetteer import Form, Town, towns
from webapp.annotation.words import Token
from webapp.model import Span

_KNOWN = {"capital": 2.0, "city": 1.0}
"""What it is worth that a place stands in the tables of capitals and of cities in the news."""
_LARGE_NAMESAKE = 40
"""Thousands of people of another place of a city's name from which the name is no evidence."""
_DATELINE = 2
"""How often a state in the dateline counts beyond the first: local news is about its state."""
_SIZE_ALONE = 100
"""Thousands of people from which a town needs no other evidence."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A state or country that stands after a place; `end` is where a state's name ends, else 0."""

    code: str
    end: int


@dataclass(frozen=True, slots=True)
class Find:
    """A form at a place: tokens `at` to `after` (half-open) of a paragraph. `label` is what kind of
    name the model takes it for; a town of the table has a form without code."""

    form: Form
    start: int
    line: Sequence[Token]
    at: int
    after: int
    headline: bool
    label: str = ""
    alone: bool = False
    """The model takes this, and no longer stretch, for the name."""
    dateline: bool = False
    qualifier: Qualifier | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.form.text))

    @property
    def before(self) -> Token | None:
        close = self.at > 0 and self.line[self.at - 1].end >= self.start - 1
        return self.line[self.at - 1] if close else None

    @property
    def follows(self) -> Token | None:
        return self.line[self.after] if self.after < len(self.line) else None

    @property
    def possessive(self) -> bool:
        """ "Toronto's Pearson airport": what follows is no part of the name."""
        return self.line[self.after - 1].end > self.span.end


@dataclass(slots=True)
class _Evidence:
    """How often the article names each country and each state."""

    countries: Counter[str]
    regions: Counter[str]

    def worth(self, town: Town) -> float:
        here = min(self.countries[town.code], 3) * 0.8
        return log10(town.thousands + 1) + here + min(self.regions[town.region], 3) * 1.2


def settled(
    text: str, finds: Sequence[Find], told: Iterable[str], persons: Iterable[str]
) -> Iterator[tuple[str, Find]]:
    """The finds with the codes of their countries; what cannot be told is left out.

    `told` are the codes of the regions that the article names, `persons` the forms that are a
    person's name somewhere in it."""
    evidence = _evidence(finds, told)
    senses = {f.form.text: f.qualifier.code for f in finds if f.qualifier and _ambiguous(f)}
    others = {f.form.text for f in finds if _elsewhere(f)} | set(persons)
    sure = Counter(f.form.code for f in finds if _is_sure(f) and f.form.text not in others)
    state = any(f.form.code == "GE" for f in finds) and places.georgia_is_a_state(text)
    for find in finds:
        if find.form.via in {"capital", "city"}:
            code = _town_code(find, senses.get(find.form.text, ""), evidence)
        else:
            code = _country_code(find, sure, state, others)
        if code:
            yield code, find


def _evidence(finds: Sequence[Find], told: Iterable[str]) -> _Evidence:
    found = _Evidence(Counter(), Counter())
    qualifiers = [find.qualifier.code for find in finds if find.qualifier]
    qualifiers += [f.qualifier.code for f in finds if f.qualifier and f.dateline] * _DATELINE
    for code in [*told, *qualifiers]:
        found.countries[code.partition(".")[0]] += 1
        if "." in code:
            found.regions[code] += 1
    for find in finds:
        if _is_sure(find):
            found.countries[find.form.code] += 1
    return found


def _is_sure(find: Find) -> bool:
    """Whether a find is evidence for its country."""
    form = find.form
    if not form.code or form.text in places.DOUBTFUL or _elsewhere(find):
        return False
    namesakes = (t.thousands for t in towns(form.text) if t.code != form.code)
    return not _ambiguous(find) or max(namesakes, default=0) < _LARGE_NAMESAKE


def _ambiguous(find: Find) -> bool:
    return find.form.via in {"capital", "city"}


def _elsewhere(find: Find) -> bool:
    """Whether a qualifier says that it is another place ("Lebanon, Pa.")."""
    if find.qualifier is None or find.form.code == "":
        return False
    return find.qualifier.code.partition(".")[0] != find.form.code


def _town_code(find: Find, sense: str, evidence: _Evidence) -> str:
    """The country of a capital, city or town."""
    form = find.form
    candidates = list(towns(form.text))
    said = (find.qualifier.code if find.qualifier else sense).partition(".")[0]
    # "In London, France said": what no town of that name belongs to is no qualifier.
    if said and (not form.code or said == form.code or any(t.code == said for t in candidates)):
        return said
    best = max(candidates, key=evidence.worth, default=None)
    if form.code:
        if form.text in places.NEEDS_COUNTRY and not evidence.countries[form.code]:
            return ""
        known = Town(
            form.code,
            "",
            max((t.thousands for t in candidates if t.code == form.code), default=100),
        )
        if best is not None and evidence.worth(best) > evidence.worth(known) + _KNOWN[form.via]:
            return best.code
        return form.code
    if best is None:
        return said
    told = evidence.countries[best.code] or evidence.regions[best.region]
    alone = all(town.code == best.code for town in candidates)
    return best.code if told or alone or best.thousands >= _SIZE_ALONE else ""


def _country_code(find: Find, sure: Counter[str], state: bool, others: set[str]) -> str:
    """The country of a name, alias or demonym, homonyms decided by what else the article names."""
    form = find.form
    if _elsewhere(find):
        qualifier = find.qualifier.code if find.qualifier else ""
        return qualifier.partition(".")[0] if "." in qualifier else form.code
    if form.text in others | places.NEEDS_COUNTRY and not sure[form.code]:
        return ""
    if form.code == "GE" and state:
        return ""
    other = places.INSTEAD.get(form.text, "")
    return other if sure[other] and not sure[form.code] else form.code
