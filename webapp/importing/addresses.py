"""A web address as somebody typed it -> where to connect, which must be on the public internet.

Whoever can paste an address can make this machine send a request. That request must not reach
what only this machine can reach: its own ports, its network, its cloud's metadata. So a name is
resolved once, all that it resolves to is checked, and `fetch` connects to just that (a name that
is resolved again may say something else by then: DNS rebinding).
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

import idna

from webapp.errors import BadInput

LONGEST = 2_000
"""In characters, of an address."""

IP = IPv4Address | IPv6Address


class FetchFailed(BadInput):
    """An address that cannot be fetched. `status` is the server's answer, 0 when it gave none;
    `wait` for how many seconds it wants no further request, 0 when it does not say."""

    def __init__(self, message: str, status: int = 0, wait: float = 0) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its parts, all ASCII.

    host: a name in lower case or an IP address, without brackets.
    path: with the query, as it stands in a request; the fragment is left out.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Host and port, as in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.site}{self.path}"


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BARE = re.compile(
    r"(?=www\.|[^/]+/)([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}(:\d+)?([/?#]\S*)?", re.IGNORECASE
)


def is_address(text: str) -> bool:
    """Whether this is meant as an address rather than as the name of a file or as a text.

    It has a scheme, of whatever kind: `parse` says which are read. Or it is a host without one,
    like www.example.org or example.org/news; a lone example.org may as well be a file.
    """
    text = text.strip()
    return bool(_SCHEME.match(text) or _BARE.fullmatch(text))


def parse(text: str) -> Address:
    """The address that was typed; https is put before one without a scheme.

    Raises FetchFailed with the reason, also when it carries a user name.
    """
    # Invisible marks come along when an address is copied out of a page.
    text = text.strip().strip("\ufeff\u200b\u2060").strip()
    if not text:
        raise FetchFailed("The address is empty. Give one like https://example.org/news.")
    if len(text) > LONGEST:
        raise FetchFailed(f"The address is longer than {LONGEST:,} characters. Check it.")
    try:
        return _parts(with_scheme(text))
    except ValueError as error:  # urllib's, idna's and our own
        raise FetchFailed(
            "The address is not one of a web page. Give one like https://example.org/news."
        ) from error


_PORTS = {"http": 80, "https": 443}
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)  # mailto:, not localhost:80
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_LONE_PERCENT = re.compile(r"%(?![0-9a-f]{2})", re.IGNORECASE)


def with_scheme(text: str) -> str:
    """An address as it is meant: https is put before one without a scheme."""
    if _SCHEME.match(text) or _OTHER_SCHEME.match(text):
        return text
    return f"https://{text.removeprefix('//')}"


def _parts(text: str) -> Address:
    if _CONTROL.search(text):  # urlsplit would drop line ends without a word
        raise ValueError("control character")
    parts = urlsplit(text)
    if parts.scheme not in _PORTS:
        raise FetchFailed("The address must begin with http:// or https://. Others are not read.")
    if "@" in parts.netloc:
        raise FetchFailed(
            "The address holds a user name or a password, which are not sent. Take them out."
        )
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    return Address(parts.scheme, _host(parts.hostname or ""), port, _path(parts))


def _host(name: str) -> str:
    if ":" in name and "%" not in name:  # a zone ("%eth0") names a link of this machine
        return str(IPv6Address(name))
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode("ascii")
    name = name.removesuffix(".")
    if len(name) > 253 or not _HOST.fullmatch(name):
        raise ValueError("no host name")
    return name


def _path(parts: SplitResult) -> str:
    return _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")


def _quoted(text: str) -> str:
    """In ASCII. What is quoted already stays as it is."""
    return quote(_LONE_PERCENT.sub("%25", text), safe="%/:=&?~+!$,;'@()*[]")


@dataclass(frozen=True, slots=True)
class Clock:
    """When all must be done, by `monotonic`."""

    end: float

    @classmethod
    def of(cls, seconds: float) -> "Clock":
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """In seconds, more than 0. Raises TimeoutError when there are none."""
        if (left := self.end - monotonic()) <= 0:
            raise TimeoutError
        return left


def connected(address: Address, allow_private: bool, clock: Clock) -> socket.socket:
    """A connection to the first IP address of a host that answers; each gets its share of time.

    Raises FetchFailed before anything is sent when one of them is not public, else OSError.
    """
    ips = _resolved(address, allow_private, clock)
    failure = OSError()
    for index, ip in enumerate(ips):
        sock = socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET)
        try:
            sock.settimeout(clock.left() / (len(ips) - index))
            sock.connect((str(ip), address.port))
            return sock
        except OSError as error:
            sock.close()
            failure = error
    raise failure


def _resolved(address: Address, allow_private: bool, clock: Clock) -> list[IP]:
    """The IP addresses of a host, at least one.

    One private address among public ones is refused too: which one is tried first is chance.
    """
    try:
        found = _looked_up(address.host, address.port, clock.left())
        ips = list(dict.fromkeys(ip_address(place[4][0]) for place in found))
    except TimeoutError:
        raise
    except (OSError, ValueError):
        ips = []
    if not ips:
        raise FetchFailed(f"No site {address.host} was found. Check the address.")
    if not (allow_private or all(map(is_public, ips))):
        raise FetchFailed(
            f"{address.host} is not on the public internet, and nothing else is fetched. "
            "Save the page with a browser and give the file."
        )
    return ips


def _looked_up(host: str, port: int, seconds: float) -> list[Any]:
    """What getaddrinfo says. It takes no time limit, so it is left to a thread."""
    answer: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:  # whatever it is, it is raised below
            answer.put(error)

    Thread(target=ask, name=f"look up {host}", daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")  # how a network without IPv4 reaches it
_NOT_PUBLIC = [
    ip_network(text)
    for text in (
        # What is_global of some Python 3.11 to 3.13 says is public (IANA's registries say not).
        "192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20",
        # Tunnels to an IPv4 address inside: 6to4. Teredo is in 2001::/23. Both are history.
        "2002::/16",
        # A public address at which Azure answers its own machines.
        "168.63.129.16/32",
    )
]  # fmt: skip


def is_public(ip: IP) -> bool:
    """Whether this is one machine on the internet, by IANA's registries of special addresses."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return is_public(ip.ipv4_mapped)
        if ip in _NAT64:
            return is_public(IPv4Address(int(ip) & 0xFFFF_FFFF))
        if ip not in _GLOBAL_UNICAST:
            return False
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified
    return ip.is_global and not special and not any(ip in network for network in _NOT_PUBLIC)
