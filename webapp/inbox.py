"""What people add on the page: read in the background, looked at, corrected, then stored.

An import lives in the store; its files wait in a folder until they are read. A restart goes on with
what was not done.
"""

import datetime as dt
import json
import logging
import re
import shutil
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from threading import Lock, Thread, current_thread
from typing import BinaryIO

from filelock import FileLock

from webapp import store
from webapp.errors import (
    BadCorrection,
    BadInput,
    DatelineError,
    NotFound,
    Unavailable,
    UnreadableFile,
)
from webapp.importing import OnlyErrors
from webapp.importing.addresses import is_address, parse
from webapp.importing.clean import paragraphs_of
from webapp.importing.corrections import Typed, corrected
from webapp.importing.fetch import Policy
from webapp.importing.language import language_of
from webapp.importing.made import Facts, make
from webapp.intake import NOTHING, Given, read
from webapp.library import Library
from webapp.model import Article, Draft, Import
from webapp.store import Connection

READING, READY, SAVING, DONE = "reading", "ready", "saving", "done"
WAITING, NEW, THERE, LEFT, FAILED = "", "new", "there", "left", "failed"

PAGE = 20
"""Drafts on a page."""

KEPT = 30
"""Imports that are remembered when they are done."""

_PASTED = "Pasted text"
PASTED_FILE = "pasted text.txt"
"""What the drafts of a pasted text are called."""
_FIRST_WORDS = 60  # code points
_ADDRESSES = "addresses"
_BATCH = 50
_GIVEN, _SENT = "given", "sent"

SHORT = 0.5
"""In seconds: what is read sooner is shown at once, without a page that says it is being read."""

# One word that is an address, with or without a scheme: "www.example.org/news", "ftp://example.org".
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://\S+|([\w-]+\.)+[a-z]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE
)
_SCHEMES = ("http://", "https://")
_STOPPED = {
    READING: "You stopped it. What was read until then is kept. To have the rest, add it again.",
    SAVING: "You stopped it. What was saved until then stays.",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    name: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Sent:
    """How much waits to be read: addresses, files, and the bytes of these."""

    addresses: int
    files: int
    size: int


class Inbox:
    """The imports of a collection. Without a policy addresses are refused."""

    def __init__(self, library: Library, folder: Path, policy: Policy | None) -> None:
        self._library = library
        self._folder = folder
        self._policy = policy
        self._turns = {READING: Lock(), SAVING: Lock()}
        self._at: dict[str, tuple[int, Thread]] = {}
        """State -> the import at which this process is at work, and the thread that is."""
        self._threads: set[Thread] = set()

    @property
    def _store(self) -> store.Store:
        return self._library.store

    @property
    def may_fetch(self) -> bool:
        return self._policy is not None

    # Beginning and ending

    def begin(self, pasted: str, files: Sequence[Upload], given: Given = NOTHING) -> int:
        """Take what was pasted (text, or addresses on lines of their own) and sent, and read it in
        the background; the id of the import. Raises BadInput when there is nothing, or an address
        that cannot be one."""
        addresses = _addresses(pasted)
        if addresses and not self.may_fetch:
            raise BadInput(
                "Addresses are not fetched by this reader. Save the page in your browser and add "
                "the file, or copy its text."
            )
        if not files and not pasted.strip():
            raise BadInput("There is nothing to add. Paste a text or an address, or choose files.")
        title = _title(addresses, pasted, [file.name for file in files])
        with self._store.write() as connection:
            import_id = store.imports.begin(connection, title, DONE)  # not to be worked on yet
        try:
            _keep(self._files(import_id), addresses, "" if addresses else pasted, files, given)
        except OSError as error:
            with suppress(Unavailable):  # on a full disk not even that can be written
                self._remove([import_id])
            raise Unavailable(
                f"What was sent cannot be kept: {error.strerror or error}. Nothing was added."
            ) from error
        self._turn(import_id, READING, [DONE])
        self._start(import_id, READING).join(SHORT)
        self._forget_old()
        return import_id

    def resume(self) -> None:
        """Go on with what a stop of the reader broke off."""
        with self._store.read() as connection:
            broken = store.imports.in_states(connection, [READING, SAVING])
        for one in broken:
            self._start(one.id, one.state)

    def save(self, import_id: int) -> None:
        """Store the drafts that wait, in the background."""
        if not self._turn(import_id, SAVING, [READY]):
            self.get(import_id)
            raise BadInput("This import is not ready to be saved. Look at it again.")
        self._start(import_id, SAVING)

    def stop(self, import_id: int) -> None:
        """Read or save no more of it; what was done stays. Raises NotFound."""
        state = self.get(import_id).state
        if state in (READING, SAVING):
            self._rest(import_id, state, _STOPPED[state])
            working, thread = self._at.get(state, (0, None))
            if thread and working == import_id:
                thread.join(SHORT)  # so that an article that is just being stored counts

    def discard(self, import_id: int) -> None:
        """Forget an import; articles that were stored stay. Raises NotFound."""
        self.get(import_id)
        self._remove([import_id])

    def join(self) -> None:
        """Wait until nothing is being read or saved."""
        for thread in list(self._threads):
            thread.join()

    # Looking

    def get(self, import_id: int) -> Import:
        """Raises NotFound."""
        with self._store.read() as connection:
            found = store.imports.get(connection, import_id)
        if found is None:
            raise NotFound("There is no such import. It may have been discarded.")
        return found

    def latest(self) -> list[Import]:
        """The last imports, the newest first."""
        with self._store.read() as connection:
            return store.imports.latest(connection, KEPT)

    def sent(self, import_id: int) -> Sent:
        """What of an import waits to be read."""
        try:
            return Sent(*json.loads((self._files(import_id) / _SENT).read_text(encoding="utf-8")))
        except OSError:  # it goes when all is read
            return Sent(0, 0, 0)

    def waits_for(self, one: Import) -> Import | None:
        """The import that must be read, or saved, before it is this one's turn."""
        before, _ = self._at.get(one.state, (one.id, None))
        if before == one.id:
            return None
        with self._store.read() as connection:
            return store.imports.get(connection, before)

    def drafts(self, import_id: int, outcomes: Collection[str], page: int = 1) -> list[Draft]:
        """A page of the drafts that came to this, in their order."""
        with self._store.read() as connection:
            start = (page - 1) * PAGE
            return store.imports.some(connection, import_id, outcomes, PAGE, start)

    def draft(self, import_id: int, position: int) -> Draft:
        """Raises NotFound."""
        with self._store.read() as connection:
            found = store.imports.draft(connection, import_id, position)
        if found is None or found.article is None:
            raise NotFound("There is no such article in this import.")
        return found

    # Correcting

    def correct(self, import_id: int, position: int, told: Typed, text: str | None) -> None:
        """Put right how a waiting article was understood; no text: it stays as it is.

        Raises BadInput, NotFound."""
        draft = self.draft(import_id, position)
        if draft.outcome != WAITING or draft.article is None:
            raise BadInput("It is stored already. Correct it on its own page.")
        made = _corrected(draft.article, told, text)
        with self._store.write() as connection:
            store.imports.change(connection, import_id, position, made)

    def choose(self, import_id: int, position: int, wanted: bool) -> int:
        """Leave an article out, or take it in again; where one goes on: the position of the next
        one that stood beside it, else its own. Raises NotFound."""
        draft = self.draft(import_id, position)
        if not draft.article or draft.outcome not in (WAITING, LEFT):
            return position
        outcome = WAITING if wanted else LEFT
        with self._store.write() as connection:
            store.imports.decide(connection, import_id, position, outcome, draft.article)
            after = store.imports.some(connection, import_id, [draft.outcome], 1, after=position)
        return after[0].position if after else position

    # In the background

    def _start(self, import_id: int, state: str) -> Thread:
        thread = Thread(target=self._work, args=(import_id, state), name="import", daemon=True)
        self._threads = {other for other in self._threads if other.is_alive()} | {thread}
        thread.start()
        return thread

    def _work(self, import_id: int, state: str) -> None:
        """Read or save, whichever is due, when nobody else is at it."""
        work = {READING: self._read, SAVING: self._save}[state]
        try:
            # The lock first: whoever waits for another process, or for a work on this import that
            # is being stopped, keeps no other import waiting.
            with FileLock(self._folder / f"{import_id}.lock"), self._turns[state]:
                self._at[state] = import_id, current_thread()
                try:
                    if self._is_in(import_id, state):  # nobody has done it meanwhile
                        work(import_id)
                finally:
                    del self._at[state]
        except Exception as error:
            self._failed(import_id, state, error)

    def _is_in(self, import_id: int, state: str) -> bool:
        with self._store.read() as connection:
            return store.imports.state_of(connection, import_id) == state

    def _failed(self, import_id: int, state: str, error: Exception) -> None:
        """What was read or saved so far stays, and the person is told why and can go on."""
        with suppress(NotFound):  # discarded meanwhile
            self.get(import_id)
            log.error("An import failed.", exc_info=error)
            self._rest(import_id, state, _broken_off(state, error))

    def _rest(self, import_id: int, state: str, problem: str = "") -> None:
        """Nothing is read or saved any more: it waits for the person, if anything in it does."""
        with self._store.write() as connection:
            waits = store.imports.some(connection, import_id, [WAITING], 1)
            store.imports.turn(connection, import_id, READY if waits else DONE, [state], problem)
        shutil.rmtree(self._files(import_id), ignore_errors=True)

    def _read(self, import_id: int) -> None:
        with self._store.write() as connection:
            store.imports.clear(connection, import_id)
        for draft in self._understood(import_id):
            with self._store.write() as connection:
                if store.imports.state_of(connection, import_id) != READING:
                    return  # stopped, or discarded
                store.imports.put(connection, import_id, draft)
                known = draft.article and store.articles.id_of(connection, draft.article)
                if draft.article and known:
                    position = draft.position
                    store.imports.decide(
                        connection, import_id, position, THERE, draft.article, known
                    )
        self._rest(import_id, READING)

    def _understood(self, import_id: int) -> Iterator[Draft]:
        given = _unpacked((self._files(import_id) / _GIVEN).read_text(encoding="utf-8"))
        names = _names(self._files(import_id))

        def feed(address: str) -> None:
            if names == [address]:
                with self._store.write() as connection:
                    store.imports.note_feed(connection, import_id, address)

        for position, (name, found) in enumerate(read(names, self._policy, feed), 1):
            shown = name if is_address(name) else Path(name).name
            if isinstance(found, Article):
                yield Draft(position, shown, given.fill(found))
            elif not isinstance(found, OnlyErrors):  # which were told one by one
                yield Draft(position, shown, outcome=FAILED, problem=str(found))

    def _save(self, import_id: int) -> None:
        waiting: deque[Draft] = deque()

        def stored(connection: Connection, article_id: int) -> None:
            self._decide(connection, import_id, waiting[0], NEW, article_id)

        try:
            articles = self._waiting(import_id, waiting)
            for article_id in self._library.add_each(articles, also=stored):
                if article_id is None:
                    with self._store.write() as connection:
                        self._decide(connection, import_id, waiting[0], THERE)
                waiting.popleft()
                if not self._is_in(import_id, SAVING):
                    return  # stopped, or discarded
        finally:
            self._library.catch_up()
        self._turn(import_id, DONE, [SAVING])

    def _waiting(self, import_id: int, handed: deque[Draft]) -> Iterator[Article]:
        """The articles that wait; each draft is put on `handed` when its article is given."""
        last = 0
        while True:
            with self._store.read() as connection:
                drafts = store.imports.some(connection, import_id, [WAITING], _BATCH, after=last)
            if not drafts:
                return
            for draft in drafts:
                assert draft.article
                handed.append(draft)
                yield draft.article
            last = drafts[-1].position

    def _decide(
        self, connection: Connection, import_id: int, draft: Draft, outcome: str, key: int = 0
    ) -> None:
        assert draft.article
        key = key or store.articles.id_of(connection, draft.article) or 0
        store.imports.decide(
            connection, import_id, draft.position, outcome, draft.article, key or None
        )

    def _turn(self, import_id: int, state: str, before: Collection[str]) -> bool:
        with self._store.write() as connection:
            return store.imports.turn(connection, import_id, state, before)

    # Files

    def _files(self, import_id: int) -> Path:
        return self._folder / str(import_id)

    def _forget_old(self) -> None:
        with self._store.read() as connection:
            done = store.imports.in_states(connection, [DONE])
        self._remove([one.id for one in done[:-KEPT]])

    def _remove(self, ids: Iterable[int]) -> None:
        # The files first: the database may lack the room that they take.
        for import_id in ids:
            shutil.rmtree(self._files(import_id), ignore_errors=True)
            with suppress(OSError):
                (self._folder / f"{import_id}.lock").unlink()
        with self._store.write() as connection:
            store.imports.remove(connection, ids)


def _addresses(pasted: str) -> list[str]:
    """The addresses that were pasted, with their schemes; none when it is a text.

    Raises BadInput when one is not of the web.
    """
    words = pasted.split()
    if not all(map(_ADDRESS.fullmatch, words)):
        return []
    return [word if word.lower().startswith(_SCHEMES) else str(parse(word)) for word in words]


def _broken_off(state: str, error: Exception) -> str:
    reason = str(error) if isinstance(error, DatelineError) else "Something went wrong here."
    if state == READING:
        return f"Reading was broken off. {reason} What was read until then is kept."
    return f"Saving was broken off. {reason} What was saved until then stays. Save the rest again."


def _keep(
    folder: Path, addresses: Sequence[str], pasted: str, files: Sequence[Upload], given: Given
) -> None:
    """Make the folder of an import, with all that is to be read."""
    folder.mkdir(parents=True)
    if addresses:
        (folder / _ADDRESSES).write_text("\n".join(addresses), encoding="utf-8")
    if pasted.strip():
        _put(folder, 0, PASTED_FILE).write_text(pasted, encoding="utf-8")
    for number, upload in enumerate(files, 1):
        with _put(folder, number, upload.name).open("wb") as copy:
            shutil.copyfileobj(upload.file, copy)
    (folder / _GIVEN).write_text(_packed(given), encoding="utf-8")
    kept = [path.stat().st_size for path in folder.glob("*/*")]
    sent = [len(addresses), len(kept), sum(kept)]
    (folder / _SENT).write_text(json.dumps(sent), encoding="utf-8")


def _names(folder: Path) -> list[str]:
    """What of an import is to be read: addresses, then the paths of files."""
    listed = folder / _ADDRESSES
    addresses = listed.read_text(encoding="utf-8").split() if listed.is_file() else []
    return addresses + sorted(str(path.absolute()) for path in folder.glob("*/*"))


def _put(folder: Path, number: int, name: str) -> Path:
    """Where the file of this name goes; names need not differ."""
    made = folder / f"{number:06}"
    made.mkdir()
    base = PurePath(name.replace("\\", "/")).name
    stem, suffix = PurePath(base).stem[:50], PurePath(base).suffix[:10]
    return made / (re.sub(r"[^\w .()+-]", "_", f"{stem}{suffix}").strip(" .") or "file")


def _title(addresses: Sequence[str], pasted: str, names: Sequence[str]) -> str:
    """What an import is called: by the first address, first line or file."""
    line = pasted.strip().partition("\n")[0][:_FIRST_WORDS]
    first = [f"{_PASTED}: {line}"] if line and not addresses else []
    told = [*addresses, *first, *names]
    return told[0][:200] if len(told) == 1 else f"{told[0][:200]} and {len(told) - 1} more"


def _packed(given: Given) -> str:
    return json.dumps([given.source, given.date.isoformat() if given.date else ""])


def _unpacked(packed: str) -> Given:
    source, day = json.loads(packed)
    return Given(source, dt.date.fromisoformat(day) if day else None)


def below_headline(article: Article) -> str:
    """The text of an article as a form shows it."""
    return article.text[article.body_start :]


def _corrected(article: Article, told: Typed, text: str | None) -> Article:
    """The article as a person put it right; nothing points into its text yet."""
    right = corrected(article, told)
    text = below_headline(article) if text is None else text
    if (right.title, text) == (article.title, below_headline(article)):
        return right
    try:
        made = make(Facts(title=right.title), paragraphs_of(text))
    except UnreadableFile as error:
        raise BadCorrection({"text": str(error)}) from error
    return replace(
        right,
        title=made.title,
        text=made.text,
        dateline=made.dateline,
        language=language_of(made.text) or article.language,
    )
