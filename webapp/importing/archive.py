"""A zip file of articles -> what its members hold. Nothing is ever written to a disk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from webapp.backup import Kept
from webapp.errors import UnreadableFile
from webapp.model import Article

Found = Iterator[Article | Kept | UnreadableFile]
Read = Callable[[bytes, str], Found]
"""What reads a file by its bytes and its name."""

MOST_MEMBERS = 10_000
MOST_UNPACKED = 200_000_000
"""In bytes, of all members of the archive and of those inside it."""

MOST_RATIO = 200
"""Unpacked to packed; texts have less than 20."""

_FREE_OF_RATIO = 1_000_000  # bytes: a small file of one letter is no bomb


@dataclass(slots=True)
class Budget:
    """What may still be unpacked; shared with the archives inside an archive."""

    members: int = MOST_MEMBERS
    bytes: int = MOST_UNPACKED

    def take(self, infos: list[ZipInfo]) -> None:
        """Raises UnreadableFile when these members are more than is left, or a bomb."""
        self.members -= len(infos)
        if self.members < 0:
            raise UnreadableFile(
                f"It holds more than {MOST_MEMBERS:,} files. Make several archives of it."
            )
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        self.bytes -= unpacked
        if self.bytes < 0:
            raise UnreadableFile(
                f"Its files have more than {MOST_UNPACKED // 1_000_000} MB when they are unpacked. "
                "Unpack it, or make several archives of it."
            )
        if unpacked > max(packed * MOST_RATIO, _FREE_OF_RATIO):
            raise UnreadableFile(
                f"It unpacks to more than {MOST_RATIO} times its size, as no articles do. "
                "It was not opened."
            )


def members(data: bytes, budget: Budget) -> list[ZipInfo]:
    """The files in the archive, all of them within the budget. Raises what zipfile does."""
    with ZipFile(BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    budget.take(infos)
    return infos


def read_zip(data: bytes, wanted: Callable[[str], bool], read: Read, budget: Budget) -> Found:
    """The articles of all members with a `wanted` name, each read by `read`.

    What is wrong with a member is given as an error that names it.
    """
    infos = members(data, budget)
    infos = [info for info in infos if _is_seen(info.filename) and wanted(info.filename)]
    if not infos:
        raise UnreadableFile("It holds no file of a known kind.")
    with ZipFile(BytesIO(data)) as archive:
        for info in infos:
            yield from of_part(info.filename, _member(archive, info, read))


def _member(archive: ZipFile, info: ZipInfo, read: Read) -> Found:
    yield from read(_unpacked(archive, info), PurePosixPath(info.filename).name)


def of_part(name: str, found: Found) -> Found:
    """What was found in a file inside another; what is wrong with it names it."""
    try:
        for one in found:
            yield UnreadableFile(f"{name}: {one}") if isinstance(one, UnreadableFile) else one
    except UnreadableFile as error:
        yield UnreadableFile(f"{name}: {error}")


def _is_seen(name: str) -> bool:
    """Not hidden, and not what macOS puts beside each file."""
    parts = (part for part in PurePosixPath(name).parts if part != "..")
    return not any(part.startswith((".", "__MACOSX")) for part in parts)


def _unpacked(archive: ZipFile, info: ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise UnreadableFile("It has a password. Make the archive again without one.")
    try:
        # No more than the archive says it has, which was counted.
        return archive.read(info)
    except Exception as error:  # zipfile, zlib, bz2 and lzma have a dozen kinds
        raise UnreadableFile("It is damaged in the archive. Make the archive again.") from error
