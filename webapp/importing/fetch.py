"""The bytes at a web address that somebody pasted; `addresses` says what may be asked.

On http.client and not on a library with pools: the connection must go to the IP address that was
checked, under the site's name, and must end at one time whatever the server does. All of that is
the socket's, and http.client takes any.
"""

import datetime as dt
import io
import re
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import certifi

from webapp.importing.addresses import Address, Clock, FetchFailed, connected, parse

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["FetchFailed", "Fetched", "Policy", "fetch"]


def _own_name() -> str:
    return f"Dateline/{version('dateline')} news reader"


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched.

    allow_private: also from this machine and its network. Only when whoever gives the address
        may see all that this machine can.
    most_bytes: of the body, unpacked.
    seconds: for all of it, from looking the name up to the last byte, redirects included.
    allowed_ports: None allows all.
    """

    allow_private: bool = False
    most_bytes: int = 20_000_000
    seconds: float = 20
    redirects: int = 5
    user_agent: str = field(default_factory=_own_name)
    allowed_ports: tuple[int, ...] | None = (80, 443)


STANDARD = Policy()

LONGEST_WAIT = 24 * 3600
"""Seconds; a server that wants to be left alone for longer is asked again after these."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave.

    address: where it was in the end, after redirects.
    content_type: the header as it came, perhaps empty; decoding is left to the readers.
    etag, modified: to be given to `fetch` the next time.
    unchanged: it is as it was when `etag` and `modified` were given; `data` is empty.
    """

    data: bytes
    address: str
    content_type: str
    etag: str
    modified: str
    unchanged: bool

    @property
    def name(self) -> str:
        """A name for the data, which tells the readers its format when it does not do so itself."""
        kind = self.content_type.partition(";")[0].strip().lower()
        return f"page{_ENDINGS.get(kind, '')}"


_ENDINGS = {"text/html": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


def fetch(address: str, policy: Policy = STANDARD, etag: str = "", modified: str = "") -> Fetched:
    """What is at a web address. `etag` and `modified` are those of the last time, if any.

    Raises FetchFailed with a sentence for whoever gave the address.
    """
    clock = Clock.of(policy.seconds)
    known = {"If-None-Match": _token(etag), "If-Modified-Since": _token(modified)}
    asked = {name: value for name, value in known.items() if value}
    here = first = parse(address)
    for _ in range(policy.redirects + 1):
        got = _step(here, policy, clock, asked)
        if isinstance(got, Fetched):
            return got
        here = got
    raise FetchFailed(f"{first.host} redirects more than {policy.redirects} times. {_BY_HAND}")


def _step(
    address: Address, policy: Policy, clock: Clock, asked: dict[str, str]
) -> Fetched | Address:
    """One request; an Address when the server redirects to it."""
    if policy.allowed_ports is not None and address.port not in policy.allowed_ports:
        raise FetchFailed(f"Nothing is fetched from port {address.port}. Check the address.")
    with (
        _told(address, policy.seconds),
        closing(connected(address, policy.allow_private, clock)) as plain,
        closing(_secured(plain, address, clock)) as sock,
        closing(_answer(_Wire(sock, clock), address, policy.user_agent, asked)) as response,
    ):
        return _taken(response, address, policy.most_bytes, asked)


@contextmanager
def _told(address: Address, seconds: float) -> Iterator[None]:
    """What the system, TLS, HTTP and zlib raise becomes a sentence."""
    host = address.host
    try:
        yield
    except TimeoutError as error:
        raise FetchFailed(f"{host} took longer than {seconds:g} seconds. {_LATER}") from error
    except ssl.SSLCertVerificationError as error:
        raise FetchFailed(
            f"{host} cannot prove who it is: {error.verify_message or 'bad certificate'}. "
            "Nothing was read from it."
        ) from error
    except ssl.SSLError as error:
        raise FetchFailed(
            f"No secure connection to {host} could be made. "
            "If the site has none, begin the address with http://."
        ) from error
    except (HTTPException, zlib.error, EOFError, ValueError) as error:
        raise FetchFailed(f"What {host} sent is damaged or cut off. {_LATER}") from error
    except OSError as error:
        reason = error.strerror or "the connection broke"
        raise FetchFailed(f"{host} cannot be reached: {reason}. {_LATER}") from error


def _secured(sock: socket.socket, address: Address, clock: Clock) -> socket.socket:
    """With TLS when the address asks for it; the certificate must be for the address's host."""
    if address.scheme != "https":
        return sock
    # OpenSSL alone: the systems' own checkers ask whatever address a certificate names for its
    # issuer. The system's roots and Mozilla's: macOS and Windows may give Python none or few.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    sock.settimeout(clock.left())  # of the handshake as a whole
    return context.wrap_socket(sock, server_hostname=address.host)


class _Timed(io.RawIOBase):
    """What a socket receives. A timeout of the socket's own begins anew with each byte."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock, self._clock = sock, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(self._clock.left())
        return self._sock.recv_into(buffer)


class _Wire:
    """What http.client uses of a socket, in time."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock, self._clock = sock, clock

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._sock, self._clock))

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._clock.left())
        self._sock.sendall(data)

    def close(self) -> None:
        """http.client closes as soon as the head is read; `_step` closes when all is."""


_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, */*;q=0.8"
)


def _answer(wire: _Wire, address: Address, user_agent: str, asked: dict[str, str]) -> HTTPResponse:
    """The head of what the server answers."""
    connection = HTTPConnection(address.host, address.port)
    connection.auto_open = 0  # it must never connect by itself: that would look the name up again
    connection.sock = wire
    headers = {
        "Host": address.site, "User-Agent": user_agent, "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate", "Connection": "close", **asked,
    }  # fmt: skip
    connection.request("GET", address.path, headers=headers)
    return connection.getresponse()


_BY_HAND = "Open the page in a browser, save it and give the file."
_LATER = "Try again later."
_REDIRECTS = (301, 302, 303, 307, 308)


def _taken(
    response: HTTPResponse, address: Address, most: int, asked: dict[str, str]
) -> Fetched | Address:
    status = response.status
    if status in _REDIRECTS:
        return _redirected(address, response.headers.get("Location", ""))
    unchanged = status == 304 and bool(asked)
    if not unchanged and not 200 <= status < 300:
        wait = _wait(response.headers.get("Retry-After", ""))
        raise FetchFailed(_refusal(address.host, status), status, wait)
    return Fetched(
        data=b"" if unchanged else _body(response, most),
        address=str(address),
        content_type=response.headers.get("Content-Type", ""),
        etag=_token(response.headers.get("ETag", "")),
        modified=_token(response.headers.get("Last-Modified", "")),
        unchanged=unchanged,
    )


def _redirected(here: Address, location: str) -> Address:
    if not location:
        raise FetchFailed(f"{here.host} redirects, but does not say where. {_LATER}")
    # http.client reads headers as Latin-1; those that send more than ASCII send UTF-8.
    location = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return parse(urljoin(str(here), location))
    except (FetchFailed, ValueError) as error:
        reason = str(error) if isinstance(error, FetchFailed) else "It is no web address."
        raise FetchFailed(f"{here.host} redirects to what cannot be fetched. {reason}") from error


_PIECE = 65_536


def _body(response: HTTPResponse, most: int) -> bytes:
    """The body, unpacked. Raises FetchFailed as soon as it is known to be too large."""
    too_large = FetchFailed(f"The page is larger than {most / 1_000_000:g} MB. It was not read.")
    if (response.length or 0) > most:
        raise too_large
    packed = bytearray()
    while piece := response.read(_PIECE):
        packed += piece
        if len(packed) > most:
            raise too_large
    if response.length:  # http.client says nothing when the connection ends before the body
        raise EOFError
    body = _unpacked(bytes(packed), response.headers.get("Content-Encoding", ""), most + 1)
    if len(body) > most:
        raise too_large
    return body


def _unpacked(data: bytes, encoding: str, most: int) -> bytes:
    """No more than the first `most` bytes of it, so that a bomb does not go off."""
    encoding = encoding.strip().lower()
    if not data or encoding in ("", "identity"):
        return data
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed("The page is packed in a way that was not asked for. Save it by hand.")
    try:
        return _inflated(data, zlib.MAX_WBITS | 32, most)  # with gzip's head or zlib's
    except zlib.error:
        if encoding != "deflate":
            raise
        return _inflated(data, -zlib.MAX_WBITS, most)  # without: some servers' reading of "deflate"


def _inflated(data: bytes, window: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    made = unpacker.decompress(data, most)
    if len(made) < most and not unpacker.eof:
        raise EOFError
    return made


_ADVICE = {
    401: f"It wants a login. {_BY_HAND}",
    402: f"It wants to be paid. {_BY_HAND}",
    403: f"It lets no program read it. {_BY_HAND}",
    404: "There is no such page. Check the address.",
    410: "The page was taken down.",
    429: f"It was asked too often. {_LATER}",
    451: f"It may not be shown here. {_BY_HAND}",
}


def _refusal(host: str, status: int) -> str:
    # Not the server's own words: they may say anything.
    phrase = f" ({HTTPStatus(status).phrase})" if status in list(HTTPStatus) else ""
    advice = _ADVICE.get(status, _LATER if status >= 500 else "Check the address.")
    return f"{host} answers {status}{phrase}. {advice}"


def _wait(asked: str) -> float:
    """A Retry-After, which is seconds or a date, in seconds; 0 when it is neither."""
    if asked.isdecimal():
        seconds = float(asked)
    else:
        try:
            at = parsedate_to_datetime(asked)
        except (ValueError, OverflowError):
            return 0
        seconds = (at.replace(tzinfo=at.tzinfo or dt.UTC) - dt.datetime.now(dt.UTC)).total_seconds()
    return min(max(seconds, 0), LONGEST_WAIT)


_TOKEN = re.compile(r"[\x20-\x7e\x80-\xff]{1,500}")


def _token(text: str) -> str:
    """An ETag or a date that can be sent in a header; empty when it cannot."""
    return text if _TOKEN.fullmatch(text) else ""
