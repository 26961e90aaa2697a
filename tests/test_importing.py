from pathlib import Path

import pytest

from webapp.errors import UnreadableFile
from webapp.importing import find_files, read_file

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
    ("data", "reason"),
    [
        (b"Title\0\n\nText", "NUL"),
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
    with pytest.raises(UnreadableFile, match=r"'\.pdf' is not known"):
        read_file(tmp_path / "a.pdf")
    with pytest.raises(UnreadableFile, match="No such file"):
        read_file(tmp_path / "a.txt")


def test_folders_give_their_text_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/x.TXT", ".hidden/c.txt", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path, tmp_path / "missing.txt"])
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["a/x.TXT", "b.txt", "missing.txt"]


def test_a_real_article_as_users_have_it(shared: Path) -> None:
    article = read_file(shared / "samples" / "baghdad-reassured.txt")
    assert article.title == "Baghdad Reassured of Anti-Terror Support"
    assert article.text.count("Reassured") == 1
    assert article.text.count("\n\n") == 12
