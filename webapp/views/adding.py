"""Adding articles: what is pasted, sent or fetched, a preview to correct, and how it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from flask import Blueprint, current_app, redirect, url_for
from htmx_flask import request
from jinja2.filters import do_filesizeformat
from werkzeug import Response
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.errors import BadCorrection, BadInput
from webapp.importing import ENDINGS
from webapp.importing.corrections import Typed, typed
from webapp.inbox import (
    DONE,
    FAILED,
    LEFT,
    NEW,
    PAGE,
    PASTED_FILE,
    READING,
    READY,
    THERE,
    WAITING,
    Inbox,
    Upload,
    below_headline,
)  # fmt: skip
from webapp.intake import Given
from webapp.library import pages_of
from webapp.model import Draft, Import
from webapp.views.cards import plural
from webapp.views.htmx import render

blueprint = Blueprint("adding", __name__)

LONGEST_PASTE = 5_000_000
"""Bytes of a text that is pasted."""

MOST_FILES = 20_000

LONGEST_SHOWN = 300_000
"""In code points, of a text in a form: sent back it is up to twelve times as many bytes."""

NO_PROBLEMS: Mapping[str, str] = {}

TITLES = {
    WAITING: "To be saved",
    NEW: "Saved",
    FAILED: "Not read",
    THERE: "Already there",
    LEFT: "Left out",
}
"""What a draft came to -> the heading above such drafts, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Section:
    """Drafts that came to one thing: a page of them, and how many there are."""

    outcome: str
    drafts: list[Draft]
    total: int

    @property
    def title(self) -> str:
        return TITLES[self.outcome]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE)


def inbox() -> Inbox:
    """What is being added to the collection that this application serves."""
    return cast(Inbox, current_app.extensions["inbox"])


@blueprint.get("/add")
def start() -> Response:
    return _start({})


@blueprint.post("/add")
def begin() -> Response:
    request.max_content_length = current_app.config["MAX_UPLOAD_BYTES"]
    request.max_form_memory_size = LONGEST_PASTE
    request.max_form_parts = MOST_FILES
    try:
        sent = [Upload(f.filename, f.stream) for f in request.files.getlist("files") if f.filename]
        given = Given.of(request.form.get("source", ""), request.form.get("date", "").strip())
        import_id = inbox().begin(request.form.get("pasted", ""), sent, given)
    except RequestEntityTooLarge:
        return _start({}, _TOO_LARGE, 413)
    except BadInput as error:
        return _start(request.form, str(error), 400)
    return redirect(url_for("adding.show", import_id=import_id), 303)


_TOO_LARGE = (
    f"That is too much at a time, or more than {LONGEST_PASTE // 1_000_000} MB of pasted text. Add "
    "less, or give the files to `dateline import` on the command line."
)


def _start(form: dict[str, str], problem: str = "", status: int = 200) -> Response:
    return render(
        "add",
        status,
        form=form,
        problem=problem,
        imports=inbox().latest(),
        may_fetch=inbox().may_fetch,
        endings=",".join(ENDINGS),
        live="",
    )


@blueprint.get("/add/<int(max=2147483647):import_id>")
def show(import_id: int) -> Response:
    """How an import goes; what it understood; what became of it."""
    found = inbox().get(import_id)
    asked = request.args.get("only")
    pages = pages_of(found.outcomes.get(asked, 0), PAGE) if asked in TITLES else 1
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    sections = [_section(found, o, page) for o in ([asked] if asked in TITLES else TITLES)]
    sections = [section for section in sections if section.drafts]
    alone = found.state == READY and found.total == 1 and sections and sections[0].drafts[0]
    return render(
        "import",
        found=found,
        sections=sections,
        page=page,
        only=asked,
        state=_state(),
        at=lambda page: url_for("adding.show", import_id=import_id, **_state() | {"page": page}),
        form=_form(alone) if alone and not alone.outcome else None,
        before=inbox().waits_for(found),
        pasted=PASTED_FILE,
        live=_said(found),
    )


def _section(found: Import, outcome: str, page: int) -> Section:
    drafts = inbox().drafts(found.id, [outcome], page)
    return Section(outcome, drafts, found.outcomes.get(outcome, 0))


def _said(found: Import) -> str:
    """What is said aloud when an import has come to its next state; nothing while it works."""
    if found.state == READY:
        return f"{plural(found.outcomes.get(WAITING, 0), 'article')} to be saved"
    if found.state == DONE:
        return f"{plural(found.outcomes.get(NEW, 0), 'article')} saved"
    return ""


@blueprint.app_template_global()
def import_line(found: Import) -> str:
    """What became of an import, in a line."""
    if found.state == READING:
        return _reading(found)
    told = [f"{n:,} {TITLES[o].lower()}" for o in TITLES if (n := found.outcomes.get(o, 0))]
    return ", ".join(told) or "nothing in it"


def _reading(found: Import) -> str:
    """`reading 3 files, 2.4 MB: 41 articles so far, 2 not read`."""
    sent = inbox().sent(found.id)
    begun = "waits to be read:" if inbox().waits_for(found) else "reading"
    some = [f"{sent.files:,} files"] if sent.files > 1 else []
    some += [do_filesizeformat(sent.size)] if sent.size else []
    if sent.addresses:
        some.append("one address" if sent.addresses == 1 else f"{sent.addresses:,} addresses")
    failed = found.outcomes.get(FAILED, 0)
    done = plural(found.total - failed, "article") + (f", {failed:,} not read" if failed else "")
    so_far = f": {done} so far" if found.total else ""
    return f"{begun} {', '.join(some)}{so_far}"


@blueprint.post("/add/<int(max=2147483647):import_id>/save")
def save(import_id: int) -> Response:
    inbox().save(import_id)
    return redirect(url_for("adding.show", import_id=import_id), 303)


@blueprint.post("/add/<int(max=2147483647):import_id>/stop")
def stop(import_id: int) -> Response:
    inbox().stop(import_id)
    return redirect(url_for("adding.show", import_id=import_id), 303)


@blueprint.post("/add/<int(max=2147483647):import_id>/discard")
def discard(import_id: int) -> Response:
    inbox().discard(import_id)
    return redirect(url_for("adding.start"), 303)


@blueprint.get("/add/<int(max=2147483647):import_id>/<int(max=2147483647):position>")
def draft(import_id: int, position: int) -> Response:
    """A draft with a form to correct it."""
    return _draft(import_id, _form(inbox().draft(import_id, position)))


@blueprint.post("/add/<int(max=2147483647):import_id>/<int(max=2147483647):position>")
def correct(import_id: int, position: int) -> Response:
    """Keep what was corrected, and save it at once when the form says so."""
    request.max_form_memory_size = request.max_content_length = LONGEST_PASTE
    form = _filled(position)
    try:
        inbox().correct(import_id, position, form.told, form.text)
    except BadCorrection as error:
        return _draft(import_id, form, error.problems, 400)
    if request.form.get("then") == "save":
        return save(import_id)
    return _back(import_id, position)


@blueprint.post("/add/<int(max=2147483647):import_id>/<int(max=2147483647):position>/leave")
def leave(import_id: int, position: int) -> Response:
    return _back(import_id, inbox().choose(import_id, position, wanted=False))


@blueprint.post("/add/<int(max=2147483647):import_id>/<int(max=2147483647):position>/take")
def take(import_id: int, position: int) -> Response:
    return _back(import_id, inbox().choose(import_id, position, wanted=True))


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the form of a draft; no text when that is too long to be sent back."""

    position: int
    told: Typed
    text: str | None

    @property
    def rows(self) -> int:
        """About as many as the text has lines, for browsers that do not measure it."""
        return sum(len(line) // 70 + 1 for line in (self.text or "").split("\n"))


def _form(draft: Draft) -> Form:
    assert draft.article
    text = below_headline(draft.article)
    shown = text if len(text) <= LONGEST_SHOWN else None
    return Form(draft.position, typed(draft.article), shown)


def _filled(position: int) -> Form:
    """The form as it was sent; browsers end lines with CR LF."""
    told = {field.name: request.form.get(field.name, "").strip() for field in fields(Typed)}
    text = request.form.get("text")
    return Form(position, Typed(**told), text and text.replace("\r\n", "\n"))


def _draft(
    import_id: int, form: Form, problems: Mapping[str, str] = NO_PROBLEMS, status: int = 200
) -> Response:
    found = inbox().get(import_id)
    return render(
        "draft", status, found=found, form=form, problems=problems, state=_state(), live=""
    )


def _back(import_id: int, position: int) -> Response:
    where = url_for("adding.show", import_id=import_id, _anchor=f"draft-{position}", **_state())
    return redirect(where, 303)


def _state() -> dict[str, Any]:
    """What of an import is looked at, for the addresses that lead back to it."""
    return {name: request.args[name] for name in ("only", "page") if name in request.args}
