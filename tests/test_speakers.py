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
        ("“Yes,” said Li Keqing. “No,” Li said.", ["Li Keqing"] * 2),
        ("“Yes,” said Nguyen Van Phuc. “No,” Phuc said.", ["Nguyen Van Phuc"] * 2),
        ("“Yes,” said Gabriel García Ruiz. “No,” García Ruiz said.", ["Gabriel García Ruiz"] * 2),
        (
            "“Yes,” said Mohammed bin Rashid al-Farsi. “No,” al-Farsi said.",
            ["Mohammed bin Rashid al-Farsi"] * 2,
        ),
        ("“Yes,” said J.R. Smith. “No,” Smith said.", ["J.R. Smith"] * 2),
        ("“Yes,” said Robert “Bobby” Scott. “No,” Bobby Scott said.", ["Robert “Bobby” Scott"] * 2),
        ("“Yes,” said Sir Peter Lang. “No,” Sir Peter said.", ["Peter Lang"] * 2),
        (
            "“A gift,” said Chancellor Ursula Brandt of Austria, who came late. "
            "Brandt said the vote was close.",
            ["Ursula Brandt"] * 2,
        ),
        ("Anna Kovac’s lawyer, Peter Lang, left. “Yes,” Kovac’s lawyer said.", ["Peter Lang"]),
        ("Peter Lang is a farmer near Ghent. “It rained,” the farmer said.", ["Peter Lang"]),
        ("Anna Kovac, a former teacher, left. “Yes,” the former teacher said.", ["Anna Kovac"]),
        (
            "An attorney for the union, Peter Lang, said the case was closed. “Yes,” Lang added.",
            ["Peter Lang"] * 2,
        ),
        (
            "Democratic nominee Anna Kovac met Republican nominee Omar Haddad. "
            "The Democratic nominee said the debate was fair.",
            ["Anna Kovac"],
        ),
        (
            "President Omar Diallo spoke. Mr. Diallo said he was tired. "
            "His wife, Aissata Diallo, said she was not.",
            ["Omar Diallo", "Aissata Diallo"],
        ),
        ("Rakeyia Bell called her brother. “Come,” she said.", ["Rakeyia Bell"]),
        (
            "Thandiwe Mokoena of the Southern Ports Council left. “Yes,” Mokoena said.",
            ["Thandiwe Mokoena"],
        ),
        (
            "The President of Chad, Mahamat Tolli, opened the meeting. “Yes,” the president said.",
            ["Mahamat Tolli"],
        ),
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
        (
            "A spokesman for the Aldin Workers’ League said the strike would go on.",
            "Aldin Workers’ League",
            "organization",
        ),
        ("The Aldin Bank shut. “It was time,” the bank said.", "Aldin Bank", "organization"),
        (
            "The Evening Courier went down. “We are back,” the newspaper said.",
            "Evening Courier",
            "organization",
        ),
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
        ("Farmers said that they had not been paid.", "Farmers"),
        ("Anna Kovac fell. “Yes,” her brother said.", "her brother"),
        ("Anna Kovac and Peter Lang met. “Yes,” an aide said.", "an aide"),
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


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "“Prices fell,” said Anna Kovac, chief economist at the Aldin Bank.",
            "chief economist at the Aldin Bank",
        ),
        ("The President of Chad, Mahamat Tolli, said it rained.", "President of Chad"),
        ("Mahamat Tolli, a retired ship captain, said it rained.", "retired ship captain"),
        ("Mahamat Tolli, a painter in Bol who never rests, said it rained.", "painter in Bol"),
        ("Mahamat Tolli, opened by a bell, said it rained.", ""),
        ("On the day of the storm, Mahamat Tolli said it rained.", ""),
    ],
)
def test_role_from_an_apposition(text: str, role: str) -> None:
    assert annotate(text).speakers[0].role == role


def test_a_named_body_is_not_whom_the_text_is_about() -> None:
    text = "The Aldin Bank shut. The Norwegian bank said it would stay."
    assert speakers(text) == [""]


def test_only_who_speaks_is_listed() -> None:
    text = "Anna Kovac met Peter Lang and Mei Lin. “Yes,” said Lang."
    assert [s.name for s in annotate(text).speakers] == ["Peter Lang"]


def test_evidence_is_readable() -> None:
    text = "Peter Lang left. “Yes,” he said."
    assert (
        annotate(text).quotes[0].evidence
        == "cue “said”; “he” → Peter Lang: nearest man named before"
    )


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
