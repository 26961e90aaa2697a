"""What tests share that is no fixture."""

from pathlib import Path

import pytest

from webapp.library import Library

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared"

# Whoosh leaves files open when it cannot read them.
leaves_files_open = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def article_path(library: Library, words: str) -> str:
    """The address of the article that these words find first."""
    hit = library.search(words).hits[0]
    return f"/articles/{hit.summary.article.id}"
