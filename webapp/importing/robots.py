"""Whether a site's robots.txt lets a program read a page, and how slowly.

By urllib.robotparser, which takes the first rule that fits and knows no `*` in paths; RFC 9309
takes the longest and knows it.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.robotparser import RobotFileParser

from webapp.importing.addresses import Address, FetchFailed, parse


def robots_allow(address: str, user_agent: str, get: Callable[[str], bytes]) -> bool:
    """Whether the page at this address may be read by `user_agent` ("Dateline/1.0 ...").

    get: the bytes at an address; it is asked for robots.txt and raises FetchFailed. As in RFC
    9309, a site that answers 400 to 499 has no rules, and one that does not answer allows nothing.
    Raises FetchFailed when `address` is none.
    """
    page = parse(address)
    try:
        rules = _rules(get(robots_of(page)))
        return rules.can_fetch(user_agent, str(page))
    except FetchFailed as error:
        return 400 <= error.status < 500
    except ValueError:
        return False


def crawl_delay(robots: bytes, user_agent: str) -> float:
    """Seconds that a robots.txt wants between two requests, 0 when it does not say."""
    try:
        return float(_rules(robots).crawl_delay(user_agent) or 0)
    except ValueError:
        return 0


def _rules(robots: bytes) -> RobotFileParser:
    """Raises ValueError: it trips over some broken lines, such as "Crawl-delay: ²"."""
    rules = RobotFileParser()
    rules.parse(robots.decode("utf-8-sig", "replace").splitlines())
    return rules


def robots_of(page: Address) -> str:
    """Where the rules of a page's site are."""
    return str(replace(page, path="/robots.txt"))
