"""What is decided about two speakers, and why: the words for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """Why two speakers are one, the surest first, and after those why they are not.

    Those for it are the ones in `NEEDED`; of those against it `DOUBTS` and `ROLES` say which kind.
    """

    SAME_NAME = "the same name"
    SPELLING = "the same name but for accents, hyphens or capitals"
    ORDER = "the same name with the surname first"
    TRANSLITERATION = "two transliterations of one name"
    LANGUAGE = "one given name in two languages"
    MIDDLE = "the same name but for a middle name or initial"
    ENGLISH_FORM = "the same name with the English form of the given name"
    SHORT_FORM = "the same name with a short form of the given name"
    SHARED_SHORT_FORM = "the same surname with a short form of several given names"
    INITIALS = "the same name with initials for given names"
    INITIAL = "the same surname with one initial for the given name"
    SECOND_SURNAME = "the same name but for a second surname"
    FATHER = "the same name but for a father's name"
    LONGER_SURNAME = "the same name but for a further surname"
    LAST_WORDS = "one name is the end of the other"
    ONE_WORD = "one word, the surname or the only name"

    OTHER_KIND = "a person and an organization"
    OTHER_SURNAME = "different surnames"
    OTHER_GIVEN = "different given names"
    OTHER_MIDDLE = "different middle names or initials"
    OTHER_GENERATION = "different generations of one family"
    OTHER_GENDER = "the roles are of a man and of a woman"
    OTHER_FIELD = "the roles are in different fields"
    OTHER_COUNTRY = "the roles are in different countries"
    OTHER_PLACE = "the roles are in different places"
    OTHER_NAME = "different names"
    COMMON = "a frequent name, and roles that have nothing in common"
    JUNIOR = "only one of them is Jr. or has a number"
    LITTLE = "too little is known to tell"
    MANY_BEAR = "a name that organizations of many countries bear"
    SEVERAL = "it could be one or another"
    NOBODY = "none of those known is the same"


NEEDED = {
    Reason.SAME_NAME: (0, 0),
    Reason.SPELLING: (0, 0),
    Reason.ORDER: (0, 0),
    Reason.TRANSLITERATION: (0, 2),
    Reason.LANGUAGE: (0, 2),
    Reason.MIDDLE: (0, 2),
    Reason.ENGLISH_FORM: (1, 2),
    Reason.SHORT_FORM: (0, 2),
    Reason.SHARED_SHORT_FORM: (1, 2),
    Reason.INITIALS: (0, 2),
    Reason.INITIAL: (1, 2),
    Reason.SECOND_SURNAME: (2, 3),
    Reason.FATHER: (2, 3),
    Reason.LONGER_SURNAME: (2, 3),
    Reason.LAST_WORDS: (2, 3),
    Reason.ONE_WORD: (2, 3),
}
"""How many points the roles must have in common (`roles.Likeness`): of an infrequent surname, and
of a frequent one."""

DOUBTS = frozenset({Reason.JUNIOR, Reason.LITTLE, Reason.MANY_BEAR, Reason.SEVERAL, Reason.NOBODY})
"""Reasons against it that say no more than that too little is known."""

ROLES = frozenset(
    {
        Reason.OTHER_GENDER,
        Reason.OTHER_FIELD,
        Reason.OTHER_COUNTRY,
        Reason.OTHER_PLACE,
        Reason.COMMON,
    }
)
"""Reasons against it that the roles give."""

_ORDER = tuple(Reason)


def ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each once, the surest first."""
    return tuple(sorted(set(reasons), key=_ORDER.index))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two speakers are one. `reasons` say why: for a yes all that it rests on, the surest
    first, for a no the one that forbids it. `points` tells how much the roles have in common,
    `kindred` whether that is anything at all."""

    same: bool
    reasons: tuple[Reason, ...]
    points: int = 0
    kindred: bool = False

    @property
    def why(self) -> str:
        """A phrase for readers: "two transliterations of one name, and the roles agree"."""
        told = "; ".join(reason.value for reason in self.reasons)
        return f"{told}, and the roles agree" if self.same and self.points else told

    @property
    def doubtful(self) -> bool:
        """A no for want of knowledge: that these are two is not known either."""
        return not self.same and DOUBTS.issuperset(self.reasons)

    @property
    def by_roles(self) -> bool:
        """A no for the sake of roles, which tell less surely than names."""
        return not self.same and ROLES.issuperset(self.reasons)

    @property
    def rank(self) -> tuple[int, int]:
        """The lower, the surer a yes is."""
        return _ORDER.index(self.reasons[-1]), -self.points


def no(reason: Reason) -> Verdict:
    return Verdict(False, (reason,))
