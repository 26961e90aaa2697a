"""Counts as pictures: bars over time, and a map of the world.

The SVG carries classes alone and static/reader.css paints it. Bars are placed in per cent across,
so that on a phone they get narrower and their labels stay as large as text.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from webapp.views.atlas import Shade, atlas, shade_of, shades
from webapp.views.axis import HEIGHT, axis, short, ticks_to
from webapp.views.cards import plural

WIDEST = 12.0
"""Per cent of the picture that a bar has at most, also when there are few."""

TOUCHING = 80
"""With so many bars there are no gaps between them."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was counted ("March 2026", "Iraq"), how many there are and where these are listed."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture. `head`: what the labels and the counts are ("Month", "Quotes");
    `noun`: one of what is counted ("quote")."""

    caption: str
    head: tuple[str, str]
    noun: str
    rows: Iterable[Point]


_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" {size} role="{role}"'
    ' aria-labelledby="{kind}-title" aria-describedby="{kind}-about">'
    '<title id="{kind}-title">{title}</title><desc id="{kind}-about">{about}</desc>{body}</svg>'
)
_BAR = (
    '<a href="{href}" data-count="{count}"><title>{name}</title>'
    f'<rect class="reach" x="{{left}}%" width="{{step}}%" height="{HEIGHT}"/>'
    '<rect class="bar" x="{x}%" y="{y}" width="{width}%" height="{height}"/></a>'
)
_NO_BAR = (
    "<g><title>{name}</title>"
    f'<rect class="reach" x="{{left}}%" width="{{step}}%" height="{HEIGHT}"/></g>'
)
_COUNTRY = '<a href="{}" class="shade-{}"><title>{}</title>{}</a>'
_LAND = "<g><title>{}</title>{}</g>"
_SHADE = Markup(
    '<li><svg class="swatch" viewBox="0 0 20 12" aria-hidden="true">'
    '<rect class="shade-{}" width="20" height="12"/></svg> {}</li>'
)
_LINK = Markup('<a href="{}">{}</a> <span class="number">{:,}</span>')


def timeline(
    counts: Sequence[Point],
    title: str,
    description: str,
    noun: str = "quote",
) -> Markup:
    """Bars over time, each a link; nothing where there are no points.

    `counts` are in order and without gaps: what had none has a point of 0. `noun` is one of what is
    counted. A page has one of these.
    """
    if not counts:
        return Markup("")
    ticks = ticks_to(max(point.count for point in counts))
    bars = (_bar(at, len(counts), point, ticks[-1], noun) for at, point in enumerate(counts))
    return _SVG.format(
        kind="timeline",
        size=Markup(f'width="100%" height="{HEIGHT + 28}"'),
        role=_role(counts),
        title=title,
        about=description,
        body=axis(ticks, [point.label for point in counts]) + _joined(bars),
    )


def _role(points: Iterable[Point]) -> str:
    # What is inside an image is not told, so links would be lost there.
    return "group" if any(point.count for point in points) else "img"


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _bar(at: int, number: int, point: Point, top: int, noun: str) -> Markup:
    step = 100 / number
    wide = min(step if number > TOUCHING else step * 0.8, WIDEST)
    height = max(1.5, HEIGHT * point.count / top)
    bar = _BAR if point.count else _NO_BAR
    # Plain formatting, with what is foreign escaped: Markup's own is slow for hundreds of bars.
    return Markup(
        bar.format(
            href=escape(point.href),
            count=point.count,
            name=escape(_name(point, noun)),
            left=short(at * step),
            step=short(step),
            x=short((at + 0.5) * step - wide / 2),
            y=short(HEIGHT - height),
            width=short(wide),
            height=short(height),
        )
    )


def _name(point: Point, noun: str) -> str:
    return f"{point.label}: {plural(point.count, noun)}"


def world(
    counts: Mapping[str, int],
    href: Callable[[str], str],
    names: Mapping[str, str],
    title: str,
    description: str,
    noun: str = "mention",
) -> Markup:
    """The countries shaded by ISO code -> count in up to five classes, and a legend.

    Each that has a count is a link to `href(code)`; one that the map lacks is listed below it.
    """
    points = by_country(counts, href, names)
    classes = shades(point.count for point in points.values())
    (width, height), shapes = atlas().size, atlas().shapes
    svg = _SVG.format(
        kind="world",
        size=Markup(f'viewBox="0 0 {width} {height}"'),
        role=_role(points.values()),
        title=title,
        about=description,
        body=_land((code for code in shapes if code not in points), names)
        + _countries(points, classes, noun),
    )
    off_map = [point for code, point in points.items() if code not in shapes]
    return svg + _legend(classes, noun) + _list(off_map)


def by_country(
    counts: Mapping[str, int], href: Callable[[str], str], names: Mapping[str, str]
) -> dict[str, Point]:
    """The countries that have a count by their codes, most first: the rows of the map's table."""
    points = {code: Point(names.get(code, code), n, href(code)) for code, n in counts.items() if n}
    return dict(sorted(points.items(), key=lambda item: (-item[1].count, item[1].label)))


def _land(codes: Iterable[str], names: Mapping[str, str]) -> Markup:
    shapes = atlas().shapes
    none = "".join(_LAND.format(escape(names.get(code, code)), shapes[code]) for code in codes)
    return Markup(f'<g class="land" aria-hidden="true">{none}</g>')


def _countries(points: Mapping[str, Point], classes: Sequence[Shade], noun: str) -> Markup:
    drawn = (code for code in points if code in atlas().shapes)
    return _joined(
        Markup(
            _COUNTRY.format(
                escape(points[code].href),
                shade_of(points[code].count, classes).depth,
                escape(_name(points[code], noun)),
                atlas().shapes[code],
            )
        )
        # Dots come last: they lie over their neighbours.
        for code in sorted(drawn, key=atlas().small.__contains__)
    )


def _legend(classes: Sequence[Shade], noun: str) -> Markup:
    if not classes:
        return Markup("")
    *others, last = classes
    texts = [_range(shade, f"{shade.most:,}") for shade in others]
    texts.append(_range(last, plural(last.most, noun)))
    items = [_SHADE.format(0, "none")]
    items += [_SHADE.format(shade.depth, text) for shade, text in zip(classes, texts, strict=True)]
    return Markup('<ul class="legend" aria-label="Shades of the map">{}</ul>').format(
        _joined(items)
    )


def _range(shade: Shade, most: str) -> str:
    return most if shade.least == shade.most else f"{shade.least:,}–{most}"


def _list(points: Sequence[Point]) -> Markup:
    if not points:
        return Markup("")
    links = Markup(", ").join(
        _LINK.format(point.href, point.label, point.count) for point in points
    )
    return Markup('<p class="off-map">Not on the map: {}</p>').format(links)
