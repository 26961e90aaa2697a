"""Single characters put right: encodings mixed up, ligatures, invisible marks, drop caps."""

import codecs
import re
import unicodedata

# The categories Cc and Cs: controls and lone surrogates.
_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TRANSLATED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), "") | {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip

# What UTF-8 read as Windows-1252 or Latin-1 looks like, and what Windows-1252 read as Latin-1
# does. Good text can look like it ("café’s"); ftfy decides, this only spares it the rest.
_SUSPECT = re.compile(
    "[\u00c2-\u00f4\u0102-\u0111\u0393\u221a]"
    "[\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|[\x80-\x84\x86-\x9f]"
)

# Words that news paragraphs begin with. A first letter that stands alone belongs to one of them
# when what follows spells the rest: other lone letters ("E coli", "X marks", "T cells") stay.
# Words whose rest is a word after "A" or "I" are left out ("A bout", "A gain", "A round").
_OPENING_WORDS = """
    after all almost already also although among an and another any are as at because before
    behind being between both but by can could despite did do dozens during each earlier early
    eight even every few first five following for former four from had has have he her here his
    how hundreds if in indeed inside instead is it its just last lawmakers leaders less let like
    many may millions ministers more most my nearly never nine no nobody not now of officials on
    once one only or our over parliament people police president prime protesters residents
    scientists several she since six so some still such ten that the their then there these they
    this those though thousands three through to two under until up us voters was we were what
    when where while who why will with workers year years yet you your
"""
_OPENINGS = frozenset(_OPENING_WORDS.split())
# "A re-run" is no "Are".
_DROP_CAP = re.compile(r"([A-Z]) ([a-z]+)(?=[\s,’'])")


# Charsets that browsers read as a larger one, in which their writers most often wrote (WHATWG,
# Encoding Standard). The quotation marks of Windows-1252 are controls in Latin-1.
_LARGER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip


def codec_of(charset: str) -> str:
    """The codec with which browsers read what declares this charset.

    Raises LookupError when nobody knows it.
    """
    try:
        " ".encode(charset)  # there are codecs of other things than text
        name = codecs.lookup(charset).name
    except ValueError as error:
        raise LookupError(charset) from error
    return _LARGER.get(name, name)


def mended(text: str) -> str:
    """The text with lines that were decoded wrongly ("cafÃ©") decoded rightly."""
    if text.isascii() or not _SUSPECT.search(text):
        return text
    return "\n".join(
        _redecoded(line) if _SUSPECT.search(line) else line for line in text.split("\n")
    )


def _redecoded(line: str) -> str:
    from ftfy import fix_encoding  # most texts need it never

    return fix_encoding(line)


def bare(text: str) -> str:
    """The letters and digits of a text alone, without case, to compare it with others."""
    return "".join(filter(str.isalnum, text.casefold()))


def squeezed(line: str) -> str:
    """One line without control and invisible characters, blanks collapsed, in NFC."""
    line = " ".join(line.translate(_TRANSLATED).split())
    if not line.isascii() or not line.isprintable():
        line = " ".join(unicodedata.normalize("NFC", _DROPPED.sub("", line)).split())
    return line


def without_drop_cap(paragraph: str) -> str:
    """ "T he minister" -> "The minister"."""
    match = _DROP_CAP.match(paragraph)
    if not match or (match[1] + match[2]).lower() not in _OPENINGS:
        return paragraph
    return match[1] + paragraph[match.start(2) :]
