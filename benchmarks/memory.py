"""Memory of a process, as Linux tells it."""

from pathlib import Path

OWN = Path("/proc/self/status")


def megabytes(name: str = "VmRSS", status: str = "") -> float:
    """A line of a process's status in megabytes, of this one's without a status: VmRSS is what is
    resident, VmHWM the most that was, RssAnon what is no file's."""
    lines = (status or OWN.read_text()).splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:"))) / 1024
