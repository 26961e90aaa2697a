"""Titles -> the readable end of an address."""

import re
import unicodedata

_TAKEN = ("", "edit")
"""No slugs: /articles/7/edit is a form."""


def slugify(title: str) -> str:
    """`baghdad-reassured`; "article" when the title has no letters that an address can show, or
    gives the address of something else."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")
    return slug if slug not in _TAKEN else "article"
