"""Who speaks and what is repeated, across articles: decided in the transaction that stores one."""

from collections.abc import Sequence
from itertools import chain

from webapp import identity, repeats, store
from webapp.annotation.gazetteer import code_of, country_of_city
from webapp.identity import Known
from webapp.model import Annotations, Speaker
from webapp.store import Connection, Store
from webapp.store.people import Candidate

_BATCH = 50

_SAME_WORDS = "the same name, and of those who bear it the one who said the same words"


def know(connection: Connection, article_id: int, text: str) -> None:
    """Relate what was found in an article, stored just now, to what other articles have."""
    found = store.annotations.get(connection, article_id)
    _identify(connection, article_id, text, found)
    _group(connection, article_id, text, found)


def relate(opened: Store) -> int:
    """Do so for articles that were stored before this was done, and note the changes; how many."""
    done = 0
    while True:
        with opened.read() as connection:
            due = store.articles.by_ids(connection, store.people.unknown(connection, _BATCH))
        if not due:
            return done
        for article in due:
            with opened.write() as connection:
                if store.articles.get(connection, article.id):  # it may be removed meanwhile
                    know(connection, article.id, article.text)
                    store.changes.note(connection, article.id)
                    done += 1


def _identify(connection: Connection, article_id: int, text: str, found: Annotations) -> None:
    """Say which person each speaker is; who was known stays the same while the name stays."""
    before = store.people.of_article(connection, article_id)
    persons = {}
    for speaker in found.speakers:
        key = speaker.id, speaker.name, speaker.role
        said = [quote.words(text) for quote in found.quotes_by(speaker.id)]
        persons[key] = before.get(key) or _person(connection, article_id, speaker, said)
    store.people.put(connection, article_id, persons)
    of_slug = {slug: person for (slug, _, _), person in persons.items()}
    whose = {quote.id: of_slug[quote.speaker] for quote in found.quotes if quote.speaker in of_slug}
    store.people.put_quotes(connection, article_id, whose)


def _person(connection: Connection, article_id: int, speaker: Speaker, said: Sequence[str]) -> int:
    """The person that a speaker is, a new one if none of those known is it."""
    name, role = speaker.name, speaker.role
    keys = identity.keys(name, speaker.kind)
    offers = store.people.candidates(connection, keys)
    choice = identity.choose(
        _known(name, speaker.kind, role),
        [[_known(n, offer.kind, r) for n, r in offer.variants] for offer in offers],
    )
    offer, why = None, ""
    if choice.place is not None:
        offer, why = offers[choice.place], choice.verdict.why
    elif several := [offers[place] for place in choice.several]:
        offer, why = _who_said(connection, article_id, said, several), _SAME_WORDS
    if offer is None:
        person_id, why = store.people.add(connection, speaker.id, name, speaker.kind), ""
    elif (name, role) in offer.variants:
        return offer.id
    else:
        person_id = offer.id
        if _is_fuller(name, offer.name):
            store.people.rename(connection, person_id, name)
    store.people.add_variant(connection, person_id, name, role, why, keys)
    return person_id


def _who_said(
    connection: Connection, article_id: int, said: Sequence[str], several: Sequence[Candidate]
) -> Candidate | None:
    """Of several who may be meant the one whom another article has with the same words."""
    found = set()
    for words in said:
        numbers = repeats.fingerprints(words)
        quotes = store.repeats.candidates(connection, numbers, article_id)
        found |= {quote.person for quote in quotes if repeats.relation(words, quote.words)}
    told = [offer for offer in several if offer.slug in found]
    return told[0] if len(told) == 1 else None


def _known(name: str, kind: str, role: str) -> Known:
    return identity.known(name, kind, role, code_of, country_of_city)


def _is_fuller(name: str, than: str) -> bool:
    """Whether a name tells more: it has a given name where the other has none or an initial."""
    mine, theirs = ([len(w.strip(".")) > 1 for w in n.split()] for n in (name, than))
    return sum(mine) > sum(theirs) == 1 and all(mine)


def _group(connection: Connection, article_id: int, text: str, found: Annotations) -> None:
    """Find the earlier quotes that say the same as those of an article."""
    people = store.people.slugs(connection, [article_id])[article_id]
    numbers = {quote.id: repeats.fingerprints(quote.words(text)) for quote in found.quotes}
    elsewhere = store.repeats.shared(connection, [*chain(*numbers.values())], article_id)
    firsts = {}
    for quote in found.quotes:
        if elsewhere.isdisjoint(numbers[quote.id]):
            continue
        words = quote.words(text)
        offers = store.repeats.candidates(connection, numbers[quote.id], article_id)
        person = people[quote.speaker][0] if quote.speaker in people else ""
        known = [repeats.Candidate(o.quote_id, o.first, o.words, o.person) for o in offers]
        if groups := repeats.grouped(words, person, known):
            firsts[quote.id] = groups[0]
            for changed in store.repeats.merge(connection, groups[1:], groups[0]):
                store.changes.note(connection, changed)
    store.repeats.put(connection, article_id, numbers, firsts)
