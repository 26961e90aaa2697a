"""Which language a text is in. py3langid: Lui and Baldwin 2012, langid.py (ACL demo)."""

from dataclasses import replace
from functools import cache
from typing import Any

from webapp.model import Article

FEWEST_LETTERS = 40
"""A shorter text, a name or a headline, could be in many languages."""

LONGEST_READ = 2_000
"""In code points, of the beginning: more does not change the answer."""

_LEAST_SURE = 0.5  # of 1, spread over all languages


def language_of(text: str) -> str:
    """The language as ISO 639-1 ("en"), "" when it cannot be told."""
    read = text[:LONGEST_READ]
    if sum(map(str.isalpha, read)) < FEWEST_LETTERS:
        return ""
    code, sure = _identifier().classify(read)
    return str(code) if sure >= _LEAST_SURE and len(code) == 2 else ""


def with_language(article: Article) -> Article:
    """The article in the language of its text, or in its own where that cannot be told."""
    return replace(article, language=language_of(article.text) or article.language)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a third of a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
