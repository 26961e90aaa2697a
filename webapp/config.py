"""Settings: defaults, then the environment (DATELINE_*), then options of the command line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from webapp.errors import BadInput

PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """`templates` or `static`: inside the package in a wheel, beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def default_home() -> Path:
    """The checkout's `index/`, or `./index` when Dateline is installed from a wheel."""
    checkout = PACKAGE.parent
    in_checkout = (checkout / "pyproject.toml").is_file() and (checkout / "index").is_dir()
    return (checkout if in_checkout else Path.cwd()) / "index"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; each field is read from `DATELINE_<NAME>` too.

    home: the folder of the collection (database and index), made when missing.
    host, port: where `dateline serve` listens.
    allowed_hosts: further host names that a browser may use for this reader, comma-separated.
    max_request_bytes: the largest request body that is read.
    max_upload_bytes: the same for articles that are added on the page.
    fetch: whether the page may fetch addresses: "yes", "no", or "auto": only when this computer
    alone can reach the reader, so that it answers to no further host names either.
    model: an installed English pipeline of spaCy's that annotates in place of ours.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: str = ""
    max_request_bytes: int = 1_000_000
    max_upload_bytes: int = 200_000_000
    fetch: str = "auto"
    model: str = ""

    @property
    def trusted_hosts(self) -> list[str]:
        """The names that the Host header may carry, against DNS rebinding."""
        named = [host.strip() for host in self.allowed_hosts.split(",")]
        return [host for host in ["localhost", "127.0.0.1", "[::1]", self.host, *named] if host]

    @property
    def may_fetch(self) -> bool:
        """Whether the page may fetch addresses."""
        # Behind a proxy it listens to this computer alone too; then it has another name.
        alone = self.host in _LOOPBACK and not self.allowed_hosts.strip()
        return self.fetch == "yes" or (self.fetch == "auto" and alone)


_LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")


def load_settings(
    environ: Mapping[str, str] = os.environ, **options: Path | str | int | None
) -> Settings:
    """Settings from the environment, overridden by the options that are not None."""
    given: dict[str, Path | str | int] = {"home": default_home()}
    for field in fields(Settings):
        if text := environ.get(f"DATELINE_{field.name.upper()}"):
            given[field.name] = _value(field.name, text)
    given |= {name: value for name, value in options.items() if value is not None}
    return Settings(**given)  # type: ignore[arg-type]  # each checked by _value or Click


def _value(name: str, text: str) -> Path | str | int:
    if name == "home":
        return Path(text)
    if name == "fetch" and text not in ("auto", "yes", "no"):
        raise BadInput(f"DATELINE_FETCH must be auto, yes or no, not {text!r}.")
    if name in ("port", "max_request_bytes", "max_upload_bytes"):
        if not text.isdecimal():
            raise BadInput(f"DATELINE_{name.upper()} must be a whole number, not {text!r}.")
        return int(text)
    return text
