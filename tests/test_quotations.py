"""Spans in quotation marks, as slices of invented sentences; "|" separates the spans of one."""

import pytest

from webapp.annotation.quotations import paragraphs, quotations


def found(text: str) -> list[str]:
    marked = quotations(text, paragraphs(text))
    return ["|".join(span.of(text) for span in spans) for spans in marked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” she said.", ["“We won,”"]),
        ('"We won," she said.', ['"We won,"']),
        ("''We won,'' she said.", ["''We won,''"]),
        ("``We won,'' she said.", ["``We won,''"]),
        ("‘We won,’ she said.", ["‘We won,’"]),
        ("'We won,' she said.", ["'We won,'"]),
        ("«We won», she said.", ["«We won»"]),
        ("„We won“, she said.", ["„We won“"]),
        ("„We won”, she said.", ["„We won”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ('It was "bad"—"awful" even.', ['"bad"', '"awful"']),
        ('The plan ("a joke") fell.', ['"a joke"']),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He didn't see the workers' rights.", []),
        ("He didn’t see the workers’ rights.", []),
        ("In the '90s and the ’80s rock 'n' roll won.", []),
        ("‘The workers’ rights matter,’ he said.", ["‘The workers’ rights matter,’"]),
        ("'Don't go,' he said.", ["'Don't go,'"]),
        ("He is 6' 2\" tall and 5' 9\" wide.", []),
        ("O'Brien and D'Arcy met al-Sa'di.", []),
    ],
)
def test_apostrophes(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("'He said \"no\" to me,' she said.", ["'He said \"no\" to me,'"]),
        ("\"He said 'no' to me,\" she said.", ["\"He said 'no' to me,\""]),
        ('"He said "no" to me," she said.', ['"He said "no" to me,"']),
    ],
)
def test_nested(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“First.\n\n“Second.”\n\nDone.", ["“First.|“Second.”"]),
        ('"First.\n\n"Second.\n\n"Third."', ['"First.|"Second.|"Third."']),
        ('"First.\n"Second."', ['"First.|"Second."']),
        ("She said, “First.\n\n“Second.”", ["“First.|“Second.”"]),
        ("“First.”\n\n“Second.”", ["“First.”", "“Second.”"]),
        ("“He said ‘no’ then.\n\n“And left.”", ["“He said ‘no’ then.|“And left.”"]),
    ],
)
def test_over_paragraphs(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No end here\n\nNext one. “Yes,” he said.", ["“No end here", "“Yes,”"]),
        ('He called it "bad and left.\n\n"Yes," he said.', ['"Yes,"']),
        ('"Hello, he said. "Bye," she said.', ['"Bye,"']),
        ("It ended.” He left. “Bye.”", ["“Bye.”"]),
        ('A " alone.', []),
    ],
)
def test_unclosed_marks_cost_nothing_else(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\n\nOne.\n\n Two. ", ["Title", "One.", "Two."]),
        ("Title\nOne.\nTwo.", ["Title", "One.", "Two."]),
        ("A line so long that an editor wrapped it hard here\u00a0at the margin\nand on.", None),
        ("\n \n", []),
    ],
)
def test_paragraphs(text: str, expected: list[str] | None) -> None:
    assert [p.of(text) for p in paragraphs(text)] == ([text] if expected is None else expected)
