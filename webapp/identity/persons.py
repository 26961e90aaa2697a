"""Whether two names can be of one person: the names alone, without roles."""

from collections.abc import Iterator, Sequence

from webapp.identity import lexicon
from webapp.identity.names import Part, PersonName
from webapp.identity.readings import LATIN, plain, readings
from webapp.identity.verdict import NEEDED, Reason, ordered

Found = tuple[Reason, ...]
"""All reasons for one person, or the one reason against it; () when there is nothing to say."""

Parts = Sequence[Part]

_LEFT_OUT = frozenset({"jr", "ii", "iii", "iv", "v"})


def compare(one: PersonName, other: PersonName) -> Found:
    """The reasons why two names are of one person, or the one why they are not; symmetric."""
    if _are_two_generations(one.generation, other.generation):
        return (Reason.OTHER_GENERATION,)
    short, long = sorted((one, other), key=lambda name: len(name.parts))
    found = _by_words(short, long)
    if is_one(found) and one.generation != other.generation:
        return (Reason.JUNIOR,)
    return found


def _are_two_generations(one: str, other: str) -> bool:
    """ "Jr." may be left out; "Sr." and what Portuguese has in its place never."""
    return one != other and (bool(one and other) or one + other not in _LEFT_OUT)


def is_one(found: Found) -> bool:
    return bool(found) and NEEDED.keys() >= set(found)


def _by_words(short: PersonName, long: PersonName) -> Found:
    if len(short.parts) == 1:
        return _one_word(short, long)
    if short.asian and long.asian:
        return _asian(short, long)
    straight = _straight(short, long)
    if is_one(straight):
        return straight
    for way in (_without_blanks, _reversed, _further_surname, _half_surname, _last_words):
        if found := way(short, long):
            return found
    return straight


def _straight(short: PersonName, long: PersonName) -> Found:
    """Given name against given name, surname against surname, and what is between in turn."""
    scripts = short.scripts & long.scripts
    surname = _alike(short.surname, long.surname, scripts)
    if surname is None:
        return (Reason.OTHER_SURNAME,)
    return _told(surname, short, long, short.parts[1:-1], long.parts[1:-1])


def _told(surname: Reason, short: PersonName, long: PersonName, few: Parts, more: Parts) -> Found:
    """The reasons of surname, given names and those between together."""
    scripts = short.scripts & long.scripts
    between = tuple(_between(few, more, scripts))
    given = _given(short, long, scripts)
    if given is None:
        return (Reason.OTHER_GIVEN,)
    if Reason.OTHER_MIDDLE in between:
        return (Reason.OTHER_MIDDLE,)
    both_initials = short.given.initial and long.given.initial
    if given is Reason.INITIAL and between and Reason.MIDDLE not in between:
        given = Reason.INITIALS
    elif both_initials and (Reason.MIDDLE in between or (short.frequent and not between)):
        given = Reason.INITIAL
    return _without_plain({surname, given, *between})


def _without_plain(found: set[Reason]) -> Found:
    return ordered(found - {Reason.SAME_NAME}) or (Reason.SAME_NAME,)


def _alike(one: Part, other: Part, scripts: frozenset[str]) -> Reason | None:
    """Whether two words are one name, and how surely."""
    if one.firm_links != other.firm_links:
        first, second = ({plain(way) for way in part.as_one} for part in (one, other))
        return None if first.isdisjoint(second) else Reason.SPELLING
    if one.text == other.text:
        return Reason.SAME_NAME if one.links == other.links else Reason.SPELLING
    if _share_reading(one, other, LATIN):
        return Reason.SPELLING
    if any(_share_reading(one, other, script) for script in scripts):
        return Reason.TRANSLITERATION
    return None


def _share_reading(one: Part, other: Part, script: str) -> bool:
    return not readings(one.text, script).isdisjoint(readings(other.text, script))


def _given(one: PersonName, other: PersonName, scripts: frozenset[str]) -> Reason | None:
    first, second = one.given, other.given
    if first.initial or second.initial:
        return _initial(first, second)
    if found := _alike(first, second, scripts):
        return found
    if second.text in one.called or first.text in other.called:
        return Reason.SHORT_FORM
    return _other_form(plain(first.text), plain(second.text))


def _other_form(one: str, other: str) -> Reason | None:
    languages, short = lexicon.languages(), lexicon.short_forms()
    if other in languages.get(one, ()):
        english = one in lexicon.ENGLISH or other in lexicon.ENGLISH
        return Reason.ENGLISH_FORM if english else Reason.LANGUAGE
    if other in short.get(one, ()) or one in short.get(other, ()):
        shared = one in lexicon.SHARED or other in lexicon.SHARED
        return Reason.SHARED_SHORT_FORM if shared else Reason.SHORT_FORM
    return None


def _initial(first: Part, second: Part) -> Reason | None:
    if plain(first.text)[:1] != plain(second.text)[:1]:
        return None
    return Reason.SAME_NAME if first.initial and second.initial else Reason.INITIAL


def _between(few: Parts, more: Parts, scripts: frozenset[str]) -> Iterator[Reason]:
    """Middle names in turn; the shorter name may leave the last of them out, or all."""
    for one, other in zip(few, more, strict=False):
        if one.initial or other.initial:
            found = _initial(one, other)
            yield Reason.INITIALS if found is Reason.INITIAL else found or Reason.OTHER_MIDDLE
        else:
            yield _alike(one, other, scripts) or Reason.OTHER_MIDDLE
    left_out = list(few[len(more) :]) + list(more[len(few) :])
    if left_out:
        # A father's name tells brothers and cousins apart, and is left out seldom.
        yield Reason.FATHER if any("bin" in part.links for part in left_out) else Reason.MIDDLE


def _without_blanks(short: PersonName, long: PersonName) -> Found:
    """ "Man Mohan Singh", "Manmohan Singh": the first or the last word is there in both."""
    ends = short.given == long.given or short.surname == long.surname
    one, other = (plain("".join(part.joined for part in name.parts)) for name in (short, long))
    return (Reason.SPELLING,) if ends and one == other else ()


def _reversed(short: PersonName, long: PersonName) -> Found:
    if not (short.reversible and long.reversible and len(long.parts) == 2):
        return ()
    given, surname = _alike(short.given, long.surname, frozenset()), None
    if given:
        surname = _alike(short.surname, long.given, frozenset())
    return (Reason.ORDER,) if surname else ()


def _further_surname(short: PersonName, long: PersonName) -> Found:
    """ "Felipe Calderón", "Felipe Calderón Hinojosa"."""
    if len(short.parts) == len(long.parts) or lexicon.is_iberian(short.surname.text):
        return ()
    if not _alike(short.surname, long.parts[-2], short.scripts & long.scripts):
        return ()
    iberian = lexicon.is_iberian(short.given.text) and lexicon.is_iberian(long.given.text)
    surname = Reason.SECOND_SURNAME if iberian else Reason.LONGER_SURNAME
    found = _told(surname, short, long, short.parts[1:-1], long.parts[1:-2])
    return found if is_one(found) else ()


def _half_surname(short: PersonName, long: PersonName) -> Found:
    """ "Anna Nowak", "Anna Nowak-Lis"."""
    one, other = set(short.surname.halves), set(long.surname.halves)
    if not (one < other or other < one):
        return ()
    few, more = short.parts[1:-1], long.parts[1:-1]
    found = _told(Reason.LONGER_SURNAME, short, long, few, more)
    return found if is_one(found) else ()


def _last_words(short: PersonName, long: PersonName) -> Found:
    """ "Edgar Hoover", "John Edgar Hoover"."""
    end = long.parts[-len(short.parts) :]
    if len(short.parts) == len(long.parts) or short.given.initial:
        return ()
    scripts = short.scripts & long.scripts
    pairs = zip(short.parts, end, strict=True)
    return (Reason.LAST_WORDS,) if all(_alike(one, other, scripts) for one, other in pairs) else ()


def _one_word(short: PersonName, long: PersonName) -> Found:
    """A surname alone, or a name of one word: the last word of the other, or where else surnames
    stand."""
    places = [long.surname]
    if len(long.parts) > 2 and lexicon.is_iberian(long.given.text):
        places.append(long.parts[-2])
    if long.asian:
        places.append(long.given)
    for place in places:
        if found := _alike(short.given, place, short.scripts & long.scripts):
            return _without_plain({found, Reason.ONE_WORD})
    return (Reason.LITTLE,)


def _asian(short: PersonName, long: PersonName) -> Found:
    """Names of Chinese, Korean and Vietnamese syllables: all of them, whatever the blanks."""
    if short.parts == long.parts:
        return (Reason.SAME_NAME,)
    one, other = _orders(short), _orders(long)
    if one[0] == other[0]:
        return (Reason.SPELLING,)
    if not set(one).isdisjoint(other):
        return (Reason.ORDER,)
    return (Reason.OTHER_GIVEN,)


def _orders(name: PersonName) -> list[tuple[str, str]]:
    """Surname and given name, without blanks, as the words stand and in the other order."""
    words = [plain(part.text) for part in name.parts]
    orders = [(words[0], "".join(words[1:]))]
    if name.reversible:
        orders.append((words[-1], "".join(words[:-1])))
    return orders
