"""One quote in its article."""

from webapp import finding, store
from webapp.errors import NotFound
from webapp.library import Library
from webapp.model import QuoteHit
from webapp.search import Told

GONE = (
    "There is no such quote. Its article may have been removed, or was annotated again and has it"
    " no more."
)


def get(library: Library, quote_id: int) -> QuoteHit:
    """A quote; how many `others` have its wording is not counted. Raises NotFound."""
    with library.store.read() as connection:
        first, _ = store.repeats.group(connection, quote_id)
        hits = finding.hits(connection, "quotes", [quote_id], None, {quote_id: Told(first)})
    for hit in hits:
        if isinstance(hit, QuoteHit):
            return hit
    raise NotFound(GONE)
