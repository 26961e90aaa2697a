"""What can go wrong, as one tree.

::

    DatelineError            every error that a person is told about
    ├── BadInput             what was given cannot be used (HTTP 400, exit status 2)
    │   ├── BadCorrection    fields of an article that cannot be what they were corrected to
    │   ├── UnreadableFile   a file that holds no article
    │   └── BadQuery         a search that is too long or too large
    ├── NotFound             no such article or quote (HTTP 404)
    │   └── WasRemoved       an article that was removed, and can be brought back
    └── Unavailable          the store or the index cannot serve now (HTTP 503)
        └── IndexDamaged     the index must be built again from the store; nothing is lost

The message is a sentence for the person: what was wrong and what to do. The HTTP status is
mapped in `webapp.views.errors`, the exit status in `webapp.cli`.
"""

from collections.abc import Mapping


class DatelineError(Exception):
    """Base of all errors that are told to the person in front of the page or the shell."""


class BadInput(DatelineError):
    """What was given cannot be used."""


class BadCorrection(BadInput):
    """`problems` has a sentence for each field that cannot be what it was corrected to."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class UnreadableFile(BadInput):
    """A file that holds no article."""


class BadQuery(BadInput):
    """A search that is too long or too large."""


class NotFound(DatelineError):
    """No such article or quote."""


class WasRemoved(NotFound):
    """An article that was removed; `article_id` is its old id."""

    def __init__(self, message: str, article_id: int) -> None:
        super().__init__(message)
        self.article_id = article_id


class Unavailable(DatelineError):
    """The store or the index cannot serve now; trying again later helps."""


class IndexDamaged(Unavailable):
    """The index is missing or broken; it is derived, so building it again loses nothing."""
