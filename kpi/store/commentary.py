"""Comments on figures in the record: what a unit says of a missed target. Knows no file and no score."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from kpi.model import Comment
from kpi.store.batch import Batch, BatchHeader
from kpi.store.book import Book
from kpi.store.definitions import Definitions
from kpi.store.engine import sql


class Commenting(Book):
    """The part of the record that takes comments, alone or with the figures that they are on."""

    def commentary(self, organisation_code: str) -> list[Comment]:
        """Return the comments of an organisation as they stand, by unit, indicator, grain and period."""
        return [Comment(**row) for row in self._rows("record/newest_commentary", organisation_code=organisation_code)]

    def new_comments(self, organisation_code: str, comments: Sequence[Comment]) -> list[Comment]:
        """Return those that don't stand as they are, whoever wrote them. Raises UnknownCode: unit, indicator."""
        return self._new_comments(self._known(organisation_code), comments)

    def add_comments(self, header: BatchHeader, comments: Sequence[Comment]) -> Batch | None:
        """Add new and changed comments as one batch, all or nothing; None, and nothing written, when all are known.

        Raises UnknownCode as `new_comments`, StoreError for a broken rule of the record.
        """
        with self._transaction():
            new = self.new_comments(header.organisation_code, comments)
            if not new:
                return None
            header = dataclasses.replace(header, kind="commentary")
            batch = self._next_batch(header, accepted=len(new), unchanged=len(comments) - len(new))
            self._add_batch(batch)
            self._add_comments(batch, new)
            return batch

    def _new_comments(self, definitions: Definitions, comments: Sequence[Comment]) -> list[Comment]:
        for comment in comments:
            definitions.check_comment(comment)
        standing = self.commentary(definitions.organisation.organisation_code) if comments else []
        said = {dataclasses.replace(comment, author="") for comment in standing}
        return [one for one in dict.fromkeys(comments) if dataclasses.replace(one, author="") not in said]

    def _add_comments(self, batch: Batch, comments: Sequence[Comment]) -> None:
        for comment in comments:
            row = {**dataclasses.asdict(comment), "batch_number": batch.batch_number}
            self._connection.execute(sql("record/add_comment"), row)
