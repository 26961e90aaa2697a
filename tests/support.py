"""What tests share that is no fixture."""

from pathlib import Path

import pytest

from webapp.config import Settings
from webapp.importing import find_files, read_file
from webapp.library import Library, open_library

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared"

# Whoosh leaves files open when it cannot read them.
leaves_files_open = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def fill(home: Path, *paths: Path) -> None:
    """Import the files and folders into a collection."""
    library = open_library(Settings(home))
    for path in find_files(paths):
        library.add(read_file(path))
    library.catch_up()
    library.close()


def article_path(library: Library, words: str) -> str:
    """The address of the article that these words find first."""
    hit = library.search(words).hits[0]
    return f"/articles/{hit.summary.article.id}"
