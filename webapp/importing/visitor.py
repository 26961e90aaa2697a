"""Fetching as a program that calls again and again should: slowly, and where it is welcome."""

import time
from collections.abc import Callable
from http import HTTPStatus

from webapp.importing.addresses import Address, FetchFailed, parse
from webapp.importing.fetch import STANDARD, Fetched, Policy, fetch
from webapp.importing.robots import crawl_delay, robots_allow, robots_of

DELAY = 1.0
"""In seconds, between the end of a request to a host and the next one to it."""

LONGEST_DELAY = 30.0
"""The same where a robots.txt asks for more, which a feed of many entries would take hours for."""


class Unwelcome(FetchFailed):
    """The site's robots.txt asks programs not to read the address."""


class Visitor:
    """Whoever asks several hosts several times; for one thread. It remembers their robots.txt, and
    asks no host that wanted to be left alone before that time is over."""

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
        self._delays: dict[str, float] = {}
        self._closed_until: dict[str, float] = {}
        self._rules: dict[str, bytes | FetchFailed] = {}

    def get(self, address: str, etag: str = "", modified: str = "") -> Fetched:
        """`fetch`, after waiting until the host has had its rest. Raises FetchFailed."""
        host = parse(address).host
        if wait := self.wait(address):
            raise FetchFailed(
                f"{host} wants to be asked nothing now. Try again later.",
                HTTPStatus.TOO_MANY_REQUESTS,
                wait,
            )
        rest = self._left.get(host, 0) + self._delays.get(host, self._delay) - time.monotonic()
        if host in self._left and rest > 0:
            self._sleep(rest)
        try:
            return fetch(address, self._policy, etag, modified)
        except FetchFailed as error:
            self._closed_until[host] = time.monotonic() + error.wait
            raise
        finally:
            self._left[host] = time.monotonic()

    def wait(self, address: str) -> float:
        """For how many seconds the host of an address still wants to be left alone."""
        return max(0, self._closed_until.get(parse(address).host, 0) - time.monotonic())

    def read(self, address: str, etag: str = "", modified: str = "") -> Fetched:
        """`get`, if robots.txt lets programs do so. Raises FetchFailed, Unwelcome when not."""
        if not robots_allow(address, self._policy.user_agent, self._robots):
            raise self._refusal(parse(address))
        return self.get(address, etag, modified)

    def _robots(self, address: str) -> bytes:
        if address not in self._rules:
            try:
                self._rules[address] = rules = self.get(address).data
                asked = min(crawl_delay(rules, self._policy.user_agent), LONGEST_DELAY)
                host = parse(address).host
                self._delays[host] = max(asked, self._delays.get(host, self._delay))
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
