"""Which countries a text names: by name, alias, demonym, capital or large city.

A form counts where it stands alone: not in a longer name ("Bank of England", "Paris Hilton") and
not before a state ("Rome, Ga."). What names two places is settled by the other evidence of the
article (cf. Gritta et al. 2020, "A pragmatic guide to geoparsing evaluation").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.annotation import lexicon, places
from webapp.annotation.casing import headline
from webapp.annotation.gazetteer import Form, demonyms, forms, short_names
from webapp.annotation.words import Token, tokens
from webapp.model import Country, Mention, Span

_PART = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W_]+")
_INITIAL = re.compile(r"[A-Z]\.")
_STOPS = {".", "!", "?", ":", "“", '"', "•"}


@dataclass(frozen=True, slots=True)
class _Find:
    """A form at a place: tokens `at` to `after` (half-open) of a paragraph."""

    form: Form
    start: int
    line: Sequence[Token]
    at: int
    after: int
    headline: bool

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


def countries(text: str, paragraphs: Sequence[Span]) -> tuple[Country, ...]:
    """The countries of a text in the order of their first mentions."""
    finds: list[_Find] = []
    others: set[str] = set()
    for paragraph in paragraphs:
        for find in _in_line(text, list(tokens(text, paragraph))):
            if _is_another(find):
                others.add(find.form.text)
            elif _counts(find):
                finds.append(find)
    mentions: dict[str, list[Mention]] = {}
    for code, find in _settled(text, finds, others):
        mentions.setdefault(code, []).append(Mention(find.span, find.form.via))
    return tuple(Country(code, short_names()[code], tuple(ms)) for code, ms in mentions.items())


def _in_line(text: str, line: Sequence[Token]) -> Iterator[_Find]:
    """All forms in a paragraph, the longest at each place."""
    capitals = headline(line)
    shouted = capitals and all(t.text.isupper() for t in line if t.word)
    end = 0
    for at, token in enumerate(line):
        for start, word in _parts(token):
            form = _longest(text, start, word, shouted) if start >= end else None
            if form is not None:
                end = start + len(form.text)
                after = next((i for i in range(at, len(line)) if line[i].start >= end), len(line))
                yield _Find(form, start, line, at, after, capitals)


def _parts(token: Token) -> Iterator[tuple[int, str]]:
    """The capitalised parts of a word with their places: "U.S", "anti-Iranian"."""
    for match in _PART.finditer(token.text) if token.word else ():
        if match.group()[0].isupper():
            yield token.start + match.start(), match.group().rstrip(".")


def _longest(text: str, start: int, word: str, shouted: bool) -> Form | None:
    candidates = forms().get(word, ())
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


def _is_another(find: _Find) -> bool:
    """A person ("Michael Jordan") or a town elsewhere ("Athens, Ga.") of that name."""
    if find.form.via == "demonym":
        return False
    return _elsewhere(find) or (" " not in find.form.text and _in_person(find))


def _elsewhere(find: _Find) -> bool:
    comma, line = find.after, find.line
    if comma + 1 >= len(line) or line[comma].text != ",":
        return False
    pair = " ".join(token.text for token in line[comma + 1 : comma + 3])
    return line[comma + 1].text in places.STATES or pair in places.STATES


def _in_person(find: _Find) -> bool:
    before, follows = find.before, find.follows
    if find.headline:
        return False
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


def _counts(find: _Find) -> bool:
    """Whether the form stands for the country here."""
    form, before, follows = find.form, find.before, find.follows
    if find.start > find.line[find.at].start:
        return _second_part_counts(find)
    if before is not None and before.low in places.PREFIXES:
        return False
    if follows is not None and follows.low in places.SUFFIXES.get(form.text, ()):
        return False
    if follows is not None and follows.capital and follows.low in places.NAMED_AFTER:
        return False
    if form.via == "demonym":
        return _demonym_counts(find)
    return not _of_organization(find) and (find.headline or not _in_name(find))


def _second_part_counts(find: _Find) -> bool:
    """ "anti-Iranian", "pro-Russia"; in "Turkish-American" the second part is no country."""
    if find.form.via == "demonym":
        return find.form.text not in {"American", "Americans"}
    return find.form.via in {"name", "alias"} and find.line[find.at].text[0].islower()


def _demonym_counts(find: _Find) -> bool:
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


def _of_organization(find: _Find) -> bool:
    """ "Bank of England", "University of Georgia"."""
    back = find.at - 1
    if back > 0 and find.line[back].low == "the":
        back -= 1
    if back < 1 or find.line[back].low != "of":
        return False
    return find.line[back - 1].capital and find.line[back - 1].low in places.NAMED_OF


def _in_name(find: _Find) -> bool:
    """Whether capitalised neighbours make a longer name of it: "Air France", "Moscow Circus"."""
    before, follows = find.before, find.follows
    if before is not None and before.capital and not _free_before(find, before):
        return find.form.via != "name" or " " not in find.form.text
    if follows is None or not follows.capital or find.form.via not in {"capital", "city"}:
        return False
    return not _free_after(follows)


def _free_before(find: _Find, before: Token) -> bool:
    """Whether a capitalised word before a place is none of its name: "In", "Greater", a title."""
    if before.low in lexicon.NOT_A_NAME or before.low in places.DIRECTIONS:
        return True
    if before.low in lexicon.TITLES or before.text in demonyms() or before.text.isupper():
        return True
    opens = find.at == 1 or find.line[find.at - 2].text in _STOPS
    return opens or before.text.endswith(("'s", "’s", "s'"))


def _settled(text: str, finds: Sequence[_Find], others: set[str]) -> Iterator[tuple[str, _Find]]:
    """The finds with their codes, homonyms decided by what else the article names."""
    doubtful = places.DOUBTFUL | others
    sure = Counter(f.form.code for f in finds if f.form.text not in doubtful)
    state = any(f.form.code == "GE" for f in finds) and places.georgia_is_a_state(text)
    for find in finds:
        form = find.form
        if form.text in others | places.NEEDS_COUNTRY and not sure[form.code]:
            continue
        if form.code == "GE" and state:
            continue
        other = places.INSTEAD.get(form.text, "")
        yield (other if sure[other] and not sure[form.code] else form.code), find
