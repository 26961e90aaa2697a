"""The door: which format, how large, what is said when it cannot be read."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.errors import UnreadableFile
from webapp.importing import (
    ENDINGS,
    LARGEST_FILE,
    Format,
    find_files,
    read_articles,
    read_file,
    read_path,
)
from webapp.importing.addresses import is_address
from webapp.importing.formats import format_of
from webapp.model import Article

TEXT = "Los ríos\n\n“Añil”, dijo — café."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    assert read_file(tmp_path / "a.txt").text == TEXT


def test_another_encoding_is_detected(tmp_path: Path) -> None:
    text = "Les rivières\n\n" + "Le fleuve déborde près de la forêt, où l'été fut très sec. " * 20
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    assert "près de la forêt, où l'été" in read_file(tmp_path / "a.txt").text


@pytest.mark.parametrize(
    "text",
    [
        "Malta says “no”\n\nMalta’s prime minister said “no” on Monday.",
        "Zoë’s clocks\n\nZoë Frei, a café owner, won €500 in Zürich.",
        "Zoë in Zürich\n\nZoë Frei sold 500 clocks in Zürich for €500 each – or less…",
        "Überall Regen\n\n„Es regnet“, sagte Jörg Groß am Montag in Köln.",
        "L’été à Évian\n\n«Il fait chaud», dit-il, et l’eau coûte 3 £ le m³.",
    ],
)
def test_a_short_western_text_is_read_as_windows_writes_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    assert read_file(tmp_path / "a.txt").text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Мост закрыт\n\nМост через реку закрыли на два дня из-за паводка, сказал мэр."),
        ("cp1250", "Most zamknięty\n\nMinister spraw wewnętrznych powiedział w środę, że most "
                   "będzie zamknięty przez trzy dni, bo woda wciąż płynie za szybko i za wysoko."),
        ("shift_jis", "橋が閉鎖\n\n橋は月曜日、川の水が高いため二日間閉鎖されたと市長が語った。"),
        ("mac_roman", "The Bridge\n\n“It’s closed,” said the mayor. “It’s the river’s turn,” "
                      "she said, and the engineer’s answer was that he’d known it for a week."),
    ],
)  # fmt: skip
def test_other_encodings_are_still_detected(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read_file(tmp_path / "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
def test_utf_16_without_its_mark(tmp_path: Path, encoding: str, name: str) -> None:
    text = {
        "a.txt": "Crane Falls\n\n“It’s old” – she said.",
        "a.csv": "title,text\nCrane Falls,“It’s old” – she said.",
        "a.html": f"<html><h1>Crane Falls</h1><p>“It’s old” – she said.</p><p>{'It. ' * 99}</p>",
    }
    (tmp_path / name).write_bytes(text[name].encode(encoding))
    found = read_file(tmp_path / name).text
    assert found.startswith("Crane Falls\n\n“It’s old” – she said.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Title\0\n\nText", "NUL"),
        (b"a\0b", "NUL"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 256)) * 8, "no text"),
        (b"", "holds no text"),
        (b" \n\n--\n", "holds no text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason):
        read_file(tmp_path / "a.txt")


def test_an_unknown_ending_and_a_missing_file_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(b"A harbour is a place for ships.")
    with pytest.raises(UnreadableFile, match=r"'\.dat' is not known\. Known are \.txt"):
        read_file(tmp_path / "a.dat")
    with pytest.raises(UnreadableFile, match="No such file"):
        read_file(tmp_path / "a.txt")
    with pytest.raises(UnreadableFile, match="Is a directory"):
        list(read_path(tmp_path))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://wire.example/news", True),
        ("HTTP://wire.example", True),
        ("ftp://wire.example/news", True),
        ("file:///etc/hosts", True),
        ("www.wire.example", True),
        ("www.wire.example/news/1?page=2#top", True),
        ("wire.example/news", True),
        ("wire.example:8080/news", True),
        ("žurnal.example/vijesti", True),
        ("wire.example", False),
        ("report.txt", False),
        ("articles/report.txt", False),
        ("./wire.example/news", False),
        ("/home/ana/wire.example/news", False),
        ("C:\\news\\report.txt", False),
        ("2026.03/report.txt", False),
        ("and/or", False),
        ("U.S./China", False),
        ("www.wire.example is down", False),
        ("-", False),
        ("", False),
    ],
)
def test_what_is_meant_as_an_address(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_folders_give_the_files_of_all_formats_in_order(tmp_path: Path) -> None:
    names = ("b.txt", "a/x.TXT", ".hidden/c.txt", "picture.png", "c.pdf", "d.JSONL", "e.zip")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path, tmp_path / "missing.txt"])
    given = [path.relative_to(tmp_path).as_posix() for path in found]
    assert given == ["a/x.TXT", "b.txt", "c.pdf", "d.JSONL", "e.zip", "missing.txt"]


def test_a_real_article_as_users_have_it(shared: Path) -> None:
    article = read_file(shared / "samples" / "baghdad-reassured.txt")
    assert article.title == "Baghdad Reassured of Anti-Terror Support"
    assert article.text.count("Reassured") == 1
    assert article.text.count("\n\n") == 12


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.txt", Format.PDF),
        (b"<!DOCTYPE html><title>x", "a.txt", Format.HTML),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><html>', "a.xml", Format.HTML),
        (b'<?xml version="1.0"?><!-- <html> of old --><rss version="2.0">', "a.rss", Format.HTML),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.html", Format.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", Format.FEED),
        (b'{"title": "x"}', "a.txt", Format.JSON),
        (b'[\n {"title": "x"}]', "a.txt", Format.JSON),
        (b"[Note] The harbour is closed", "a.txt", Format.TEXT),
        (b"{sic} The harbour is closed", "a.txt", Format.TEXT),
        (b"Received: by a\r\nFrom: b\r\nSubject: c\r\n\r\nHello", "a.txt", Format.MAIL),
        (b"From: Ana Kos\nTo: all of you\nSubject: ships\n\nHello", "a.txt", Format.TEXT),
        (b"title,text\na,b", "a.txt", Format.TABLE),
        (b"Date\tHeadline\tBody\n1\tb\tc", "a", Format.TABLE),
        (b"Text, more text\nand lines", "a.txt", Format.TEXT),
        (b"A harbour", "a.csv", Format.TABLE),
        ("Ein Hafen".encode("utf-16"), "A.HTM", Format.HTML),
        (b"A harbour", "", Format.TEXT),
    ],
)
def test_the_content_counts_before_the_name(data: bytes, name: str, kind: Format) -> None:
    assert format_of(data, name) is kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0rest", r"old kind. Save it as \.docx"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04 cut off", "damaged or cut off"),
    ],
)
def test_formats_that_cannot_be_read_are_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        list(read_articles(data, "a.txt"))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnreadableFile, match="larger than 100 MB"):
        read_file(tmp_path / "a.txt")
    with pytest.raises(UnreadableFile, match="larger than 100 MB"):
        list(read_articles(bytes(LARGEST_FILE + 1), "a.txt"))


def test_serving_loads_no_reader_of_a_format() -> None:
    heavy = "trafilatura", "feedparser", "lxml", "docx", "pypdf", "ftfy", "py3langid"
    code = (
        "import sys, webapp, webapp.cli, webapp.importing, webapp.importing.language\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("module", "name"), [("docx", "a.docx"), ("pypdf", "a.pdf")])
def test_a_missing_extra_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UnreadableFile, match=rf"pip install 'dateline\[{name[2:]}\]'"):
        list(read_articles(b"no such file", name))


BEGINNINGS = [
    b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body><p>", b"<rss><channel><item><title>",
    b'{"text": "', b'[{"text": "a b c"},', b"title,text\n", b"\xff\xfe", b"\xef\xbb\xbf",
    b"From: a@b\nMessage-ID: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n",
    b"<?xml version='1.0'?><feed><entry><summary>",
]  # fmt: skip


@settings(max_examples=150)
@given(
    st.sampled_from(BEGINNINGS),
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(sorted(ENDINGS)).map("a".__add__) | st.text(max_size=6),
)
def test_no_bytes_raise_anything_else(beginning: bytes, rest: bytes, name: str) -> None:
    began = time.process_time()
    try:
        found = list(read_articles(beginning + rest, name))
    except UnreadableFile as error:
        sentence = str(error)
    else:
        sentence = ""
        assert any(isinstance(one, Article) for one in found)
    assert "\n" not in sentence
    assert time.process_time() - began < 10
