"""Bytes of a plain-text file -> str -> Article."""

import re
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper

from charset_normalizer import from_bytes

from webapp.errors import UnreadableFile
from webapp.importing.exports import exported
from webapp.importing.labelled import labelled
from webapp.importing.made import Facts, below_title, from_clean
from webapp.importing.wrapping import unwrapped
from webapp.model import Article

_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip

WESTERN = "cp1252"
"""The commonest encoding of Western systems that is not Unicode."""

_CONTROLS = re.compile(r"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]")

# Letters around what is none, but for apostrophes and dashes, and capitals inside words: what
# Windows-1252 makes of most other encodings.
_UNLIKELY = re.compile(
    r"[^\W\d_][^\w\s!-/:-@\[-`{-~‘’–—…·\xad\xa0][^\W\d_]|[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŒŸ]"
    r"|[^\W\d_][‚„ˆ˜ƒ]"
)
_MOST_BEYOND_ASCII = 0.1
_MOST_TELLING = 0.01
"""Of all bytes: letters that are others in the encodings of Eastern Europe."""
_FEW_TELLING = 2
"""Of them in a text so short that one is more than its share."""

# Detecting an encoding takes seconds a megabyte, and more of the file does not tell more.
_DETECTED_BYTES = 200_000


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, UTF-16 or 32 with one, else detected.

    Raises UnreadableFile for what is no text.
    """
    encoding = _unicode(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _detected(data)


def lines_of(data: bytes) -> Iterator[str]:
    """The lines of what `decode` gives, of which no more than one stands in memory at a time.

    They end with a line feed, and nothing else separates them. Raises UnreadableFile.
    """
    encoding = _unicode(data)
    try:
        for _ in _lines(data, encoding):
            pass
    except UnicodeDecodeError:
        return StringIO(_detected(data), newline="\n")
    return _lines(data, encoding)


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    return TextIOWrapper(BytesIO(data), encoding, newline="\n")


def _unicode(data: bytes) -> str:
    """The encoding that a file in Unicode has. Raises UnreadableFile for what is no text."""
    encoding = bom_encoding(data)
    if encoding is None and b"\0" in data:
        raise UnreadableFile("It holds NUL bytes, so it is not a text file. Give a .txt file.")
    return encoding or "utf-8-sig"


def bom_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 when the file begins with the mark of one, or is plainly UTF-16 without."""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    return marked or (None if len(data) % 2 else _unmarked(data[:4096]))


def _unmarked(data: bytes) -> str | None:
    """UTF-16 when every other byte is NUL, as of Latin letters, and it holds no control."""
    for name, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if 2 * high.count(0) > len(high) and not _CONTROLS.search(data.decode(name, "replace")):
            return name
    return None


def _detected(data: bytes) -> str:
    control = len(_CONTROLS.findall(data[:4096].decode("latin-1")))
    # Latin letters have no control bytes among them; pictures and archives do.
    few = control <= len(data[:4096]) // 100
    if few and (text := _western(data)):
        return text
    matches = list(from_bytes(data[:_DETECTED_BYTES])) if few else []
    if not matches:
        raise UnreadableFile("Its bytes are no text in any known encoding. Save it as UTF-8.")
    # Of equals the commonest encoding of Western systems, which the detector lists by name only.
    best = (matches[0].chaos, matches[0].coherence)
    equals = [match for match in matches if (match.chaos, match.coherence) == best]
    western = next((match for match in equals if match.encoding == WESTERN), matches[0])
    if len(data) <= _DETECTED_BYTES:
        return str(western)
    return data.decode(western.encoding, errors="replace")


def _western(data: bytes) -> str | None:
    """The text as Windows-1252, when it is that or has too little to tell its encoding by."""
    sample = data[:_DETECTED_BYTES]
    text = sample.decode(WESTERN, "replace")
    beyond = [
        (a, b) for a, b in zip(text, sample.decode("cp1250", "replace"), strict=True) if a > "~"
    ]
    telling = sum(a != b and a.isalpha() for a, b in beyond)
    if len(beyond) > _MOST_BEYOND_ASCII * len(text) or telling > max(
        _FEW_TELLING, _MOST_TELLING * len(text)
    ):
        return None
    if "\ufffd" in text or _UNLIKELY.search(text):
        return None
    return data.decode(WESTERN, "replace")


def read_text(data: bytes) -> Iterator[Article | UnreadableFile]:
    """The article in a plain-text file, or those in an export of a database.

    Raises UnreadableFile when there is none.
    """
    text = decode(data)
    parts = labelled(text) or exported(text) or [(Facts(), text)]
    for number, (facts, body) in enumerate(parts, 1):
        try:
            yield _article(facts, body)
        except UnreadableFile as error:
            if len(parts) == 1:
                raise
            yield UnreadableFile(f"Article {number}: {error}")


def _article(facts: Facts, body: str) -> Article:
    return from_clean(below_title(facts, unwrapped(body)), facts)
