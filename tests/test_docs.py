"""Documents are contracts: README names every command, option and setting; exemptions say why."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from webapp.cli import main
from webapp.config import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
SOURCES = sorted(
    p for room in ("webapp", "tests", "benchmarks") for p in (ROOT / room).rglob("*.py")
)


def commands(group: click.Group, name: str = "dateline") -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, with how it is called."""
    for word, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


@pytest.mark.parametrize(("name", "command"), list(commands(main)))
def test_every_command_and_option_is_in_the_readme(name: str, command: click.Command) -> None:
    assert f"`{name}" in README
    options = [p for p in command.params if isinstance(p, click.Option)]
    for option in options:
        assert f"`{option.opts[0]}`" in README
        assert option.help


@pytest.mark.parametrize("field", [field.name for field in fields(Settings)])
def test_every_setting_is_in_the_readme(field: str) -> None:
    assert f"`DATELINE_{field.upper()}`" in README


def test_no_setting_is_named_that_is_none() -> None:
    known = {f"DATELINE_{field.name.upper()}" for field in fields(Settings)}
    assert set(re.findall(r"DATELINE_[A-Z_]+", README)) <= known | {"DATELINE_BROWSER"}


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).is_file(), target


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    named = project["dependencies"] + project["optional-dependencies"]["test"]
    lines = text.splitlines()
    obvious = {"pytest", "ruff", "mypy"}
    for requirement in named:
        (line,) = (line for line in lines if f'"{requirement}"' in line)
        assert "#" in line or re.split(r"\W", requirement)[0] in obvious, requirement


def test_every_exemption_has_its_reason() -> None:
    exempt = re.compile(r"#\s*(noqa|type: ignore)(:\s*[\w, -]+|\[[\w, -]+\])?(?P<reason>.*)")
    for path in SOURCES:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if (match := exempt.search(line)) and path != Path(__file__):
                assert match["reason"].strip(), f"{path}:{number} gives no reason"
