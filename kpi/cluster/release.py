"""Tells one version of this program from another, so that no two of them make one snapshot."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_MADE_OF: Final = {".py", ".sql"}


@cache
def digest() -> str:
    """Return a digest of the code and the SQL that figures go through."""
    found = sha256()
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _MADE_OF):
        found.update(f"{path.relative_to(_PACKAGE)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()
