"""The list of articles and the article page with its lens."""

from functools import cache
from typing import Any

from flask import Blueprint, redirect, url_for
from htmx_flask import request
from werkzeug import Response

from webapp.annotation import NAMELESS, is_by_names
from webapp.citing import cite, plain
from webapp.days import day, local, moment
from webapp.library import View
from webapp.model import Annotations, Article, QuoteHit, Removed, Snippet
from webapp.views import cards, marks
from webapp.views.cards import QuoteLine
from webapp.views.htmx import library, render, wants_fragment
from webapp.views.lens import LAYERS, Lens, known_keys, parse_layers
from webapp.views.slugs import slugify

blueprint = Blueprint("reader", __name__)

blueprint.add_app_template_filter(cards.plural)
blueprint.add_app_template_filter(day)
blueprint.add_app_template_filter(moment)
blueprint.add_app_template_filter(local)

LEAD_LENGTH = 280
COOKIE_SECONDS = 365 * 24 * 3600


@blueprint.app_template_global()
def article_url(article: Article, **state: Any) -> str:
    """The readable address of an article."""
    return url_for("reader.article", article_id=article.id, slug=slugify(article.title), **state)


@blueprint.app_template_global()
def page_url(page: int) -> str:
    """The address of a page of the list of articles."""
    return url_for("reader.index", page=page if page > 1 else None)


@blueprint.app_template_filter()
def lead(article: Article) -> str:
    """The first words of the body, for the list."""
    body = article.text[article.body_start : article.body_start + LEAD_LENGTH]
    first, _, _ = body.partition("\n\n")
    if len(first) < LEAD_LENGTH:
        return first
    return first.rpartition(" ")[0] + " …"


@blueprint.app_template_filter()
@cache
def language_name(code: str) -> str:
    """ "fr" -> "French"; "" for a language that has no name in CLDR."""
    from babel import Locale  # a quarter of a second, for articles that are not English

    return str(Locale("en").languages.get(code, ""))


@blueprint.app_template_global()
def citation(line: QuoteLine, article: Article) -> str:
    """A quote as one cites it, with the address that leads back to it."""
    words = Snippet(line.words, ())
    hit = QuoteHit(article, line.quote, words, line.speaker, line.cue, line.source)
    return next(plain([cite(hit, request.host_url)]))


@blueprint.get("/")
def index() -> Response:
    page = library().page(request.args.get("page", 1, type=int))
    response = render("index", page=page, removed=_removed(), live="")
    if "removed" in request.args:  # going back to it after “Undo” must ask again
        response.cache_control.no_store = True
    return response


def _removed() -> Removed | None:
    """The article that was removed a moment ago, when it was and is not there again."""
    removed_id = request.args.get("removed", 0, type=int)
    known = library().removed_article(removed_id) if 0 < removed_id < 2**31 else None
    return known if known and not known.again else None


@blueprint.get("/articles/<int(max=2147483647):article_id>")
@blueprint.get("/articles/<int(max=2147483647):article_id>/<slug>")
def article(article_id: int, slug: str = "") -> Response:
    view = library().article(article_id)
    path = article_url(view.article)
    lens = _lens(view.found, path)
    if slug != slugify(view.article.title) and not wants_fragment():
        return redirect(lens.href)
    if "keep" in request.args:
        return _remembered(view, lens)
    return _rendered(view, lens)


def _lens(found: Annotations, path: str) -> Lens:
    named = parse_layers(request.args.get("layers"))
    kept = parse_layers(request.cookies.get("layers"))
    return Lens(
        path=path,
        lit=known_keys(found, request.args.getlist("lit")),
        layers=next((layers for layers in (named, kept) if layers is not None), LAYERS),
        query=request.args.get("q", "").strip(),
    )


def _remembered(view: View, lens: Lens) -> Response:
    """Keep the choice of layers in a cookie, and leave `keep` out of the address."""
    response = _rendered(view, lens) if wants_fragment() else redirect(lens.href)
    response.headers["HX-Push-Url"] = lens.href
    chosen = "all" if lens.layers == LAYERS else ",".join(lens.layers) or "none"
    response.set_cookie("layers", chosen, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True)
    return response


def _is_nameless(view: View) -> bool:
    """Whether only English names are marked in it: no others are known, or were then."""
    return view.article.language in NAMELESS or not is_by_names(view.found.version)


def _rendered(view: View, lens: Lens) -> Response:
    told = cards.cards(library(), view, lens)
    return render(
        "article",
        article=view.article,
        found=view.found,
        newer=view.newer,
        older=view.older,
        alike=view.alike,
        story=view.story,
        versions=view.versions,
        lens=lens,
        nameless=_is_nameless(view),
        shown=marks.shown(view.article, view.found, lens),
        cards=told,
        quote_lines=cards.quote_lines(view, view.found.quotes),
        live=cards.announcement(told) if lens.lit or wants_fragment() else "",
    )
