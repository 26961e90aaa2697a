"""Two speakers of two articles: one or not, and to whom of those known a speaker belongs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.identity import names, organizations, persons, roles
from webapp.identity.roles import Find, Role
from webapp.identity.verdict import NEEDED, Reason, Verdict, no

PERSON = "person"


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker as one article tells of them: the fullest name there, the kind (person |
    organization | group) and what the role tells. `known` makes one."""

    name: str
    kind: str = PERSON
    role: Role = field(default_factory=Role)

    @property
    def person(self) -> bool:
        return self.kind == PERSON


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the identities offered a speaker belongs to, counted from 0; None for a new one.
    `several` are those that fit equally well, when the names and roles alone do not tell which."""

    place: int | None
    verdict: Verdict
    several: tuple[int, ...] = ()


def known(
    name: str,
    kind: str = PERSON,
    role: str = "",
    code_of: Find = roles.no_country,
    city_of: Find = roles.no_country,
) -> Known:
    """A speaker of an article.

    `role` is the role as the article gives it, or "". `code_of` gives the ISO 3166-1 alpha-2 code
    of a country by its name or demonym, `city_of` by one of its cities, or "". Of an organization
    the role may be any words that name its country: those of the article's dateline.
    """
    titles = names.parse(name).titles.split() if kind == PERSON else []
    told = " ".join([*filter(roles.tells, titles), role])
    return Known(name, kind, roles.read(told.strip(), code_of, city_of))


def keys(name: str, kind: str = PERSON) -> tuple[str, ...]:
    """What a speaker is looked up by: speakers that are the same share one of these keys.

    A handful of strings for each name, of which few other names have one: identities that share
    none of them need not be compared.
    """
    if kind != PERSON:
        return (f"name:{organizations.folded(name)}",)
    return tuple(sorted(names.keys(name)))


def same(one: Known, other: Known) -> Verdict:
    """Whether two speakers are one, and why; symmetric. When in doubt they are not.

    A name alone never tells for certain. Of a frequent surname, an initial or a single word the
    roles must agree as well (`NEEDED`); roles that conflict keep two of one name apart (`roles` has
    the limits). Not transitive: "George Bush" may be either of two whom their initials keep apart,
    which is why `choose` compares with all that an identity has.
    """
    if one.person != other.person:
        return no(Reason.OTHER_KIND)
    if one.person:
        return _same_person(one, other)
    shared = not one.role.nations.isdisjoint(other.role.nations)
    apart = one.role.nations and other.role.nations and not shared
    reason = organizations.compare(one.name, other.name, one_country=shared)
    if reason not in NEEDED:
        return no(reason)
    return no(Reason.OTHER_COUNTRY) if apart else Verdict(True, (reason,))


def choose(speaker: Known, identities: Sequence[Sequence[Known]]) -> Choice:
    """To which identity a speaker belongs, if to any.

    Each identity is what it consists of so far: one `Known` for each different name and role is
    enough. The speaker joins when one of them is the same and none is surely another. Of several
    that fit the surest is taken; when two are equally sure it is a new one, and a reader may merge.
    The order in which speakers come can matter; the fullest names first is best.
    """
    verdicts = [_fit(speaker, identity) for identity in identities]
    fitting = sorted(
        (v.rank, not _is_like(speaker, identity), place)
        for place, (v, identity) in enumerate(zip(verdicts, identities, strict=True))
        if v.same
    )
    if not fitting:
        return Choice(None, verdicts[0] if len(verdicts) == 1 else no(Reason.NOBODY))
    several = tuple(place for *rank, place in fitting if rank == list(fitting[0][:2]))
    if len(several) > 1:
        return Choice(None, no(Reason.SEVERAL), several)
    place = fitting[0][-1]
    return Choice(place, verdicts[place])


def _fit(speaker: Known, identity: Sequence[Known]) -> Verdict:
    """The surest yes, unless a name says no, or a role to which no other role says yes.

    One article may call a senator a football coach: that alone keeps no other senator out.
    """
    verdicts = [same(speaker, member) for member in identity]
    against = [v for v in verdicts if not v.same and not v.doubtful]
    agreed = sorted((v for v in verdicts if v.same), key=lambda v: v.rank)
    if not agreed or not all(v.by_roles for v in against):
        return (against or verdicts)[0]
    if against and not any(v.kindred for v in agreed):
        return against[0]
    return agreed[0]


def _is_like(speaker: Known, identity: Sequence[Known]) -> bool:
    """Which of two equally sure ones is meant: where the same was said, or as little."""
    if speaker.role.told:
        return speaker in identity
    return not any(member.role.told for member in identity)


def _same_person(one: Known, other: Known) -> Verdict:
    if names.keys(one.name).isdisjoint(names.keys(other.name)):
        return no(Reason.OTHER_SURNAME)
    name, other_name = names.parse(one.name), names.parse(other.name)
    found = persons.compare(name, other_name)
    if not persons.is_one(found):
        return no(found[0])
    frequent = name.frequent or other_name.frequent
    alike = roles.likeness(one.role, other.role, frequent=frequent)
    if alike.conflict:
        return no(alike.conflict)
    needed = max(NEEDED[reason][frequent] for reason in found)
    bare = len(name.parts) == len(other_name.parts) == 1
    if bare and not frequent:
        needed = int(one.role.told or other.role.told)
    if alike.points < needed:
        return no(Reason.LITTLE)
    return Verdict(True, found, alike.points, alike.kindred)
