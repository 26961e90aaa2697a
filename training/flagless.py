"""A font that shows nothing for a flag, `static/flagless.woff`; needs `pip install fonttools`.

    python -m training.flagless

Systems without a font that has flags show two empty boxes for each. With this font as the last one
to be asked they show nothing, and the name of the country stands alone.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

OUT = Path(__file__).parents[1] / "static" / "flagless.woff"
HALVES = range(0x1F1E6, 0x1F200)
"""The symbols of which two make a flag."""

GLYPHS = (".notdef", "none")


def main() -> None:
    font = FontBuilder(1000)
    font.setupGlyphOrder(list(GLYPHS))
    font.setupCharacterMap(dict.fromkeys(HALVES, "none"))
    font.setupGlyf({name: Glyph() for name in GLYPHS})
    font.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (0, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Flagless", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font.flavor = "woff"
    font.font.recalcTimestamp = False
    font.save(OUT)


if __name__ == "__main__":
    main()
