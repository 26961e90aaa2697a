"""Fetching from local servers. A name is public when the resolver of a test says so."""

import gzip
import shutil
import socket
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from local_server import HERE, PAGE, PUBLIC, Answer, Handler, Names, Server, page, to

from webapp.importing.addresses import is_public, parse
from webapp.importing.fetch import LONGEST_WAIT, STANDARD, FetchFailed, Policy, fetch
from webapp.importing.robots import robots_allow

QUICK = replace(HERE, seconds=0.6)


def drip(handler: Handler) -> None:
    """A byte now and then, each long before a timeout of one read."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    with suppress(OSError):
        for _ in range(100):
            handler.wfile.write(b"a")
            time.sleep(0.05)


def drip_head(handler: Handler) -> None:
    with suppress(OSError):
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 100:
            handler.wfile.write(bytes([letter]))
            time.sleep(0.05)


def failure(address: str, policy: Policy = STANDARD) -> str:
    """What is said when an address cannot be fetched, which is one line and comes soon."""
    began = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        fetch(address, policy)
    assert time.monotonic() - began < 5  # what drips takes longer than that
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 400
    return said


# The good path.


def test_a_page(server: Server) -> None:
    got = fetch(server.at(), HERE)
    assert (got.data, got.content_type, got.unchanged) == (PAGE, "text/html", False)
    assert got.address == server.at()


def test_who_asks_is_said_and_nothing_else(server: Server, monkeypatch: Any) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.pages["/cookie"] = page(302, Location="/", Set_Cookie="a=b")
    fetch(server.at("/cookie"), HERE)
    sent = server.seen[-1]
    assert sent["User-Agent"].startswith("Dateline/")
    assert sent["User-Agent"].endswith(" news reader")
    assert sent["Host"] == f"127.0.0.1:{server.port}"
    assert not {"Cookie", "Referer", "Authorization"} & sent.keys()


RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(PAGE) + RAW.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        # Without the time: tests that are run by several processes have the same names in all.
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("X-GZip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATE),
        ("identity", PAGE),
    ],
)
def test_packed(server: Server, encoding: str, body: bytes) -> None:
    server.pages["/packed"] = page(200, body, Content_Encoding=encoding)
    assert fetch(server.at("/packed"), HERE).data == PAGE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirected(server: Server, status: int) -> None:
    server.pages["/old"] = to("/new?a=b#part", status)
    server.pages["/new?a=b"] = page(200, PAGE)
    got = fetch(server.at("/old"), HERE)
    assert (got.data, got.address) == (PAGE, server.at("/new?a=b"))


def test_redirected_five_times(server: Server) -> None:
    server.pages |= {f"/{n}": to(f"/{n + 1}") for n in range(5)}
    server.pages["/5"] = page(200, PAGE)
    assert fetch(server.at("/0"), HERE).address == server.at("/5")


def test_redirected_to_a_path_in_utf8(server: Server) -> None:
    server.pages["/old"] = to("/caf\u00c3\u00a9")  # UTF-8 as http.server writes headers
    server.pages["/caf%C3%A9"] = page(200, PAGE)
    assert fetch(server.at("/old"), HERE).data == PAGE


def test_unchanged(server: Server) -> None:
    etag, modified = '"é1"', "Mon, 02 Mar 2026 10:00:00 GMT"
    server.pages["/feed"] = lambda handler: handler.give(
        304 if handler.headers["If-None-Match"] == etag else 200,
        ETag=etag, Last_Modified=modified, Content_Length="",
    )  # fmt: skip
    first = fetch(server.at("/feed"), HERE)
    assert (first.etag, first.modified, first.unchanged) == (etag, modified, False)
    again = fetch(server.at("/feed"), HERE, first.etag, first.modified)
    assert (again.data, again.unchanged) == (b"", True)
    assert server.seen[-1]["If-Modified-Since"] == modified


def test_an_etag_cannot_smuggle_a_header(server: Server) -> None:
    fetch(server.at(), HERE, etag="a\r\nX-Evil: 1", modified="\u2028")
    assert not {"If-None-Match", "If-Modified-Since", "X-Evil"} & server.seen[-1].keys()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" example.org/news\n", "https://example.org/news"),
        ("//example.org", "https://example.org/"),
        ("HTTP://Example.ORG:80?q#part", "http://example.org/?q"),
        ("example.org:8443/a", "https://example.org:8443/a"),
        ("https://bücher.example/größe?ü=ß", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?%C3%BC=%C3%9F"),
        ("https://faß.de", "https://xn--fa-hia.de/"),
        ("https://新聞.example。", "https://xn--efvv70d.example/"),
        ("https://example.org/a b/100%/%e2%82%ac|", "https://example.org/a%20b/100%25/%e2%82%ac%7C"),
        ("https://example.org./", "https://example.org/"),
        ("\ufeffhttps://a_b.example/[1]\u200b", "https://a_b.example/[1]"),
        ("http://[2606:4700:0::1]:443/", "http://[2606:4700::1]:443/"),
        ("https://example.org/?to=https://user@host/", "https://example.org/?to=https://user@host/"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(typed: str, read: str) -> None:
    assert str(parse(typed)) == read
    assert str(parse(read)) == read


# What is not fetched.


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "empty"),
        (" \u200b", "empty"),
        ("https://example.org/" + "a" * 2_000, "longer than 2,000 characters"),
        ("file:///etc/passwd", "must begin with http"),
        ("ftp://example.org/", "must begin with http"),
        ("javascript:alert(1)", "must begin with http"),
        ("mailto:ana@example.org", "must begin with http"),
        ("gopher://127.0.0.1:6379/_x", "must begin with http"),
        ("https://ana:secret@example.org/", "user name or a password"),
        ("https://example.org@127.0.0.1/", "user name or a password"),
        ("ana@example.org", "user name or a password"),
        ("https://example.org\\@127.0.0.1/", "user name or a password"),
        ("https://", "not one of a web page"),
        ("https:example.org", "not one of a web page"),
        ("some words", "not one of a web page"),
        ("https://exa\nmple.org/", "not one of a web page"),
        ("https://example.org/a\x00", "not one of a web page"),
        ("https://example..org/", "not one of a web page"),
        ("https://ex%61mple.org/", "not one of a web page"),
        ("https://" + "a" * 64 + ".org/", "not one of a web page"),
        ("https://[::1", "not one of a web page"),
        ("https://[fe80::1%25eth0]/", "not one of a web page"),
        ("https://[fe80::1%eth0]/", "not one of a web page"),
        ("https://example.org:99999/", "not one of a web page"),
        ("https://example.org/\ud800", "not one of a web page"),
        ("https://example.org:22/", "port 22"),
        ("http://example.org:6379/", "port 6379"),
        ("https://nowhere.example/", "No site nowhere.example was found"),
    ],
)
def test_an_address_that_is_refused(names: Names, address: str, said: str) -> None:
    assert not names
    assert said in failure(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1",
     "017700000001", "１２７.0.0.1", "169.254.169.254", "0xA9FEA9FE", "10.0.0.1", "192.168.1.1",
     "172.16.0.1", "100.64.0.1", "100.100.100.200", "198.18.0.1", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "168.63.129.16", "192.0.0.192", "[::]", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]",
     "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::8.8.8.8]", "[2002:7f00:1::]", "[2002:a00:1::1]",
     "[2001:0:5ef5:79fb::1]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
     "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "localhost"],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_address_in_any_form(
    monkeypatch: pytest.MonkeyPatch, scheme: str, host: str
) -> None:
    """By the system's own resolver; what it does not take at all is not found."""

    def never(*_: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket.socket, "connect", never)
    said = failure(f"{scheme}://{host}/")
    assert "not on the public internet" in said or "was found" in said


@pytest.mark.parametrize(
    "ip", [PUBLIC, "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize(
    "ips", ["127.0.0.1", f"{PUBLIC} 10.0.0.1", f"::1 {PUBLIC}", "fe80::1%lo", "::ffff:10.0.0.1"]
)
def test_a_name_with_a_private_address(names: Names, dialled: list[str], ips: str) -> None:
    names["inside.example"] = [ips]
    assert "inside.example is not on the public internet" in failure("inside.example")
    assert not dialled


def test_a_name_is_asked_once(names: Names, dialled: list[str], server: Server) -> None:
    """DNS rebinding: what it says later is of no account."""
    names["news.example"] = [PUBLIC, "127.0.0.1"]
    assert fetch("http://news.example/").data == PAGE
    assert dialled == [PUBLIC]
    assert server.seen[-1]["Host"] == "news.example"
    assert names["news.example"] == ["127.0.0.1"]


def test_a_redirect_asks_again(names: Names, dialled: list[str], server: Server) -> None:
    names["news.example"] = [PUBLIC, "127.0.0.1"]
    server.pages["/old"] = to("/")
    assert "not on the public internet" in failure("http://news.example/old")
    assert dialled == [PUBLIC]


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is not on the public internet"),
        ("http://inside.example/", "inside.example is not on the public internet"),
        ("//[::1]/", "::1 is not on the public internet"),
        ("file:///etc/passwd", "redirects to what cannot be fetched. The address must begin with"),
        ("http://a:b@news.example/", "cannot be fetched. The address holds a user"),
        ("http://[/", "redirects to what cannot be fetched."),
        ("http://news.example:22/", "port 22"),
        ("", "does not say where"),
        ("http://news.example/loop", "redirects more than 5 times"),
    ],
)  # fmt: skip
def test_a_redirect_that_is_refused(
    names: Names, dialled: list[str], server: Server, location: str, said: str
) -> None:
    names |= {"news.example": [PUBLIC], "inside.example": ["10.0.0.1"], "127.0.0.1": ["127.0.0.1"],
              "::1": ["::1"]}  # fmt: skip
    server.pages["/loop"] = to(location)
    assert said in failure("http://news.example/loop")
    assert set(dialled) == {PUBLIC}


def test_six_redirects_are_too_many(server: Server) -> None:
    server.pages |= {f"/{n}": to(f"/{n + 1}") for n in range(6)}
    assert "redirects more than 5 times" in failure(server.at("/0"), HERE)
    assert len(server.seen) == 6


def test_the_next_address_of_a_name_is_tried(names: Names, server: Server) -> None:
    names["two.example"] = ["127.0.0.2 127.0.0.1"]  # nothing listens at the first
    assert fetch(server.at(host="two.example"), HERE).data == PAGE


# Servers that do harm, by intent or not.

SMALL = replace(HERE, most_bytes=1_000)


def chunked(handler: Handler) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    with suppress(OSError):
        for _ in range(1_000_000):
            handler.wfile.write(b"400\r\n" + b"a" * 1024 + b"\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        page(200, b"a" * 1_001),
        page(200, b"", Content_Length="999999999999"),
        page(200, b"a" * 100_000, Content_Length=""),
        page(200, gzip.compress(b"a" * 1_001), Content_Encoding="gzip"),
        page(200, zlib.compress(b"a" * 1_001), Content_Encoding="deflate"),
        chunked,
    ],
    ids=["length", "length alone", "no length", "gzip", "deflate", "chunked"],
)
def test_too_large(server: Server, answer: Answer) -> None:
    server.pages["/large"] = answer
    assert "larger than 0.001 MB" in failure(server.at("/large"), SMALL)


def test_as_large_as_it_may_be(server: Server) -> None:
    server.pages |= {
        "/plain": page(200, b"a" * 1_000),
        "/gzip": page(200, gzip.compress(b"a" * 1_000), Content_Encoding="gzip"),
    }
    assert len(fetch(server.at("/plain"), SMALL).data) == 1_000
    assert len(fetch(server.at("/gzip"), SMALL).data) == 1_000


def test_a_bomb_does_not_go_off(server: Server) -> None:
    """It is unpacked no further than the limit."""
    server.pages["/bomb"] = page(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    tracemalloc.start()
    try:
        said = failure(server.at("/bomb"), replace(HERE, most_bytes=100_000))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert "larger than 0.1 MB" in said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (drip, "took longer than 0.6 seconds"),
        (drip_head, "took longer than 0.6 seconds"),
        (lambda _: time.sleep(1), "took longer than 0.6 seconds"),
        (page(200, b"short", Content_Length="100"), "damaged or cut off"),
        (page(200, gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "damaged or cut off"),
        (page(200, b"no gzip", Content_Encoding="gzip"), "damaged or cut off"),
        (page(200, b"no deflate", Content_Encoding="deflate"), "damaged or cut off"),
        (page(200, PAGE, Content_Encoding="br"), "was not asked for"),
        (page(200, b"xx\r\n", Transfer_Encoding="chunked"), "damaged or cut off"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"), "damaged or cut off"),
        (lambda handler: handler.wfile.write(b"a" * 70_000), "damaged or cut off"),
        (lambda _: None, "damaged or cut off"),
        (page(404), "127.0.0.1 answers 404 (Not Found). There is no such page"),
        (page(403), "answers 403 (Forbidden). It lets no program"),
        (page(304), "answers 304 (Not Modified)."),
        (page(500), "answers 500 (Internal Server Error). Try again later."),
        (page(799), "answers 799. Try again later."),
    ],
)
def test_a_bad_answer(server: Server, answer: Answer, said: str) -> None:
    server.pages["/bad"] = answer
    assert said in failure(server.at("/bad"), QUICK)


def test_the_status_is_told(server: Server) -> None:
    server.pages["/gone"] = page(410)
    with pytest.raises(FetchFailed) as caught:
        fetch(server.at("/gone"), HERE)
    assert caught.value.status == 410


@pytest.mark.parametrize(
    ("after", "seconds"),
    [("120", 120), ("", 0), ("soon", 0), ("-1", 0), ("²", 0), ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
     ("9" * 400, LONGEST_WAIT), ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT)],
)  # fmt: skip
def test_for_how_long_a_server_wants_to_be_left_alone(
    server: Server, after: str, seconds: float
) -> None:
    server.pages["/busy"] = page(429, Retry_After=after)
    with pytest.raises(FetchFailed) as caught:
        fetch(server.at("/busy"), HERE)
    assert caught.value.wait == seconds


def test_redirects_share_the_time(server: Server) -> None:
    def slowly(handler: Handler) -> None:
        time.sleep(0.4)
        handler.give(302, Location="/slow")

    server.pages["/slow"] = slowly
    assert "took longer" in failure(server.at("/slow"), QUICK)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing(scheme: str) -> None:
    """It takes the connection and does not even speak TLS."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert "took longer than 0.6 seconds" in failure(f"{scheme}://127.0.0.1:{port}/", QUICK)


def test_a_resolver_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait(5) and [])
    assert "took longer than 0.6 seconds" in failure("example.org", QUICK)
    answered.set()


def test_a_closed_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port = opened.getsockname()[1]
    said = failure(f"http://127.0.0.1:{port}/", HERE)
    assert said == "127.0.0.1 cannot be reached: Connection refused. Try again later."


# TLS.


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for news.example that nobody signed, and its key."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not here: it makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example",
         "-out", "cert.pem", "-keyout", "key.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def secure(certificate: tuple[Path, Path], names: Names) -> Iterator[Server]:
    names |= {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    with Server(certificate).running() as running:
        yield running


def test_a_certificate_that_nobody_signed(secure: Server) -> None:
    said = failure(f"https://news.example:{secure.port}/", HERE)
    assert "news.example cannot prove who it is: self" in said
    assert not secure.seen


def test_a_certificate_for_the_name(
    secure: Server, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is what is verified although the connection goes to an IP address."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    assert fetch(f"https://news.example:{secure.port}/", HERE).data == PAGE
    assert "mismatch" in failure(f"https://other.example:{secure.port}/", HERE)


def test_https_where_http_is_spoken(server: Server) -> None:
    address = f"https://127.0.0.1:{server.port}/"
    assert "begin the address with http://" in failure(address, HERE)


def test_http_where_https_is_spoken(secure: Server) -> None:
    failure(f"http://news.example:{secure.port}/", HERE)


# robots.txt

WHO = "Dateline/1.0 news reader"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /private", True),
        (b"User-agent: *\nDisallow: /news", False),
        (b"\xef\xbb\xbfUser-agent: dateline\r\nDisallow: /", False),
        (b"User-agent: other\nDisallow: /", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nAllow: /news", True),
        (b"\xff\xfe\x00<html>no rules</html>", True),
        ("User-agent: *\nCrawl-delay: ²".encode(), False),
    ],
)
def test_robots(rules: bytes, allowed: bool) -> None:
    asked: list[str] = []

    def get(address: str) -> bytes:
        asked.append(address)
        return rules

    assert robots_allow("https://example.org:8443/news/1?a=b", WHO, get) is allowed
    assert asked == ["https://example.org:8443/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (0, False)]
)
def test_robots_that_are_not_given(status: int, allowed: bool) -> None:
    def get(address: str) -> bytes:
        raise FetchFailed(f"{address} is missing.", status)

    assert robots_allow("https://example.org/news", WHO, get) is allowed


# Any text.

PARTS = st.sampled_from(
    ["http", "https", ":", "//", "/", "@", "[", "]", "::1", "%", "%25", "?", "#", ".", "..", "\\",
     "127.0.0.1", "0x7f", "example.org", ":80", ":443", "xn--", "xn--a", "ß", "。", "\u200d",
     "\x00", "\n", " ", "\ud800", "½", "℀", "a" * 64]
)  # fmt: skip


@given((st.lists(PARTS | st.text(max_size=3), max_size=9).map("".join)) | st.text())
def test_any_text_is_refused_in_a_sentence(text: str) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        failure(text)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_robots_and_any_path(rules: bytes, path: str) -> None:
    with suppress(FetchFailed):  # for a path of control characters
        robots_allow(f"https://example.org/{path}", WHO, lambda _: b"User-agent: *\n" + rules)


def test_sockets_are_closed_when_the_server_breaks_off() -> None:
    """A warning of one that is not is an error here."""
    with socket.create_server(("127.0.0.1", 0)) as breaking:

        def break_off() -> None:
            with closing(breaking.accept()[0]) as sock:
                sock.recv(1)

        thread = threading.Thread(target=break_off)
        thread.start()
        failure(f"http://127.0.0.1:{breaking.getsockname()[1]}/", HERE)
        thread.join()
