"""Fetching as a program that calls again and again should: slowly, and where it is welcome."""

import time
from collections.abc import Callable

from webapp.importing.addresses import Address, FetchFailed, parse
from webapp.importing.fetch import STANDARD, Fetched, Policy, fetch
from webapp.importing.robots import robots_allow, robots_of

DELAY = 1.0
"""In seconds, between the end of a request to a host and the next one to it."""


class Unwelcome(FetchFailed):
    """The site's robots.txt asks programs not to read the address."""


class Visitor:
    """Whoever asks several hosts several times; for one thread. It remembers their robots.txt."""

    def __init__(
        self,
        policy: Policy = STANDARD,
        delay: float = DELAY,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._policy = policy
        self._delay = delay
        self._sleep = sleep
        self._left: dict[str, float] = {}
        self._rules: dict[str, bytes | FetchFailed] = {}

    def get(self, address: str, etag: str = "", modified: str = "") -> Fetched:
        """`fetch`, after waiting until the host has had its rest. Raises FetchFailed."""
        host = parse(address).host
        rest = self._left.get(host, 0) + self._delay - time.monotonic()
        if host in self._left and rest > 0:
            self._sleep(rest)
        try:
            return fetch(address, self._policy, etag, modified)
        finally:
            self._left[host] = time.monotonic()

    def read(self, address: str, etag: str = "", modified: str = "") -> Fetched:
        """`get`, if robots.txt lets programs do so. Raises FetchFailed, Unwelcome when not."""
        if not robots_allow(address, self._policy.user_agent, self._robots):
            raise self._refusal(parse(address))
        return self.get(address, etag, modified)

    def _robots(self, address: str) -> bytes:
        if address not in self._rules:
            try:
                self._rules[address] = self.get(address).data
            except FetchFailed as error:
                self._rules[address] = error
        found = self._rules[address]
        if isinstance(found, FetchFailed):
            raise found
        return found

    def _refusal(self, page: Address) -> FetchFailed:
        rules = self._rules[robots_of(page)]
        if isinstance(rules, FetchFailed):
            return FetchFailed(
                f"The robots.txt of {page.host} cannot be read: {rules}", rules.status
            )
        return Unwelcome(
            f"{page.host} asks programs not to read it (robots.txt). "
            "Open it in a browser, save it and give the file."
        )
