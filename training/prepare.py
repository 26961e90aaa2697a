"""The open treebanks and name corpora -> spaCy training files.

    python -m training.prepare DATA OUT

`DATA` holds `treebanks/` and `ner/` (see README.md for what they are and their licences). Writes
`train.spacy`, `dev.spacy` and `test-*.spacy` to OUT. A document lacks what its corpus does not
annotate: spaCy trains each component on the documents that have its annotation.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

import spacy
from spacy.tokens import Doc, DocBin, Span

from training.silver import News, Renamer
from webapp.annotation.pipeline import plain

KEPT = {"pass", "relcl", "poss", "agent", "prt", "tmod", "unmarked"}
"""Subtypes of UD relations that stay; the others are cut ("obl:npmod" -> "obl")."""

GUM_KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
UNER_KINDS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
CROSSNER_KINDS = {
    "person": "PERSON", "politician": "PERSON", "researcher": "PERSON", "scientist": "PERSON",
    "writer": "PERSON", "musicalartist": "PERSON", "organisation": "ORG", "university": "ORG",
    "politicalparty": "ORG", "band": "ORG", "magazine": "ORG", "academicjournal": "ORG",
    "country": "LOC", "location": "LOC",
}  # fmt: skip
TITLES = {
    "mr.", "mrs.", "ms.", "mr", "mrs", "ms", "miss", "dr.", "dr", "prof.", "professor",
    "president", "sir", "senator", "sen.", "rep.", "gov.", "governor", "minister", "prime",
    "king", "queen", "prince", "princess", "lord", "lady", "judge", "justice", "general", "gen.",
    "captain", "capt.", "colonel", "col.", "lt.", "pope", "saint", "st.", "secretary",
    "chancellor", "vice", "ambassador", "mayor", "chief", "director", "chairman",
}  # fmt: skip

Ent = tuple[int, int, str]
"""Start and end (half-open) in tokens, and the label."""


@dataclass
class Sentence:
    """Tokens with what is known of them; `heads` are offsets in the sentence."""

    words: list[str]
    spaces: list[bool]
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    ents: list[Ent] | None = None


# Treebanks


def conllu(path: Path) -> Iterator[list[Sentence]]:
    """The documents of a CoNLL-U file, each a list of its sentences."""
    document: list[Sentence] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.splitlines()
        if any(line.startswith("# newdoc") for line in lines) and document:
            yield document
            document = []
        sentence = _sentence([line.split("\t") for line in lines if line and line[0] != "#"])
        if sentence is not None:
            document.append(sentence)
    yield document


def _sentence(rows: list[list[str]]) -> Sentence | None:
    inside = 0  # the last token of a multiword token: no blanks before its end
    rest = ""
    sentence = Sentence([], [], ents=None)
    entities: list[str] = []
    for row in rows:
        if "-" in row[0]:
            inside, rest = int(row[0].split("-")[1]), row[9]
        elif "." not in row[0]:
            number = int(row[0])
            ends = rest if number == inside else row[9]
            sentence.words.append(row[1].replace(" ", "\u00a0"))
            sentence.spaces.append(number >= inside and "SpaceAfter=No" not in ends)
            sentence.tags.append(row[4])
            sentence.heads.append(int(row[6]) - 1 if int(row[6]) else number - 1)
            sentence.deps.append(_relation(row[7]) if int(row[6]) else "ROOT")
            entities.append(row[9])
    if not sentence.words:
        return None
    if any("Entity=" in misc for misc in entities):
        sentence.ents = _gum_names(sentence, entities)
    return sentence


def _relation(label: str) -> str:
    base, _, subtype = label.partition(":")
    return f"{base}:{subtype}" if subtype in KEPT else base


def _gum_names(sentence: Sentence, misc: list[str]) -> list[Ent]:
    """The names among GUM's entities: of those with a proper head, the run of proper nouns."""
    waiting: dict[str, list[tuple[int, str, str]]] = {}
    spans: list[tuple[int, int, str, str]] = []
    for at, column in enumerate(misc):
        found = re.search(r"Entity=([^|]+)", column)
        for part in re.findall(r"\([^()]+\)|\([^()]+|[^()]+\)", found[1] if found else ""):
            fields = part.strip("()").split("-")
            if part.startswith("("):
                kind, identity = fields[1], fields[7] if len(fields) > 7 else ""
                waiting.setdefault(fields[0], []).append((at, kind, identity))
            if part.endswith(")") and waiting.get(fields[0]):
                start, kind, identity = waiting[fields[0]].pop()
                spans.append((start, at + 1, kind, identity))
    taken: set[int] = set()
    names = []
    for start, end, kind, identity in sorted(spans, key=lambda s: s[0] - s[1]):
        name = _name_in(sentence, start, end, identity)
        if name and kind in GUM_KINDS and not taken & set(range(*name)):
            taken |= set(range(*name))
            names.append((*name, GUM_KINDS[kind]))
    return sorted(names)


def _name_in(sentence: Sentence, start: int, end: int, identity: str) -> tuple[int, int] | None:
    wanted = [w for w in re.split(r"[_\s]+", identity.replace("%2C", ",").lower()) if w]
    lows = [word.lower() for word in sentence.words[start:end]]
    for at in range(len(lows) - len(wanted) + 1):
        if wanted and lows[at : at + len(wanted)] == wanted and _proper(sentence, start + at):
            return start + at, start + at + len(wanted)
    inside = range(start, end)
    heads = [i for i in inside if sentence.heads[i] not in inside or sentence.deps[i] == "ROOT"]
    if not heads or sentence.tags[heads[0]] != "NNP":
        return None
    first = last = heads[0]
    while first > start and (_proper(sentence, first - 1) or sentence.tags[first - 1] == "HYPH"):
        first -= 1
    while last + 1 < end and (_proper(sentence, last + 1) or sentence.tags[last + 1] == "HYPH"):
        last += 1
    while first < last and sentence.words[first].lower() in TITLES:
        first += 1
    return first, last + 1


def _proper(sentence: Sentence, at: int) -> bool:
    return sentence.tags[at] in {"NNP", "NNPS"}


# Corpora of names


def tagged(path: Path, kinds: dict[str, str], columns: tuple[int, int]) -> Iterator[Sentence]:
    """Sentences of a file with a token a line and blank lines between sentences (IOB tags)."""
    word_at, tag_at = columns
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        rows = [re.split(r"[\t ]", line) for line in block.splitlines() if line[:2] != "# "]
        rows = [row for row in rows if len(row) > max(columns)]
        words = [_bracket(row[word_at]) for row in rows]
        if words:
            ents = list(_ents([row[tag_at] for row in rows], kinds))
            yield Sentence(words, list(_spaces(words)), ents=ents)


def _spaces(words: list[str]) -> Iterator[bool]:
    """Whether a blank stood after each word, which these corpora do not keep."""
    for word, after in pairwise([*words, ""]):
        yield after not in set(".,;:!?)]") | {"'s", "n't", "%"} and word not in {"(", "[", "$"}


def _bracket(word: str) -> str:
    return {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}.get(word, word)


def _ents(tags: list[str], kinds: dict[str, str]) -> Iterator[Ent]:
    start, label = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        kind = tag.partition("-")[2]
        if label and (tag[0] in "OB" or kind != label):
            if label in kinds:
                yield start, at, kinds[label]
            label = ""
        if kind and not label:
            start, label = at, kind


# Documents


def document(nlp: spacy.Language, sentences: Iterable[Sentence]) -> Doc:
    """One Doc of a few sentences; what the first one lacks is missing in all."""
    parts = list(sentences)
    shift, heads, ents = 0, [], []
    for part in parts:
        part.spaces[-1] = True
        heads += [head + shift for head in part.heads]
        ents += [(start + shift, end + shift, label) for start, end, label in part.ents or ()]
        shift += len(part.words)
    made = Doc(
        nlp.vocab,
        words=[plain(word) for part in parts for word in part.words],
        spaces=[space for part in parts for space in part.spaces],
        tags=[tag for part in parts for tag in part.tags] or None,
        heads=heads or None,
        deps=[dep for part in parts for dep in part.deps] or None,
    )
    if parts[0].ents is None:
        made.set_ents([], default="missing")
    else:
        made.set_ents([Span(made, s, e, label=label) for s, e, label in ents])
    return made


def grouped(sentences: list[Sentence], dice: Random, most: int = 8) -> Iterator[list[Sentence]]:
    """One to `most` neighbours at a time, as paragraphs have them."""
    at = 0
    while at < len(sentences):
        number = dice.randint(1, most)
        yield sentences[at : at + number]
        at += number


def main(data: Path, out: Path, seed: int = 1) -> None:
    out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    dice = Random(seed)
    news, renamer = News(dice), Renamer(dice)
    ner, trees = data / "ner", data / "treebanks"

    def save(name: str, groups: Iterable[list[Sentence]]) -> None:
        docs = [document(nlp, group) for group in groups]
        dice.shuffle(docs)
        DocBin(docs=docs, store_user_data=False).to_disk(out / f"{name}.spacy")
        print(f"{name}: {len(docs)} documents, {sum(map(len, docs))} tokens")

    def treebank(name: str) -> Iterator[list[Sentence]]:
        for doc in conllu(trees / f"{name}.conllu"):
            yield from grouped(doc, dice)

    def crossner(domain: str, part: str) -> list[Sentence]:
        return list(tagged(ner / "crossner" / domain / f"{part}.txt", CROSSNER_KINDS, (0, 1)))

    def uner(part: str) -> list[Sentence]:
        path = ner / "uner" / f"en_ewt-ud-{part}.iob2"
        return list(tagged(path, UNER_KINDS, (1, 2)))

    wiki = list(tagged(ner / "wikigold" / "wikigold.conll.txt", UNER_KINDS, (0, 1)))
    held = len(wiki) * 85 // 100
    domains = ("ai", "literature", "music", "science")
    named = wiki[:held] + uner("dev")
    named += [s for d in domains for part in ("train", "dev", "test") for s in crossner(d, part)]
    named += crossner("politics", "train") + crossner("politics", "dev")

    train = [*treebank("ewt_train"), *treebank("gum_open_train"), *grouped(named, dice, 4)]
    # Each sentence with names once more, with other names in it.
    gum = [sentence for doc in conllu(trees / "gum_open_train.conllu") for sentence in doc]
    renamed = [renamer(sentence) for sentence in named + gum if sentence.ents]
    train += grouped(renamed, dice, 4)
    train += grouped([news() for _ in range(10_000)], dice, 5)
    save("train", train)
    save("dev", [*treebank("gum_open_dev"), *treebank("ewt_dev")])
    save("test-names-wiki", grouped(wiki[held:], dice, 4))
    for name in ("ewt_test", "gum_open_test", "pud_news"):
        save(f"test-{name}", treebank(name))
    save("test-names-web", grouped(uner("test"), dice, 4))
    save("test-names-politics", grouped(crossner("politics", "test"), dice, 4))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
