"""What the API answers, as JSON Schema (2020-12). Every field is always there; what is not known
is null."""

from typing import Any

Schema = dict[str, Any]


def _one(kind: str, told: str, **more: Any) -> Schema:
    return {"type": kind, "description": told, **more}


def text(told: str, **more: Any) -> Schema:
    return _one("string", told, **more)


def number(told: str, **more: Any) -> Schema:
    return _one("integer", told, **more)


def _maybe(schema: Schema) -> Schema:
    """That, or null."""
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    return schema | {"type": [schema["type"], "null"]}


def many(schema: Schema, told: str) -> Schema:
    return {"type": "array", "items": schema, "description": told}


def _record(**fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _page(name: str, told: str) -> Schema:
    """One page of a list."""
    return _record(
        total=number("How many there are on all pages."),
        page=number("Which page this is, from 1."),
        pages=number("How many pages there are."),
        next=_maybe(text("The address of the page that follows.", format="uri")),
        problems=many(text("A sentence."), "What of the search was not understood."),
        **{name: many(ref(told), "Those of this page.")},
    )


_COUNT = {
    "articles": number("In how many articles, one of each story."),
    "quotes": number("How many quotes, as they were printed."),
}
_ID = text("The short name of the speaker across articles, as in /api/speakers/{id}.")
_CODE = text("ISO 3166-1 alpha-2, XK for Kosovo.", pattern="^[A-Z]{2}$")
_NAME = text("The name.")
_DAY = text("A day.", format="date")
_KIND = text(
    "direct: all in quotation marks; mixed: some; indirect: none.",
    enum=["direct", "mixed", "indirect"],
)
_WHO = text("What the speaker is.", enum=["person", "organization", "group"])
_SURE = {
    "type": "number",
    "minimum": 0,
    "maximum": 1,
    "description": "How often attributions like it are right.",
}
_HASH = text("16 hex digits by which the words can be checked; /api says how.", minLength=16)

_PUBLISHED = {
    "source": text("The publisher, empty when not known."),
    "date": _maybe(text("The day of publication.", format="date")),
    "published_at": _maybe(text("The moment of publication, where it is known.")),
    "original": _maybe(text("The address at the publisher's.")),
}
_PLACES = {
    "content": many(ref("Span"), "Where the words stand in the text, in order."),
    "cue_at": _maybe(ref("Span")) | {"description": "Where the words stand that say it is speech."},
    "source_at": _maybe(ref("Span")) | {"description": "Where the words stand that name who."},
    "evidence": text("Why it is a quote, and why by this speaker."),
}
_QUOTE = {
    "id": number("The number of the quote."),
    "words": text("What is said, its pieces joined by an ellipsis."),
    "kind": _KIND,
    "countries": many(_CODE, "The countries that the words name."),
    "confidence": _SURE,
    "speaker_id": _maybe(_ID),
    "hash": _HASH,
}
_FOUND_QUOTE = {
    **_QUOTE,
    **_PUBLISHED,
    "speaker": _maybe(text("Who says it, as the article has the name.")),
    "role": _maybe(text("Their role, as the article gives it.")),
    "cue": _maybe(text("The words that say that it is speech, such as “said”.")),
    "source_words": _maybe(text("The words that name who speaks, such as “he”.")),
    "url": text("Its address in this reader.", format="uri"),
    "title": text("The title of the article."),
    "article": number("The number of the article, as in /api/articles/{id}."),
    "first": number("The number of the first quote of the same words: all of them share it."),
}
_ARTICLE = {
    "id": number("The number of the article."),
    "title": text("The title."),
    "url": text("Its address in this reader.", format="uri"),
    "author": text("Who wrote it, empty when not known."),
    "story": number("The number of the story: articles that tell the same share it."),
    **_PUBLISHED,
}
_COUNTED_SPEAKER = _record(id=_ID, name=_NAME, quotes=_COUNT["quotes"])
_COUNTED_COUNTRY = _record(code=_CODE, name=_NAME, quotes=_COUNT["quotes"])
_COUNTED_SOURCE = _record(id=text("The publisher."), name=_NAME, quotes=_COUNT["quotes"])
_MONTH = text("A month.", pattern=r"^\d{4}-\d{2}$")
_MENTIONS = many(ref("Mention"), "Where the text refers to it.")

SCHEMAS = {
    "Quotes": _page("quotes", "Quote"),
    "Quote": _record(**_FOUND_QUOTE),
    "QuoteInFull": _record(**_FOUND_QUOTE, **_PLACES),
    "Articles": _page("articles", "Article"),
    "Article": _record(
        **_ARTICLE,
        speakers=many(_NAME, "Who is quoted, most often quoted first."),
        countries=many(_CODE, "The countries that are named, most often named first."),
        snippet=text("The passage with most of what was sought."),
        folded=number("How many further articles of its story were found, for which it stands."),
    ),
    "ArticleInFull": _record(
        **_ARTICLE,
        headline=_maybe(text("The title that it came with, where it was corrected since.")),
        dateline=text("Where it was written, as it says."),
        language=text("ISO 639-1."),
        versions=number("How many articles tell this story."),
        text=text("The text: paragraphs apart by blank lines, the headline first. All offsets"
                  " count code points of it."),
        quotes=many(ref("QuoteOfArticle"), "In the order of the text."),
        speakers=many(ref("SpeakerOfArticle"), "Who is quoted."),
        countries=many(ref("CountryOfArticle"), "What is named."),
        annotator=text("What found them."),
        content_hash=text("SHA-256 of the title that it came with, a blank line and the text.",
                          minLength=64),
    ),
    "QuoteOfArticle": _record(
        **_QUOTE, **_PLACES, speaker=_maybe(text("The id of the speaker in this article."))
    ),
    "SpeakerOfArticle": _record(
        id=text("The id in this article."),
        speaker_id=_maybe(_ID),
        name=_NAME,
        kind=_WHO,
        role=_maybe(text("The role, as the article gives it.")),
        mentions=_MENTIONS,
    ),
    "CountryOfArticle": _record(code=_CODE, name=_NAME, mentions=_MENTIONS),
    "Span": _record(
        start=number("The first code point."), end=number("The code point behind the last.")
    ),
    "Mention": _record(
        start=number("The first code point."),
        end=number("The code point behind the last."),
        via=text("How: name, pronoun or description; name, alias, demonym, capital or city."),
    ),
    "Speakers": _page("speakers", "Speaker"),
    "Speaker": _record(
        id=_ID,
        name=_NAME,
        kind=_WHO,
        role=_maybe(text("The latest role that an article gives.")),
        quotes=_COUNT["quotes"],
        last=_maybe(text("The day of the last quote.", format="date")),
        url=text("The page in this reader.", format="uri"),
    ),
    "SpeakerInFull": _record(
        id=_ID,
        name=_NAME,
        kind=_WHO,
        url=text("The page in this reader.", format="uri"),
        roles=many(
            _record(
                role=_maybe(text("As articles give it; null: they give none.")),
                first=_DAY,
                last=_DAY,
                articles=number("How many give it."),
            ),
            "The latest first.",
        ),
        variants=many(
            _record(
                name=_NAME,
                articles=number("How many have this name."),
                why=_maybe(text("Why it is taken for the same speaker.")),
            ),
            "The names that articles have, the most frequent first.",
        ),
        quotes=_COUNT["quotes"],
        articles=_COUNT["articles"],
        countries=many(_COUNTED_COUNTRY, "What they speak about, the 50 with most."),
        sources=many(_COUNTED_SOURCE, "Who prints them, the 10 with most."),
        months=many(_record(month=_MONTH, quotes=_COUNT["quotes"]), "Months that have some."),
        beside=many(
            _record(id=_ID, name=_NAME, articles=_COUNT["articles"]),
            "Who else speaks in the same articles, the 50 with most.",
        ),
        namesakes=many(ref("Speaker"), "Other speakers of the same name."),
    ),
    "Countries": _record(
        total=number("How many countries are named."),
        countries=many(ref("Country"), "All of them, in the order asked for."),
    ),
    "Country": _record(
        code=_CODE,
        name=_NAME,
        articles=_COUNT["articles"],
        quotes=number("How many quotes name it in what is said."),
        url=text("The page in this reader.", format="uri"),
    ),
    "CountryInFull": _record(
        code=_CODE,
        name=_NAME,
        articles=_COUNT["articles"],
        quotes=number("How many quotes name it in what is said."),
        url=text("The page in this reader.", format="uri"),
        speakers=many(_COUNTED_SPEAKER, "Who speaks about it, the 50 with most."),
        others=many(
            _record(code=_CODE, name=_NAME, articles=_COUNT["articles"]),
            "Which countries are named beside it, the 50 with most.",
        ),
        sources=many(_COUNTED_SOURCE, "Who prints quotes about it, the 10 with most."),
        months=many(
            _record(month=_MONTH, articles=number("How many, every version of a story counted.")),
            "Months that have some.",
        ),
    ),
    "Matrix": _record(
        quotes=number("How many quotes are asked for in all."),
        rows=many(_COUNTED_SPEAKER, "The speakers, each with all their quotes."),
        columns=many(_COUNTED_COUNTRY, "The countries, each with all quotes about it."),
        cells=many(
            many(_COUNT["quotes"], "A row: a number for each column."),
            "How many quotes each speaker has about each country.",
        ),
        more_rows={"type": "boolean", "description": "Whether there are more speakers."},
        more_columns={"type": "boolean", "description": "Whether there are more countries."},
    ),
    "Error": _record(error=text("What was wrong and what to do, as a sentence.")),
}  # fmt: skip
