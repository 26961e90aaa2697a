"""Who speaks: sayings and names -> speakers, resolved within the article.

Names come first, then titles and roles, then whom the text is about at that place: the nearest
subject before, a cut-down form of the salience rules of Lappin and Leass (1994). A source that
fits nobody stays unnamed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.annotation import lexicon
from webapp.annotation.names import Name
from webapp.annotation.people import Entity, fold
from webapp.annotation.saying import Saying
from webapp.annotation.words import Sentence, Token, tokens
from webapp.model import Mention, Span

_GENDERS = {"he": "m", "she": "f"}
_NOUNS = {"he": "man", "she": "woman"}
_PRONOUNS = {"he", "she", "they", "it", "i", "we", "you", "who", "which"}
_CUTS = {"of", "for", "from", "at", "in", "with", "who", "on", "to", "about", "against", "by"}
_POSSESSIVES = ("'s", "’s", "'", "’")
_BODIES = {"campaign", "administration", "government", "camp", "foundation", "team"}
"""After a name, they make an organisation of it: "the Kovac campaign"."""
_REACH = {"person": 3, "organization": 1, "group": 1}
"""Paragraphs after which a pronoun no longer reaches back."""
_MOST = 50
"""Entities compared for a description; no article names more of one role."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The speaker of a saying, why, and by which kind of resolution."""

    entity: Entity | None
    why: str
    by: str = "nobody"


class Resolver:
    """Walks through the article once and keeps whom it is about."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        names: Sequence[Name],
        entities: list[Entity],
    ) -> None:
        self._text = text
        self._sentences = iter(sentences)
        self._next = next(self._sentences, None)
        self._names = names
        self._starts = [name.span.start for name in names]
        self._owner = {name.span: entity for entity in entities for name in entity.names}
        self._by_role = _roles(entities)
        self._bodies: dict[str, Entity] = {}
        self._focus: dict[str, list[tuple[int, Entity]]] = {kind: [] for kind in _REACH}
        self._last: tuple[int, Entity | None] = (-9, None)

    def resolve(self, saying: Saying) -> Verdict:
        """The speaker of the next saying in text order."""
        self._read_to((saying.source or saying.content[0]).start)
        verdict = self._by_source(saying) if saying.source else self._going_on(saying)
        if verdict.entity is not None:
            self._focus[verdict.entity.kind].append((saying.paragraph, verdict.entity))
        self._last = saying.paragraph, verdict.entity
        return verdict

    def _read_to(self, at: int) -> None:
        """Takes the subjects of the sentences before a place into the focus."""
        while self._next is not None and self._next.tokens[0].start < at:
            head = self._head(self._next)
            if head is not None:
                self._focus[head.kind].append((self._next.paragraph, head))
            self._next = next(self._sentences, None)

    def _head(self, sentence: Sentence) -> Entity | None:
        """Who is named in the first words of a sentence outside quotation marks."""
        for token in sentence.tokens[:8]:
            if token.quotation:
                return None
            for name in self._named(Span(token.start, token.end)):
                if not self._text.startswith(("'s", "’s"), name.span.end):
                    return self._owner[name.span]
        return None

    def _named(self, span: Span) -> list[Name]:
        """The names that start in a span."""
        first = bisect_left(self._starts, span.start)
        return list(self._names[first : bisect_left(self._starts, span.end)])

    def _going_on(self, saying: Saying) -> Verdict:
        """A quotation without a cue: its lead-in, else whoever spoke just before."""
        if saying.hint is not None:
            named = self._named(saying.hint)
            if named:
                entity = self._owner[named[0].span]
                return Verdict(
                    entity, f"no cue; {entity.name} is the subject just before", "following"
                )
            word = saying.hint.of(self._text).lower()
            if word in _GENDERS:
                return self._pronoun(word, saying.hint, saying.paragraph)
        paragraph, last = self._last
        if saying.follows and last is not None and saying.paragraph - paragraph <= 1:
            return Verdict(last, f"no cue; {last.name} goes on", "following")
        return Verdict(None, "no cue near")

    def _by_source(self, saying: Saying) -> Verdict:
        source = saying.source
        assert source is not None
        told = source.of(self._text)
        if saying.labelled and (entity := self._labelled(source)):
            return Verdict(entity, f"the label “{told}” → {entity.name}", "label")
        words = [t for t in tokens(self._text, source) if t.word or t.text in ",(—"]
        if not words:
            return Verdict(None, "no words")
        if len(words) == 1 and words[0].low in _PRONOUNS:
            return self._pronoun(words[0].low, source, saying.paragraph)
        head = words[: _head_end(words)]
        if (body := self._spoken_for(words)) is not None:
            return Verdict(body, f"“{told}” → {body.name}, for whom it speaks", "body")
        named = self._named(Span(head[0].start, head[-1].end))
        if named and (entity := self._bearer(named, head)) is not None:
            return Verdict(entity, f"“{told}” → {entity.name}: named", "name")
        if (entity := self._in_headline(source, saying.paragraph)) is not None:
            return Verdict(entity, f"“{told}” → {entity.name}: named in the headline", "label")
        apposed = self._apposed(source)
        if apposed is not None:
            return Verdict(apposed, f"“{told}” → {apposed.name}: named beside it", "name")
        return self._description(source, head, saying.paragraph)

    def _labelled(self, label: Span) -> Entity | None:
        """Whom a label in capitals or a surname names: "WALLACE" is Chris Wallace."""
        words = [fold(word) for word in label.of(self._text).split()]
        for entity in self._owner.values():
            theirs = [fold(word) for word in entity.words]
            if entity.kind == "person" and words == theirs[-len(words) :]:
                entity.others.append(Mention(label, "name"))
                return entity
        return None

    def _in_headline(self, source: Span, paragraph: int) -> Entity | None:
        """Who is named at the head of a source in the headline, where names are not read."""
        if paragraph:
            return None
        words = source.of(self._text).split()
        for entity in dict.fromkeys(self._owner.values()):
            if words[: len(entity.words)] == [*entity.words] or words[0] == entity.words[-1]:
                return entity
        return None

    def _bearer(self, named: Sequence[Name], head: Sequence[Token]) -> Entity | None:
        """Whom the names in the head of a source name; nobody in "a Kovac adviser"."""
        name = next((n for n in reversed(named) if self._owner[n.span].kind == "person"), named[-1])
        rest = self._text[name.span.end : head[-1].end].strip()
        if rest.lower() in _BODIES:
            return self._body(Span(name.span.start, head[-1].end))
        if rest and rest not in _POSSESSIVES and not rest.startswith("and "):
            return None
        entity = self._owner[name.span]
        vague = head[0].low in lexicon.DETERMINERS - {"the", "both"}
        return None if entity.kind != "person" and vague else entity

    def _spoken_for(self, words: Sequence[Token]) -> Entity | None:
        """The organisation in "a spokesman for the Aldin Bank"; a person's stays unnamed."""
        spoken = [i for i, t in enumerate(words[:6]) if t.low in lexicon.SPOKESPERSONS]
        if (
            not spoken
            or spoken[0] + 2 >= len(words)
            or words[spoken[0] + 1].low not in {"for", "of"}
        ):
            return None
        named = self._named(Span(words[spoken[0] + 1].start, words[-1].end))
        own = self._named(Span(words[0].start, words[spoken[0]].end))
        if own or not named or self._owner[named[0].span].kind != "organization":
            return None
        return self._owner[named[0].span]

    def _body(self, span: Span) -> Entity:
        """ "the Kovac campaign", an organisation under a person's name."""
        name = span.of(self._text)
        entity = self._bodies.setdefault(name, Entity(tuple(name.split()), "organization"))
        entity.others.append(Mention(span, "name"))
        return entity

    def _apposed(self, source: Span) -> Entity | None:
        """ "the party's leader, Anna Kovac, said": the name after the comma."""
        if not self._text.startswith(", ", source.end):
            return None
        for name in self._named(Span(source.end, min(source.end + 60, len(self._text)))):
            entity = self._owner[name.span]
            close = name.span.start - len(name.title) <= source.end + 4
            return entity if close and entity.kind == "person" else None
        return None

    def _pronoun(self, word: str, span: Span, paragraph: int) -> Verdict:
        for entity in self._candidates(word, span, paragraph):
            entity.others.append(Mention(span, "pronoun"))
            if word in _GENDERS:
                entity.gender = entity.gender or _GENDERS[word]
            nearest = f"nearest {_NOUNS.get(word, entity.kind)} named before"
            return Verdict(entity, f"“{word}” → {entity.name}: {nearest}", "pronoun")
        return Verdict(None, f"“{word}”: nobody near fits")

    def _candidates(self, word: str, span: Span, paragraph: int) -> Iterator[Entity]:
        """Whom a pronoun can mean, the likeliest first."""
        kinds = {"it": ["organization"], "they": ["group", "organization"]}
        for kind in ["person"] if word in _GENDERS else kinds.get(word, []):
            for place, entity in reversed(self._focus[kind]):
                if paragraph - place > _REACH[kind]:
                    break
                if entity.gender in ("", _GENDERS.get(word, "")):
                    yield entity
        first = bisect_left(self._starts, span.start) if word in _GENDERS else 0
        for name in reversed(self._names[max(0, first - _MOST) : first]):
            entity = self._owner[name.span]
            if entity.kind == "person" and entity.gender in ("", _GENDERS[word]):
                yield entity

    def _description(self, source: Span, head: Sequence[Token], paragraph: int) -> Verdict:
        """ "the Iraqi vice president": who has such a title or role in the article."""
        told = source.of(self._text)
        owned = any(t.text.endswith(_POSSESSIVES) for t in head[:-1])
        if head[0].low not in {"the", "his", "her", "their", "its"} and not owned:
            return Verdict(None, f"“{told}”: a source without a name")
        head = [t for t in head if t.low not in lexicon.ADVERBS] or head
        noun = head[-1].low
        wanted = {t.low for t in head} - {"the", "former"}
        capitals = {t.low for t in head[1:] if t.capital}
        fits = [
            (_fit(entity, noun, wanted), entity)
            for entity in self._by_role.get(noun, [])
            # "The Norwegian bank" is not the Aldin Bank.
            if entity.kind == "person" or capitals <= set(entity.name.lower().split())
        ]
        fit, best = max(fits, key=lambda f: f[0], default=(0.0, None))
        if fit <= 0:
            best = None
        # "The bank" is whom the text is about; "the South Korean ministry" is somebody else.
        salient = best is None and not owned and not capitals
        if salient:
            best = self._salient(noun, paragraph)
        if best is None:
            return Verdict(None, f"“{told}”: nobody of this role is named")
        best.others.append(Mention(source, "description"))
        if salient:
            return Verdict(best, f"“{told}” → {best.name}: just spoken of", "salient")
        told += f"” → {best.name}: {best.role or 'so called'}"
        return Verdict(best, f"“{told}", "description")

    def _salient(self, noun: str, paragraph: int) -> Entity | None:
        """Whom "the bank" or "the businessman" means: whom the text was just about."""
        kind = "organization" if noun in lexicon.BODIES else "person"
        if noun not in lexicon.BODIES | lexicon.EPITHETS.keys():
            return None
        for place, entity in reversed(self._focus[kind]):
            if paragraph - place > _REACH["organization"]:
                return None
            gender = lexicon.EPITHETS.get(noun, "")
            if entity.gender in ("", gender) or not gender:
                return entity
        return None


def _roles(entities: Sequence[Entity]) -> dict[str, list[Entity]]:
    """Entities by the words of their titles and roles, organisations by those of their names."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        told = entity.roles if entity.kind == "person" else [entity.name]
        for word in dict.fromkeys(" ".join(told).lower().split()):
            bearers = found.setdefault(word, [])
            if len(bearers) < _MOST:
                bearers.append(entity)
    return found


def _fit(entity: Entity, noun: str, wanted: set[str]) -> float:
    """How well a role fits a description; a vice president is no president."""
    told = entity.roles if entity.kind == "person" else [entity.name]
    best = 0.0
    for role in told:
        words = set(role.lower().split())
        if _rivals(words, wanted):
            return 0.0
        if noun in words and ("vice" in wanted) == ("vice" in words):
            best = max(best, 1 + len(wanted & words) - 0.1 * len(words - wanted))
    return best


def _rivals(words: set[str], wanted: set[str]) -> bool:
    """Whether a role and a description name different parties."""
    theirs = [party for party in lexicon.PARTIES if not party.isdisjoint(wanted)]
    ours = [party for party in lexicon.PARTIES if not party.isdisjoint(words)] if theirs else []
    return bool(ours) and not any(party in theirs for party in ours)


def _head_end(words: Sequence[Token]) -> int:
    """Where the head of a source ends: at its first preposition or comma."""
    for at, token in enumerate(words):
        if at and (token.low in _CUTS or not token.word):
            return at
    return len(words)
