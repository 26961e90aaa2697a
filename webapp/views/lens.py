"""What is lit in an article and which layers show: state that lives in the address.

`?lit=speaker:hassan-rouhani&lit=country:IQ&layers=quotes,countries&q=storm`
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from webapp.model import Annotations, Quote

LAYERS = ("speakers", "countries", "quotes")
MOST_LIT = 8
"""More things lit at once than anybody can tell apart."""


@dataclass(frozen=True, slots=True)
class Lens:
    """The state of one article's page. `lit` are keys: speaker:SLUG, country:CODE, quote:ID."""

    path: str
    lit: tuple[str, ...] = ()
    layers: tuple[str, ...] = LAYERS
    query: str = ""

    def lights(self, quote: Quote) -> bool:
        """Whether the quote is lit, by itself or by its speaker."""
        return f"quote:{quote.id}" in self.lit or f"speaker:{quote.speaker}" in self.lit

    @property
    def href(self) -> str:
        """The whole state as an address."""
        state = [("lit", key) for key in self.lit]
        if self.layers != LAYERS:
            state.append(("layers", ",".join(self.layers) or "none"))
        if self.query:
            state.append(("q", self.query))
        return f"{self.path}?{urlencode(state, safe=':,')}" if state else self.path

    def only(self, key: str) -> str:
        """The address with this lit alone; with nothing lit when it was so already."""
        return replace(self, lit=() if self.lit == (key,) else (key,)).href

    def toggled(self, key: str) -> str:
        """The address with this lit beside the rest, or no longer lit."""
        kept = tuple(other for other in self.lit if other != key)
        return replace(self, lit=kept if key in self.lit else (*kept, key)).href

    def cleared(self) -> str:
        return replace(self, lit=()).href

    def without_query(self) -> str:
        return replace(self, query="").href

    def layer_toggled(self, layer: str) -> str:
        """The address that switches a layer and asks the server to remember the choice."""
        on = set(self.layers) ^ {layer}
        return self._remembered(tuple(name for name in LAYERS if name in on))

    def quiet(self) -> str:
        """The address of the quiet text, all layers off; or of all of them when it is quiet."""
        return self._remembered(() if self.layers else LAYERS)

    def _remembered(self, layers: tuple[str, ...]) -> str:
        href = replace(self, layers=layers).href
        explicit = "" if layers != LAYERS else "layers=all&"
        return f"{href}{'&' if '?' in href else '?'}{explicit}keep=1"


def parse_layers(text: str | None) -> tuple[str, ...] | None:
    """The layers that "quotes,countries", "all" or "none" names; None when it names nothing."""
    if not text:
        return None
    if text == "all":
        return LAYERS
    named = set(text.split(","))
    return (
        tuple(layer for layer in LAYERS if layer in named) if named <= {*LAYERS, "none"} else None
    )


def known_keys(found: Annotations, keys: Sequence[str]) -> tuple[str, ...]:
    """The keys that this article has, each once."""
    have = {f"speaker:{s.id}" for s in found.speakers}
    have |= {f"country:{c.code}" for c in found.countries}
    have |= {f"quote:{q.id}" for q in found.quotes}
    return tuple(key for key in dict.fromkeys(keys) if key in have)[:MOST_LIT]
