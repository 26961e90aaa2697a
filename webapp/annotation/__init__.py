"""text -> Annotations: who says what in an article, and which countries it names.

Rules over words for speech in quotation marks, a parse for the rest, by a small model that lies
beside them. Pure functions of the text; no network. `engine` does the work: it is imported when
something is annotated, so that a server that only shows pages never loads spaCy.
"""

from webapp.model import Annotations, Article

ENGINE = "parse-2"
"""The rules and our model; with another number articles are to be annotated again."""

_BY_NAMES = "names-"
ABROAD = f"{_BY_NAMES}4"
"""The same for articles that are not English, of which no model is asked."""

ENGLISH = "en"
"""The language whose quotes are found."""

NAMELESS = frozenset({"ht", "rw", "sa", "st", "vo", "wa"})
"""Languages in which the names of countries are not known; in them the English ones count."""


def version(model: str = "") -> str:
    """What annotates an English article: the engine, and the model when it is not ours."""
    return f"{ENGINE} {model}".strip()[:40]


def is_by_names(version: str) -> bool:
    """Whether it marks countries by their names in the language of the article."""
    return version.startswith(_BY_NAMES)


def annotate_foreign(text: str, language: str = "") -> Annotations:
    """The countries of a text that is not English, by their names; the model is not asked.

    `language` is ISO 639-1, "" when it is not known.
    """
    from webapp.annotation.abroad import countries_abroad
    from webapp.annotation.countries import countries
    from webapp.annotation.quotations import paragraphs
    from webapp.annotation.words import tokens

    lines = [list(tokens(text, place)) for place in paragraphs(text)]
    english = countries(text, lines)
    return Annotations(ABROAD, countries=countries_abroad(text, language, english))


def annotate_article(article: Article, model: str = "") -> Annotations:
    """What is in an article; of one that is not English the countries alone. See `annotate`."""
    if article.language == ENGLISH:
        return annotate(article.text, model)
    return annotate_foreign(article.text, article.language)


def annotate(text: str, model: str = "") -> Annotations:
    """Quotes, speakers and countries of an English text; offsets are its code points.

    `model` names an installed pipeline of spaCy's to use in place of ours. Takes time in
    proportion to the length of the text. Raises Unavailable when that pipeline is not installed,
    and nothing else.
    """
    from webapp.annotation.engine import found_in

    return found_in(text, model, version(model))
