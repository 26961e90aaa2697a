"""The shapes of the world map, `webapp/views/data/world.tsv`, out of Natural Earth (public domain).

    python -m training.world countries-50m.json

The file is from world-atlas 2.0.2, an npm package that carries Natural Earth as TopoJSON: each
border stands there once and is simplified once, so that neighbours still meet. The map is an Equal
Earth one (Šavrič, Patterson and Jenny, 2018): areas that are shaded alike weigh alike.
What is drawn as a country is what ISO 3166 counts into it. Antarctica is left out.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pycountry

OUT = Path(__file__).parents[1] / "webapp" / "views" / "data" / "world.tsv"
HEAD = """\
# Countries: ISO code, where its dot stands if it is small, its shape as the path of an SVG.
# From Natural Earth (naturalearthdata.com), public domain, by training/world.py.
size\t{width}\t{height}
"""
Point = tuple[float, float]

MIDDLE = 11.0
"""Meridian in the middle: the seam then runs through the Bering Strait and cuts no mainland."""
WIDTH = 2000
LEAST_DETAIL = 1.2
"""Square units: a corner that takes away less is left out (Visvalingam and Whyatt, 1993)."""
LEAST_ISLAND = 5.0
SMALL = 90.0
"""Square units of a whole country: a smaller one gets a dot."""

UNNUMBERED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Indian Ocean Ter.": "CC"}
APART = [  # Part of a country that ISO counts elsewhere: its degrees west, south, east and north.
    ("FR", "GF", (-56, 1, -50, 7)),
    ("FR", "GP", (-62.5, 15.6, -60.5, 17)),
    ("FR", "MQ", (-62, 14, -60, 15.3)),
    ("FR", "RE", (55, -22, 56, -20)),
    ("FR", "YT", (44.5, -13.5, 45.8, -12.2)),
    ("NO", "SJ", (-11, 70.5, -5, 72)),
    ("NO", "SJ", (9, 74, 35, 82)),
    ("NL", "BQ", (-70, 11, -62, 18)),
    ("CC", "CX", (104, -11, 107, -10)),
    ("RU", "UA", (32, 44, 37, 46.5)),
]
ONLY_DOTS = {  # Degrees east and north of what the file has no shape for.
    "BV": (3.4, -54.4),
    "GI": (-5.4, 36.1),
    "TK": (-171.8, -9.2),
    "TV": (179.2, -8.5),
    "UM": (166.6, 19.3),
}


def main(source: Path) -> None:
    atlas = json.loads(source.read_text("utf-8"))
    spherical = list(_arcs(atlas))
    flat = [_simple([_projected(*p) for p in _rotated(arc)]) for arc in spherical]
    shapes = _shapes(atlas, spherical, flat)
    dots = {code: _projected(*next(_rotated([at]))) for code, at in ONLY_DOTS.items()}
    points = [p for rings in shapes.values() for ring in rings for p in ring] + list(dots.values())
    left, top = min(x for x, _ in points), min(y for _, y in points)
    size = (math.ceil(max(p[i] for p in points) - (left, top)[i]) for i in (0, 1))
    width, height = size
    lines = [
        _line(code, [[(x - left, y - top) for x, y in ring] for ring in rings])
        for code, rings in shapes.items()
    ]
    lines += [f"{code}\t{x - left:.0f} {y - top:.0f}\t" for code, (x, y) in dots.items()]
    OUT.parent.mkdir(exist_ok=True)
    text = HEAD.format(width=width, height=height) + "\n".join(sorted(lines)) + "\n"
    OUT.write_text(text, "utf-8")
    print(f"{len(lines)} countries, {len(text) / 1e3:.0f} kB")


def _arcs(atlas: dict) -> Iterator[list[Point]]:
    (kx, ky), (x0, y0) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + x0, y * ky + y0))
        yield line


def _rotated(arc: Iterable[Point]) -> Iterator[Point]:
    """With the middle of the map at 0 degrees, and not torn where it crosses the seam."""
    before = None
    for longitude, latitude in arc:
        x = (longitude - MIDDLE + 180) % 360 - 180
        if before is not None:
            x += 360 * round((before - x) / 360)
        yield x, latitude
        before = x


def _projected(longitude: float, latitude: float) -> Point:
    """Equal Earth, y downwards."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / (3 * slope)
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    scale = WIDTH / 5.4
    return x * scale, -y * scale


def _simple(line: list[Point]) -> list[Point]:
    """Without the corners that matter least; the ends stay."""
    sizes = [_triangle(*line[i : i + 3]) for i in range(len(line) - 2)]
    while sizes and (least := min(sizes)) < LEAST_DETAIL:
        at = sizes.index(least)
        del sizes[at], line[at + 1]
        for i in range(max(at - 1, 0), min(at + 1, len(sizes))):
            sizes[i] = _triangle(*line[i : i + 3])
    return line


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _shapes(
    atlas: dict, spherical: Sequence[list[Point]], flat: Sequence[list[Point]]
) -> dict[str, list[list[Point]]]:
    """Each country's rings, holes among them."""
    shapes = defaultdict(list)
    for geometry in atlas["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        code = _code(geometry)
        for polygon in polygons if code and code != "AQ" else ():
            at = _stitched(polygon[0], spherical)[0]
            shapes[_counted_into(code, *at)] += [_stitched(ring, flat) for ring in polygon]
    return shapes


def _code(geometry: dict) -> str:
    known = pycountry.countries.get(numeric=geometry.get("id", ""))
    return known.alpha_2 if known else UNNUMBERED.get(geometry["properties"]["name"], "")


def _counted_into(code: str, longitude: float, latitude: float) -> str:
    for whole, part, (west, south, east, north) in APART:
        if code == whole and west <= longitude <= east and south <= latitude <= north:
            return part
    return code


def _stitched(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    lines = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    return [point for line in lines for point in line[:-1]]


def _line(code: str, rings: list[list[Point]]) -> str:
    largest = max(rings, key=_area)
    whole = sum(map(_area, rings))
    dot = "{:.0f} {:.0f}".format(*_centre(largest)) if whole < SMALL else ""
    drawn = [ring for ring in rings if ring is largest or _area(ring) >= LEAST_ISLAND]
    return f"{code}\t{dot}\t{''.join(map(_path, drawn))}"


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def _centre(ring: Sequence[Point]) -> Point:
    """The middle of its box: shapes that get a dot are too small for the difference to be seen."""
    xs, ys = zip(*ring, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _path(ring: Sequence[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole)]
    moved = "".join(f"{n:+d}" for step in steps if any(step) for n in step)
    if not moved:
        return ""
    start = "M{} {}l".format(*whole[0])
    return (start + moved).replace("l+", "l").replace("+", " ") + "z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
