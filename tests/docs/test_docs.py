"""The documents say what the code does."""

import argparse
import re
from pathlib import Path

import pytest

from kpi.cli import _COMMANDS, _parser
from kpi.model import Polarity, Reason, Verification

ROOT = Path(__file__).resolve().parents[2]
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def _options() -> list[tuple[str, str]]:
    commands = next(a for a in _parser([])._actions if isinstance(a, argparse._SubParsersAction))
    return [
        (name, option)
        for name, parser in commands.choices.items()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option not in {"--help", "--store", "--output"}
    ]


def test_every_command_stands_in_the_command_line_document():
    for command in _COMMANDS:
        assert re.search(rf"`{command}[ `]", COMMAND_LINE), command


@pytest.mark.parametrize(("command", "option"), _options())
def test_every_option_stands_in_the_command_line_document(command, option):
    assert option in COMMAND_LINE, f"{command} {option}"


@pytest.mark.parametrize("word", [*Reason, *Verification, *Polarity])
def test_every_word_of_a_closed_list_stands_in_the_command_line_document(word):
    assert str(word) in COMMAND_LINE


@pytest.mark.parametrize("path", sorted((ROOT / "kpi").rglob("*.sql")), ids=lambda path: path.name)
def test_every_sql_file_states_its_grain_first(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("-- "), f"{path.name} begins without a comment that states the grain"
    assert "rain" in first or "One row" in first, first


def test_links_between_documents_lead_somewhere():
    for document in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name} → {target}"


def test_no_document_or_code_names_a_machine_or_a_registry():
    names = re.compile(r"index-url|find-links|(?<![\w.])/(?:work|tmp|root)/")
    allowed = {"Makefile", "test_docs.py"}
    for path in ROOT.rglob("*"):
        is_ours = not {".venv", ".venv-spark", ".git", "store", "__pycache__", "node_modules"} & set(path.parts)
        if (
            is_ours
            and path.suffix in {".md", ".py", ".txt", ".in", ".toml", ".sql", ".cfg"}
            and path.name not in allowed
        ):
            assert not names.search(path.read_text(encoding="utf-8")), path
