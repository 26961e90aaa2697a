"""Bytes of a plain-text file -> str -> Article."""

import codecs
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper

from charset_normalizer import from_bytes

from webapp.errors import UnreadableFile
from webapp.importing.clean import clean
from webapp.importing.made import from_clean
from webapp.model import Article

_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
         (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))  # fmt: skip

WESTERN = "cp1252"

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
    """UTF-16 or UTF-32 when the file begins with the mark of one."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def browsers_codec(declared: str) -> str:
    """The codec with which browsers read what declares this encoding.

    `WESTERN` for Latin-1 and ASCII, whose writers mostly have Windows, and for what nobody knows.
    """
    try:
        " ".encode(declared)  # there are codecs of other things than text
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return WESTERN
    return WESTERN if name in ("ascii", "iso8859-1") else name


def _detected(data: bytes) -> str:
    control = sum(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in data[:4096])
    # Latin letters have no control bytes among them; pictures and archives do.
    few = control <= len(data[:4096]) // 100
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


def read_text(data: bytes) -> Article:
    """The article in a plain-text file. Raises UnreadableFile when there is none."""
    return from_clean(clean(decode(data)))
