"""Speakers resolved within invented articles."""

import pytest

from webapp.annotation import annotate
from webapp.annotation.people import slug


def speakers(text: str) -> list[str]:
    """The name of the speaker of each quote in turn, "" for nobody."""
    found = annotate(text)
    names = {s.id: s.name for s in found.speakers}
    return [names.get(q.speaker, "") for q in found.quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” said Anna Kovac. “No,” said Kovac.", ["Anna Kovac"] * 2),
        ("Anna Kovac left. “Yes,” Ms. Kovac said.", ["Anna Kovac"]),
        ("President Omar Diallo left. “Yes,” President Diallo said.", ["Omar Diallo"]),
        ("Anna Kovac met Peter Lang. “Yes,” he said.", ["Peter Lang"]),
        ("Peter Lang met Anna Kovac. “Yes,” she said.", ["Anna Kovac"]),
        ("Peter Lang left. He said, “Yes.” He added, “No.”", ["Peter Lang"] * 2),
        ("President Omar Diallo left Mali. “Yes,” the president said.", ["Omar Diallo"]),
        (
            "President Omar Diallo met Iraqi Vice President Nadir al-Sadi. "
            "“Yes,” the vice president said.",
            ["Nadir al-Sadi"],
        ),
        ("Anna Kovac, the mayor of Ghent, left. “Yes,” the mayor said.", ["Anna Kovac"]),
        ("“Yes,” said Nadir al-Sadi. “No,” Sadi said.", ["Nadir al-Sadi"] * 2),
        ("“Yes,” said Jan van der Berg. “No,” Van der Berg said.", ["Jan van der Berg"] * 2),
        ("“Yes,” said Kim Jae-won. “No,” Kim said.", ["Kim Jae-won"] * 2),
        ("“Yes,” said José Núñez. “No,” Nunez said.", ["José Núñez"] * 2),
        ("“Yes,” said J. P. O’Hara. “No,” O’Hara’s wife cried.", ["J. P. O’Hara", ""]),
        ("“Yes,” said union spokeswoman Mei Lin. “No,” she said.", ["Mei Lin"] * 2),
        ("The party’s leader, Anna Kovac, said: “Yes.”", ["Anna Kovac"]),
        ("“Yes,” said Rep. Ana Ruiz (D-N.M.). “No,” Ruiz said.", ["Ana Ruiz"] * 2),
    ],
)
def test_persons(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


def test_two_of_one_surname_are_kept_apart() -> None:
    text = (
        "“Yes,” said Anna Kovac.\n\n“No,” said Peter Kovac.\n\n"
        "“Why?” Ms. Kovac asked.\n\n“Because,” Mr. Kovac said."
    )
    assert speakers(text) == ["Anna Kovac", "Peter Kovac", "Anna Kovac", "Peter Kovac"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Pentagon said that the ship was lost.", "Pentagon", "organization"),
        ("“Yes,” the Aldin Bank said in a statement.", "Aldin Bank", "organization"),
        ("Iran said that the talks had failed.", "Iran", "organization"),
        ("“No,” the Kovac campaign said.", "Kovac campaign", "organization"),
        ("Republicans said that the bill was dead.", "Republicans", "group"),
        ("Iraqis say that the war is over.", "Iraqis", "group"),
        ("The Department of Health and Labor said it would pay.", None, "organization"),
    ],
)
def test_organizations_and_groups(text: str, name: str | None, kind: str) -> None:
    (speaker,) = annotate(text).speakers
    assert speaker.kind == kind
    assert speaker.name == (name or "Department of Health and Labor")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“Yes,” a spokesman said.", "a spokesman"),
        ("“Yes,” said a spokesman for Anna Kovac.", "a spokesman for Anna Kovac"),
        ("Officials said that the road was closed.", "Officials"),
        ("Police said that the road was closed.", "Police"),
        ("“Yes,” said one Kovac adviser.", "one Kovac adviser"),
        ("“Yes,” they said.", "they"),
    ],
)
def test_unnamed(text: str, source: str) -> None:
    found = annotate(text)
    assert [q.speaker for q in found.quotes] == [""]
    assert [q.source.of(text) for q in found.quotes if q.source] == [source]
    assert found.speakers == ()


def test_role_and_mentions() -> None:
    text = "Iraqi Vice President Nadir al-Sadi left. “Yes,” he said. Sadi “never” lost."
    (speaker,) = annotate(text).speakers
    assert (speaker.id, speaker.role) == ("nadir-al-sadi", "Iraqi Vice President")
    assert [(m.span.of(text), m.via) for m in speaker.mentions] == [
        ("Nadir al-Sadi", "name"),
        ("he", "pronoun"),
        ("Sadi", "name"),
    ]


def test_role_from_an_apposition() -> None:
    text = "“Prices fell,” said Anna Kovac, chief economist at the Aldin Bank."
    assert annotate(text).speakers[0].role == "chief economist at the Aldin Bank"


def test_only_who_speaks_is_listed() -> None:
    text = "Anna Kovac met Peter Lang and Mei Lin. “Yes,” said Lang."
    assert [s.name for s in annotate(text).speakers] == ["Peter Lang"]


def test_evidence_is_readable() -> None:
    text = "Peter Lang left. “Yes,” he said."
    assert annotate(text).quotes[0].evidence == "cue “said”; he → Peter Lang, the nearest that fits"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("José Núñez", "jose-nunez"),
        ("Nadir al-Sadi", "nadir-al-sadi"),
        ("J. P. O’Hara", "j-p-o-hara"),
        ("محمد", "محمد"),
        ("王芳", "王芳"),
        ("!", "21"),
        ("", "nobody"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
