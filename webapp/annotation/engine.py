"""The steps of annotation in their order: what `webapp.annotation.annotate` runs."""

from webapp.annotation.attribution import kind, sayings
from webapp.annotation.confidence import confidence
from webapp.annotation.countries import countries
from webapp.annotation.layout import below, headline, turns
from webapp.annotation.names import names
from webapp.annotation.people import Entity, entities, mentions, slug
from webapp.annotation.pipeline import names_in, parse, tags_of_capitals
from webapp.annotation.quotations import paragraphs, quotations
from webapp.annotation.reports import read
from webapp.annotation.roles import descriptions
from webapp.annotation.saying import Saying
from webapp.annotation.speakers import Resolver
from webapp.annotation.words import Sentence, sentences, tokens
from webapp.model import Annotations, Quote, Span, Speaker


def found_in(text: str, model: str, version: str) -> Annotations:
    """What the engine finds in an English text, marked with the version that it is given."""
    places = paragraphs(text)
    marked = quotations(text, places)
    split = list(sentences(text, places, marked))
    parsed = parse(text, places, model)
    named = names_in(parsed)
    lines = [list(tokens(text, place)) for place in places]
    found = names(text, lines, named, tags_of_capitals(parsed))
    known = entities(text, found, descriptions(parsed, [name.span for name in found]))
    people = [name.words for name in found if name.kind == "person"]
    resolver = Resolver(text, split, found, known)
    quoted = [span for spans in marked for span in spans]
    quotes = []
    ids = _Ids()
    for saying in _all_sayings(text, places, split, sayings(split, marked, read(parsed))):
        verdict = resolver.resolve(saying)
        if saying.labelled and verdict.entity is None:
            continue
        speaker = ids.of(verdict.entity) if verdict.entity else ""
        source = saying.source or (saying.hint if speaker else None)
        sort = kind(text, saying.content, quoted)
        quotes.append(
            Quote(
                content=saying.content,
                kind=sort,
                cue=saying.cue,
                source=source,
                speaker=speaker,
                evidence=_evidence(text, saying, verdict.why),
                confidence=confidence(saying, sort, verdict),
            )
        )
    named_countries = countries(text, lines, named, people)
    return Annotations(version, tuple(quotes), ids.speakers(), named_countries)


def _all_sayings(
    text: str, places: list[Span], split: list[Sentence], told: list[Saying]
) -> list[Saying]:
    """The sayings in text order; what the layout tells goes before what the sentences tell."""
    laid_out = [*headline(text, places), *turns(text, places), *below(places, split)]
    spoken = [span for saying in laid_out for span in saying.content]
    kept = [
        saying
        for saying in told
        if not any(piece.overlaps(span) for span in spoken for piece in saying.content)
    ]
    return sorted([*laid_out, *kept], key=lambda saying: saying.content[0])


def _evidence(text: str, saying: Saying, why: str) -> str:
    """Why it is a quote, and why by this speaker."""
    how = f" with {saying.why}" if saying.why else ""
    return f"cue “{saying.cue.of(text)}”{how}; {why}" if saying.cue else why


class _Ids:
    """Slugs of those who speak, unique in the article."""

    def __init__(self) -> None:
        self.taken: dict[str, Entity] = {}

    def of(self, entity: Entity) -> str:
        base, number = slug(entity.name), 1
        name = base
        while self.taken.setdefault(name, entity) is not entity:
            number += 1
            name = f"{base}-{number}"
        return name

    def speakers(self) -> tuple[Speaker, ...]:
        made = (
            Speaker(name, e.name, e.kind, e.role, mentions(e)) for name, e in self.taken.items()
        )
        return tuple(sorted(made, key=lambda s: s.mentions[0].span))
