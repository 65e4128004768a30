"""What is handed in: a file on disk, or the bytes that a person sent. Reads nothing of what it means."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kpi.errors import UsageError


@dataclass(frozen=True, slots=True)
class Source:
    """A file by its path, or by name and content. `label` is the path that messages show."""

    label: Path
    content: bytes | None = None

    @classmethod
    def at(cls, path: Path) -> Source:
        """Return the source that lies on disk."""
        return cls(Path(path))

    @classmethod
    def upload(cls, name: str, content: bytes) -> Source:
        """Return a source that was sent; of its name only the last part counts. Raises UsageError without one."""
        bare = name.replace("\\", "/").rpartition("/")[2].strip()
        if bare in ("", ".", "..") or "\0" in bare:
            raise UsageError("The file has no name. Send it with one.")
        return cls(Path(bare), content)

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.label.name

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Lend a path at which the content lies for the length of the block."""
        if self.content is None:
            yield self.label
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            path.write_bytes(self.content)
            yield path
