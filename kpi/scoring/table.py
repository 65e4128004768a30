"""Scores tables: frames and Arrow tables in, the same rows with their scores out. The adapter around pure columns."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from kpi.model import DIRECTION_NOT_STATED, POLARITY_CODE, Polarity, Status
from kpi.scoring.achievement import REASONS
from kpi.scoring.figures import Figures
from kpi.scoring.index import Rules, score
from kpi.scoring.profile import RuleProfile
from kpi.scoring.rating import rating
from kpi.scoring.scale import ConversionScale, parse_scale

BLOCK: Final = 32_768
"""Rows scored at a time: the columns of a block stay in a core's own cache."""
SCORED_COLUMNS: Final = ("achievement", "index", "rating", "status", "reason")
POLARITY_WORDS: Final[dict[str, int]] = {
    **{polarity.value: code for polarity, code in POLARITY_CODE.items()},
    "higher": POLARITY_CODE[Polarity.MAXIMIZE],
    "lower": POLARITY_CODE[Polarity.MINIMIZE],
}
"""The words that files and tables use for a polarity."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of figures, a row per figure.

    `achievement` and `index`: float64 ratios, NaN = none. `rating`: int8, the place in the profile's bands, -1 = none.
    `verdict`: int8, negative = not scored, -1 - the place of the reason in REASONS.
    """

    achievement: np.ndarray
    index: np.ndarray
    rating: np.ndarray
    verdict: np.ndarray

    @classmethod
    def empty(cls, rows: int) -> Scores:
        """Return room for the scores of so many figures."""
        return cls(np.empty(rows), np.empty(rows), np.empty(rows, np.int8), np.empty(rows, np.int8))


def score_figures(figures: Figures, profile: RuleProfile) -> Scores:
    """Score columns in blocks, on every core. Raises ValueError for an unknown polarity code or a reversed range."""
    figures.check()
    rules, found = Rules.of(profile), Scores.empty(len(figures))
    starts = range(0, len(figures), BLOCK)
    workers = min(os.cpu_count() or 1, max(len(starts), 1))

    def share(worker: int) -> None:
        for start in starts[worker::workers]:
            _score_block(figures, slice(start, start + BLOCK), profile, rules, found)

    if workers == 1:
        share(0)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(share, range(workers)))
    return found


def _score_block(figures: Figures, rows: slice, profile: RuleProfile, rules: Rules, found: Scores) -> None:
    workings = score(figures.part(rows), rules)
    is_scored = workings.verdict >= 0
    compared = workings.index if profile.band_on == "index" else workings.achievement
    found.achievement[rows] = workings.achievement
    found.index[rows] = workings.index
    found.verdict[rows] = workings.verdict
    found.rating[rows] = np.where(is_scored, rating(compared, profile.bands), np.int8(-1))


def score_table(frame: pd.DataFrame, profile: RuleProfile) -> pd.DataFrame:
    """Return the rows of `frame`, in its order and with its index, with their scores.

    Needs `value`, `target` (numbers, NaN = missing) and `polarity` (str; missing = not stated); reads `target_high`,
    `worst_value`, `is_full_at_target`, `conversion_scale` and `is_partial_sum` where there. Adds `achievement` and
    `index` (ratios, NaN = none), `rating` (the band's code), `status` and `reason` (str, NaN = none). Raises
    ValueError: a range that ends before it begins, an unknown polarity, a scale that can't be read.
    """
    found = score_figures(_figures(lambda name: frame[name] if name in frame.columns else None), profile)
    codes = {name: _decoded(column).set_axis(frame.index) for name, column in _words(found, profile).items()}
    return frame.assign(achievement=found.achievement, index=found.index, **codes)


def score_arrow(table: pa.Table, profile: RuleProfile) -> pa.Table:
    """Return the rows of `table` with their scores; columns and errors as `score_table`, null = none.

    `rating`, `status` and `reason` are dictionaries of strings.
    """
    found = score_figures(_figures(lambda name: table[name] if name in table.column_names else None), profile)
    scored = table.drop_columns([name for name in SCORED_COLUMNS if name in table.column_names])
    numbers = {"achievement": found.achievement, "index": found.index}
    columns = {name: pa.array(column, from_pandas=True) for name, column in numbers.items()}
    for name, column in {**columns, **_words(found, profile)}.items():
        scored = scored.append_column(name, column)
    return scored


def _decoded(words: pa.DictionaryArray) -> pd.Series:
    return words.cast(pa.large_string()).to_pandas()


def _words(found: Scores, profile: RuleProfile) -> dict[str, pa.DictionaryArray]:
    is_scored = found.verdict >= 0
    bands = [band.code for band in profile.bands]
    return {
        "rating": _dictionary(found.rating, found.rating < 0, bands),
        "status": _dictionary((~is_scored).view(np.int8), None, [Status.SCORED.value, Status.NOT_SCORED.value]),
        "reason": _dictionary(-1 - found.verdict, is_scored, [reason.value for reason in REASONS]),
    }


def _dictionary(places: np.ndarray, is_missing: np.ndarray | None, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=is_missing), pa.array(words, pa.string()))


Column = pd.Series | pa.ChunkedArray
ColumnOf = Callable[[str], Column | None]


def _figures(column: ColumnOf) -> Figures:
    value, target, polarity = column("value"), column("target"), column("polarity")
    if value is None or target is None or polarity is None:
        raise ValueError("Scoring needs the columns value, target and polarity.")
    optional = {name: column(name) for name in ("target_high", "worst_value")}
    flags = {name: column(name) for name in ("is_full_at_target", "is_partial_sum")}
    scale, scales = _scales(column("conversion_scale"))
    return Figures(
        _numbers(value),
        _numbers(target),
        _codes(polarity, polarity_code, DIRECTION_NOT_STATED, np.int8),
        scale=scale,
        scales=scales,
        **{name: _numbers(found) for name, found in optional.items() if found is not None},
        **{name: _truths(found) for name, found in flags.items() if found is not None},
    )


def polarity_code(word: str) -> int:
    """Return the int8 code of a word for a polarity; empty = not stated. Raises ValueError for another word."""
    if not word:
        return DIRECTION_NOT_STATED
    if word not in POLARITY_WORDS:
        raise ValueError(f"polarity '{word}' is not one of {', '.join(POLARITY_WORDS)}")
    return POLARITY_WORDS[word]


def _numbers(column: Column) -> np.ndarray:
    if isinstance(column, pd.Series):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    return column.cast(pa.float64()).to_numpy()


def _truths(column: Column) -> np.ndarray:
    return _chunked(column).cast(pa.bool_()).fill_null(False).to_numpy()


def _chunked(column: Column) -> pa.ChunkedArray:
    """Return a column as Arrow holds it; pandas hands over one array or several, as the frame was put together."""
    array = column if isinstance(column, pa.ChunkedArray) else pa.array(column, from_pandas=True)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _codes(column: Column, code_of: Callable[[str], int], missing: int, dtype: type[np.integer]) -> np.ndarray:
    """Return the code of each text; `code_of` is asked once per different text."""
    array = _chunked(column)
    if pa.types.is_null(array.type):
        return np.full(len(array), missing, dtype)
    encoded = array.dictionary_encode().unify_dictionaries().combine_chunks()
    codes = [missing if text is None else code_of(text) for text in encoded.dictionary.to_pylist()]
    places = encoded.indices.fill_null(len(codes)) if encoded.indices.null_count else encoded.indices
    return np.array([*codes, missing], dtype).take(places.to_numpy(zero_copy_only=False))


def _scales(column: Column | None) -> tuple[np.ndarray | None, tuple[ConversionScale, ...]]:
    if column is None:
        return None, ()
    places: dict[ConversionScale, int] = {}

    def place(text: str) -> int:
        return places.setdefault(parse_scale(text), len(places)) if text.strip() else -1

    codes = _codes(column, place, -1, np.int32)
    return (codes, tuple(places)) if places else (None, ())
