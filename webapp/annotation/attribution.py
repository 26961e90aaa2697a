"""Who says what: sentences -> sayings (content, cue, source), by verbs of saying.

The roles are those of PARC 3 (Pareti 2016). Rules read one sentence at a time, so a content that
the grammar hides deeper than one clause is missed; a following quotation in the same paragraph
goes on with its speaker.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from webapp.annotation.casing import headline
from webapp.annotation.clauses import Range, main_subject
from webapp.annotation.contents import (
    DASHES,
    content,
    is_title,
    last_word,
    reported_clause,
    without_setting,
)
from webapp.annotation.cues import Cue, cues
from webapp.annotation.reports import THAT_CLAUSE, Reading, Report
from webapp.annotation.saying import Saying
from webapp.annotation.words import Sentence, Token
from webapp.model import QuoteKind, Span

_MOSTLY = 0.9
"""Share of the letters in quotation marks from which a content is direct."""
_SHORTEST = 3
"""Words of a loose fragment in quotation marks that can be speech."""
NOTHING = Reading()
_MOST = 200
"""Spans of one quote; a text with more is no article."""


def sayings(
    sentences: Sequence[Sentence],
    quotations: Sequence[tuple[Span, ...]] = (),
    reading: Reading = NOTHING,
) -> list[Saying]:
    """The sayings of an article in text order.

    `quotations` of several spans, one a paragraph, make one saying. `reading` is what the parse
    tells; it adds what the rules miss.
    """
    reports = deque(reading.reports)
    linked = {span.start for spans in quotations for span in spans[1:]}
    found: list[Saying] = []
    before: Sentence | None = None
    for sentence in sentences:
        here = [_reread(saying, reading) for saying in _in_sentence(sentence, reading.limits)]
        while reports and reports[0].cue.start < sentence.tokens[-1].end:
            report = reports.popleft()
            if report.cue.start >= sentence.tokens[0].start:
                here = [saying for saying in here if not _misread(saying, report, sentence)]
                here += _reported(sentence, report, here, reading.limits)
        used = [span for saying in here for span in saying.content]
        loose = [t for t in sentence.tokens if t.quotation and not _inside(t, used)]
        if loose and _only_quotation(sentence.tokens):
            if _is_heading(sentence, before, loose):
                continue
            _add_following(found, sentence, before, loose, linked)
        else:
            here += [_fragment(sentence, token) for token in loose if _speech_like(token)]
            found += sorted(here, key=lambda s: s.content[0])
        before = sentence
    return list(_joined(found, linked))


def _misread(saying: Saying, report: Report, sentence: Sentence) -> bool:
    """Whether the rules took the subject for the content: "Kovac, head of X, said prices rose"."""
    if saying.cue != report.cue or report.content.start < report.cue.end:
        return False
    if report.why != THAT_CLAUSE:
        return False
    end = max(piece.end for piece in saying.content)
    quoted = any(t.quotation and _inside(t, saying.content) for t in sentence.tokens)
    return end <= report.cue.start and not quoted


def _reread(saying: Saying, reading: Reading) -> Saying:
    """The saying with the source as the parse bounds it, where both see the same one."""
    source = reading.subjects.get(saying.cue.start) if saying.cue else None
    if source is None or saying.source is None:
        return saying
    same = saying.source.holds(source) or source.holds(saying.source)
    return replace(saying, source=source) if same else saying


def _joined(found: Sequence[Saying], linked: set[int]) -> Iterator[Saying]:
    """Lets a quotation that opens a paragraph wait for "she said" further on in it."""
    waiting: Saying | None = None
    for saying in found:
        same = waiting is not None and saying.paragraph == waiting.paragraph
        same = same or saying.content[0].start in linked
        if waiting is not None and same and saying.source:
            saying = replace(saying, content=(*waiting.content, *saying.content))
        elif waiting is not None:
            yield waiting
        waiting = saying if saying.follows and saying.hint is None else None
        if waiting is None:
            yield saying
    if waiting is not None:
        yield waiting


def _inside(token: Token, used: Sequence[Span]) -> bool:
    return any(span.start <= token.start < span.end for span in used)


def _span(tokens: Sequence[Token], part: Range) -> Span:
    return Span(tokens[part[0]].start, tokens[part[1] - 1].end)


def _only_quotation(tokens: Sequence[Token]) -> bool:
    return not any(token.word for token in tokens)


def _is_heading(sentence: Sentence, before: Sentence | None, loose: Sequence[Token]) -> bool:
    """Whether a quotation in title case stands alone on its line, as a heading does."""
    opens = before is None or before.paragraph != sentence.paragraph
    return opens and len(loose) == 1 and len(loose[0].text.split()) > 1 and is_title(loose[0])


def _speech_like(token: Token) -> bool:
    """Whether a fragment without a cue can be speech: no single term, no title of a work."""
    return len(token.text.split()) >= _SHORTEST and not is_title(token)


def _fragment(sentence: Sentence, token: Token) -> Saying:
    """A quotation without a cue; one that opens its sentence goes on with whoever spoke before."""
    opens = sentence.tokens[0] is token
    return Saying((Span(token.start, token.end),), None, None, sentence.paragraph, follows=opens)


def _add_following(
    found: list[Saying],
    sentence: Sentence,
    before: Sentence | None,
    loose: list[Token],
    linked: set[int],
) -> None:
    """A sentence that is all quotation goes on with the quote before it or its lead-in."""
    spans = tuple(Span(t.start, t.end) for t in loose)
    last = found[-1] if found else None
    same = before is not None and before.paragraph == sentence.paragraph
    near = same and last is not None and last.paragraph == sentence.paragraph
    full = last is None or len(last.content) >= _MOST
    if last and not full and (spans[0].start in linked or (near and _quoted_last(before, last))):
        content = (*last.content, *spans)
        found[-1] = replace(last, content=content, paragraph=sentence.paragraph)
        return
    leads = before is not None and (same or before.tokens[-1].text == ":")
    hint = _lead_in(before.tokens) if before is not None and leads else None
    found.append(Saying(spans, None, None, sentence.paragraph, follows=True, hint=hint))


def _lead_in(tokens: Sequence[Token]) -> Span | None:
    """The subject of a sentence that leads in to a quotation ("He was blunt.", "She said:")."""
    last = next((cue for cue in reversed(list(cues(tokens))) if cue.subject), None)
    colon = tokens[-1].text == ":"
    subject = last.subject if last and colon else None
    subject = subject or main_subject(tokens, len(tokens) - colon)
    return _span(tokens, subject) if subject else None


def _quoted_last(before: Sentence | None, last: Saying) -> bool:
    """Whether the sentence before holds speech in quotation marks of the last saying."""
    return before is not None and any(
        t.quotation and _inside(t, last.content[-1:]) for t in before.tokens
    )


def _in_sentence(sentence: Sentence, limits: Mapping[int, int]) -> Iterator[Saying]:
    tokens = sentence.tokens
    found = list(cues(tokens, titled=sentence.paragraph == 0 and headline(tokens, first=True)))
    taken = 0
    source: Range | None = None
    said = False
    for number, cue in enumerate(found):
        following = found[number + 1 :]
        parts = _within(tokens, cue, content(tokens, cue, taken, following), limits)
        if cue.start < taken or not parts:
            continue
        source = source if cue.shared and source else cue.subject
        if source is None:
            continue
        taken = max(part[1] for part in parts)
        said = True
        yield Saying(
            tuple(_span(tokens, part) for part in parts),
            _span(tokens, (cue.start, cue.end)),
            _span(tokens, source),
            sentence.paragraph,
        )
    if not said:
        yield from _labelled(sentence)


def _within(
    tokens: Sequence[Token], cue: Cue, parts: Sequence[Range], limits: Mapping[int, int]
) -> list[Range]:
    """The parts of a content cut where the clause of the cue ends."""
    limit = limits.get(tokens[cue.start].start)
    if limit is None:
        return list(parts)
    after = bisect_left(tokens, limit, key=lambda token: token.start)
    return [
        (start, last_word(tokens, min(end, after)) if start > cue.start else end)
        for start, end in parts
        if start < cue.start or last_word(tokens, min(end, after)) > start
    ]


def _reported(
    sentence: Sentence, report: Report, here: Sequence[Saying], limits: Mapping[int, int]
) -> Iterator[Saying]:
    """What the parse found at a cue, unless the rules found it or something else there."""
    tokens = sentence.tokens
    at = _token_at(tokens, report.cue.start)
    if tokens[at].quotation or any(said.cue and said.cue.overlaps(report.cue) for said in here):
        return
    start, end = _token_at(tokens, report.content.start), _token_at(tokens, report.content.end - 1)
    content = (start, without_setting(tokens, start, end + 1))
    if report.clause:
        subject = (
            (_token_at(tokens, report.source.start), at)
            if report.source and report.source.start >= tokens[0].start
            else None
        )
        cue = Cue(at, at + 1, tokens[at].low, subject)
        content = reported_clause(tokens, cue, start)
        content = next(iter(_within(tokens, cue, [content], limits)), (0, 0))
    span = _span(tokens, content) if content[1] > content[0] else None
    taken = [piece for said in here for piece in said.content]
    if span is None or any(piece.overlaps(span) for piece in taken):
        return
    if span.holds(report.cue):
        return
    yield Saying((span,), report.cue, report.source, sentence.paragraph, why=report.why)


def _token_at(tokens: Sequence[Token], place: int) -> int:
    """The number of the token at a place, or of the one before it."""
    return max(0, bisect_right(tokens, place, key=lambda token: token.start) - 1)


def _labelled(sentence: Sentence) -> Iterator[Saying]:
    """A name, a colon, a quotation; or a quotation, a dash, a name."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        quotes = [i for i, t in enumerate(tokens) if t.quotation]
        if token.text == ":" and quotes and quotes[0] == at + 1:
            subject = main_subject(tokens, at)
            if subject:
                yield _saying(sentence, (at + 1, quotes[-1] + 1), (at, at + 1), subject)
            return
        if token.text in DASHES and at and tokens[at - 1].quotation:
            subject = main_subject(tokens[at + 1 :], len(tokens) - at - 1)
            if subject and subject[1] + at + 1 >= len(tokens) - 1:
                name = (at + 1, at + 1 + subject[1])
                yield _saying(sentence, (quotes[0], at), (at, at + 1), name)
            return


def _saying(sentence: Sentence, content: Range, cue: Range, source: Range) -> Saying:
    parts = (_span(sentence.tokens, part) for part in (content, cue, source))
    said, word, who = parts
    return Saying((said,), word, who, sentence.paragraph)


def kind(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> QuoteKind:
    """Direct when nine letters in ten stand in quotation marks, indirect when none does.

    `quoted` are the spans in quotation marks of the whole text, in its order.
    """
    letters = inside = 0
    for piece in content:
        letters += _letters(piece.of(text))
        for span in quoted[max(0, bisect_left(quoted, piece) - 1) :]:
            if span.start >= piece.end:
                break
            inside += _letters(text[max(span.start, piece.start) : min(span.end, piece.end)])
    if not inside:
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if inside >= _MOSTLY * letters else QuoteKind.MIXED


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
