"""Titles -> the readable end of an address."""

import re
import unicodedata


def slugify(title: str) -> str:
    """`baghdad-reassured`; "article" when the title has no letters that an address can show."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-") or "article"
