"""The user guide: the same in both languages, with pictures that are there, and commands that can be given."""

import re
import shlex
from pathlib import Path

import pytest

from kpi.cli import _parser

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
TEXTS = {name: (GUIDE / name).read_text(encoding="utf-8") for name in ("panduan.md", "guide.md")}
PICTURES = {name: re.findall(r"!\[[^\]]+\]\((img/[^)]+)\)", text) for name, text in TEXTS.items()}
COMMANDS = re.findall(r"`python -m kpi ([^`]+)`", "".join(TEXTS.values()))
MOST_BYTES = 200_000


def _headings(text: str) -> list[str]:
    return re.findall(r"^#+ .*$", text, re.MULTILINE)


def _anchor(heading: str) -> str:
    """Return the address that readers of Markdown give a heading."""
    words = heading.lstrip("#").strip().lower()
    return re.sub(r"[^\w -]", "", words).replace(" ", "-")


def test_both_guides_have_the_same_parts():
    levels = [[len(heading.split()[0]) for heading in _headings(text)] for text in TEXTS.values()]

    assert levels[0] == levels[1]


@pytest.mark.parametrize("name", TEXTS)
def test_every_picture_of_the_guide_is_there_and_small(name):
    assert PICTURES[name]
    for picture in PICTURES[name]:
        assert (GUIDE / picture).stat().st_size < MOST_BYTES, picture


def test_no_picture_lies_there_unused():
    assert {f"img/{path.name}" for path in (GUIDE / "img").iterdir()} == {
        picture for pictures in PICTURES.values() for picture in pictures
    }


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_to_a_part_leads_to_a_heading(name):
    for document, anchor in re.findall(r"\]\(([^)#]*)#([^)]+)\)", TEXTS[name]):
        text = (GUIDE / document).read_text(encoding="utf-8") if document else TEXTS[name]
        assert anchor in {_anchor(heading) for heading in _headings(text)}, anchor


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_can_be_given(command):
    words = shlex.split(command)

    assert _parser(words).parse_args(words)
