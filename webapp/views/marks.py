"""An article's annotations as marks in its text, in the pieces that the page loops over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.library import hits_in
from webapp.model import Annotations, Article, Quote, Span
from webapp.views.lens import Lens
from webapp.views.segments import Mark, Segment, by_paragraph, segments

_LAYER = {"speaker": "speakers", "country": "countries", "quote": "quotes"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as the page shows it. `href` is "" for what is no link; `hit` for search hits;
    `hit_id` where one begins; `first` where the innermost mark begins (the keyboard stops there
    only)."""

    text: str
    id: str = ""
    classes: str = ""
    href: str = ""
    label: str = ""
    lit: bool = False
    hit: bool = False
    hit_id: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the page shows it: `headline` is what it came with where its title was
    corrected, else empty; `hits` counts what a search found in all of it."""

    heading: list[Piece]
    body: list[list[Piece]]
    headline: list[Piece]
    hits: int


def shown(article: Article, found: Annotations, lens: Lens) -> Shown:
    """The article's pieces; hits are numbered as they stand on the page."""
    head = article.title_span
    is_titled = head.of(article.text) == article.title
    over = () if is_titled else hits_in(article.title, lens.query)
    hits = hits_in(article.text, lens.query)
    below = sorted(hits, key=lambda hit: not is_titled and hit.start < head.end)
    laid_out = _paragraphs(article, found, lens, _hits(below, len(over)))
    first = laid_out[0] if head else []
    title = [_piece(segment, lens, set()) for segment in segments(article.title, _hits(over))]
    return Shown(
        heading=first if is_titled else title,
        body=laid_out[1:] if head else laid_out,
        headline=[] if is_titled else first,
        hits=len(over) + len(hits),
    )


def _hits(spans: Iterable[Span], before: int = 0) -> list[Mark]:
    return [Mark(span, "hit", label=f"hit-{n}") for n, span in enumerate(spans, before + 1)]


def _paragraphs(
    article: Article, found: Annotations, lens: Lens, hits: list[Mark]
) -> list[list[Piece]]:
    lit_keys = {*lens.lit, *(f"quote:{q.id}" for q in found.quotes if lens.lights(q))}
    # What is lit shows even when its layer is off.
    marks = [m for m in _marks(found) if _LAYER[m.kind] in lens.layers or m.key in lit_keys]
    return [
        [_piece(segment, lens, lit_keys) for segment in paragraph]
        for paragraph in by_paragraph(article.text, [*marks, *hits])
    ]


def _marks(found: Annotations) -> Iterator[Mark]:
    for speaker in found.speakers:
        for mention in speaker.mentions:
            yield Mark(mention.span, "speaker", f"speaker:{speaker.id}", f"Speaker: {speaker.name}")
    for country in found.countries:
        for mention in country.mentions:
            yield Mark(
                mention.span, "country", f"country:{country.code}", f"Country: {country.name}"
            )
    for quote in found.quotes:
        for span in quote.content:
            yield Mark(span, "quote", f"quote:{quote.id}", _label(quote, found))


def _label(quote: Quote, found: Annotations) -> str:
    speaker = found.speaker(quote.speaker)
    return f"Quote: {speaker.name}" if speaker else "Quote: speaker not named"


def _piece(segment: Segment, lens: Lens, lit_keys: set[str]) -> Piece:
    links = [mark for mark in segment.marks if mark.key]
    start = segment.span.start
    hit = next((mark for mark in segment.marks if mark.kind == "hit"), None)
    hit_id = hit.label if hit and hit.span.start == start else ""
    if not links:
        return Piece(segment.text, hit=bool(hit), hit_id=hit_id)
    lit = {mark.kind for mark in links if mark.key in lit_keys}
    return Piece(
        text=segment.text,
        id=f"m{start}",
        classes=_classes(links, start, lit),
        href=lens.only(links[0].key),
        label="; ".join(dict.fromkeys(mark.label for mark in links)),
        lit=bool(lit),
        hit=bool(hit),
        hit_id=hit_id,
        first=links[0].span.start == start,
    )


def _classes(links: Sequence[Mark], start: int, lit: set[str]) -> str:
    kinds = {mark.kind for mark in links}
    begins = {f"{mark.kind}-start" for mark in links if mark.span.start == start}
    shines = {"lit", *(f"lit-{kind}" for kind in lit)} if lit else set[str]()
    return " ".join(sorted(kinds | begins | shines))
