"""Capital letters: what they tell in a text, and where they tell nothing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from webapp.annotation import lexicon
from webapp.annotation.gazetteer import demonyms, groups
from webapp.annotation.words import Token

_ARTICLE_PREFIX = re.compile(r"(?:al|el|an|as|ash|ad|at|az|ar|ul|ibn|bin)[-’'‑]\w", re.IGNORECASE)
POSSESSIVE = re.compile(r"[’']s?$")
_OPENERS = {".", "!", "?", ":", "“", '"', "''", "‘", "``", "•", ";", "…", "...", "*", "—", "--"}
_TITLE_CASE = 0.6
"""Share of capitalised words from which a line without a full stop is a headline."""
_SMALL = (
    lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS | lexicon.AUXILIARIES
    | lexicon.PRONOUNS | lexicon.PARTICLES | lexicon.ADVERBS
)  # fmt: skip
"""Words that a title-case line leaves in lower case."""
VERBAL = lexicon.SAYING | lexicon.REPORTING | lexicon.AUXILIARIES - {"to", "not"}


def headline(line: Sequence[Token], first: bool = False) -> bool:
    """Whether most words are capitalised and no full stop ends the line: capitals tell nothing.

    The `first` line of a text may have its full stop all the same.
    """
    words = [t for t in line if t.word]
    capitals = sum(t.capital for t in words)
    if any(not t.capital and t.low not in _SMALL and t.text[0].isalpha() for t in words):
        return False
    return (
        len(words) > 3
        and (first or line[-1].text not in {".", "”", '"'})
        and (capitals >= _TITLE_CASE * len(words))
    )


class Case:
    """How the text writes its words: what tells a name at the head of a sentence. `tags` are the
    model's for words with capitals, by where they start; `named` where it sees a name start."""

    def __init__(
        self,
        lines: Sequence[Sequence[Token]],
        tags: Mapping[int, str],
        named: Collection[int],
    ) -> None:
        self.named = named
        self.tags = tags
        self.lower: set[str] = set()
        self.inside: set[str] = set()
        for line in lines:
            for at, token in enumerate(line):
                if token.word and not token.capital:
                    self.lower.add(token.low)
                elif token.word and not opens(line, at):
                    self.inside.add(bare(token.low))
                self.inside.update(_after_article(token))

    def ordinary(self, line: Sequence[Token], at: int) -> bool:
        """Whether a capitalised word that opens a sentence is capitalised for that alone."""
        token, after = line[at], line[at + 1] if at + 1 < len(line) else None
        low = bare(token.low)
        if low in self.inside or (token.text.isupper() and len(token.text) > 1):
            return low in self.lower and low not in self.inside
        if (tag := self.tags.get(token.start)) is not None:
            joined = after is not None and name_like(after)
            proper = (
                # One word at the head of a sentence alone may be a plural: "Nurses said".
                (tag == "NNP" and (joined or token.start in self.named))
                or bool(lexicon.gender_of(low))
                or token.text in demonyms()
                or is_group(token.text)
            )
            return low in self.lower or not (proper or low in lexicon.TITLES)
        if after is not None and name_like(after) and after.low != "i":
            return low in self.lower and not _leads_name(low, after)
        speaks = after is not None and (after.low in VERBAL or POSSESSIVE.search(token.text))
        return low in self.lower or not (speaks or lexicon.gender_of(low))


def is_group(word: str) -> bool:
    """Whether a word names a people or a party: "Iraqis", "Republicans"."""
    return word in groups() or word.lower() in lexicon.GROUPS


def _leads_name(low: str, after: Token) -> bool:
    known = lexicon.ORGANIZATION | lexicon.TITLES.keys() | lexicon.ADJECTIVES
    return bool(lexicon.gender_of(low)) or low in known or after.low in lexicon.TITLES


def _after_article(token: Token) -> Iterator[str]:
    """ "maliki" of "al-Maliki"."""
    if token.word and _ARTICLE_PREFIX.match(token.text):
        yield bare(token.low.partition("-")[2])


def bare(word: str) -> str:
    return POSSESSIVE.sub("", word)


def opens(line: Sequence[Token], at: int) -> bool:
    return at == 0 or line[at - 1].text in _OPENERS


def name_like(token: Token) -> bool:
    if not token.word:
        return False
    return token.capital or bool(
        _ARTICLE_PREFIX.match(token.text) and any(map(str.isupper, token.text))
    )
