"""text -> Annotations: who says what in an article, and which countries it names.

Pure functions of the text, with rules and word lists alone: no model, no network.
"""

from webapp.annotation.attribution import Saying, kind, sayings
from webapp.annotation.countries import countries
from webapp.annotation.names import names
from webapp.annotation.people import Entity, entities, mentions, slug
from webapp.annotation.quotations import paragraphs, quotations
from webapp.annotation.speakers import Resolver
from webapp.annotation.words import sentences
from webapp.model import Annotations, Quote, Speaker

VERSION = "rules-1"
"""What an annotation was made with; another version means that articles are to be read again."""


def annotate(text: str) -> Annotations:
    """Quotes, speakers and countries of a text of any kind; offsets are its code points.

    Never raises; takes time in proportion to the length of the text.
    """
    places = paragraphs(text)
    marked = quotations(text, places)
    split = list(sentences(text, places, marked))
    found = names(text, places)
    known = entities(text, found)
    resolver = Resolver(text, split, found, known)
    quoted = [span for spans in marked for span in spans]
    quotes = []
    ids = _Ids()
    for saying in sayings(split, marked):
        verdict = resolver.resolve(saying)
        speaker = ids.of(verdict.entity) if verdict.entity else ""
        source = saying.source or (saying.hint if speaker else None)
        sort = kind(text, saying.content, quoted)
        evidence = _evidence(text, saying, verdict.why)
        quotes.append(Quote(saying.content, sort, saying.cue, source, speaker, evidence))
    return Annotations(VERSION, tuple(quotes), ids.speakers(), countries(text, places))


def _evidence(text: str, saying: Saying, why: str) -> str:
    return f"cue “{saying.cue.of(text)}”; {why}" if saying.cue else why


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
