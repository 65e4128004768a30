"""Scores tables: frames and Arrow tables in, the same rows with their scores out. The adapter around pure columns."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

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

BLOCK: Final = 131_072
"""Rows scored at a time: the columns of a block (1 MiB each) stay in cache, and are long enough that threads spend
their time in NumPy, not in waiting for the interpreter. 32,768 rows took twice the time on two cores."""
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


def score_figures(figures: Figures, profile: RuleProfile) -> Scores:
    """Score columns, in blocks on every core. Raises ValueError for an unknown polarity code or a reversed range."""
    parts = _each_block(figures, profile, lambda scores: scores)
    if len(parts) == 1:
        return parts[0]
    names = ("achievement", "index", "rating", "verdict")
    return Scores(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def score_table(frame: pd.DataFrame, profile: RuleProfile) -> pd.DataFrame:
    """Return the rows of `frame`, in its order and with its index, with their scores.

    Needs `value`, `target` (numbers, NaN = missing) and `polarity` (str; missing = not stated); reads `target_high`,
    `worst_value`, `is_full_at_target`, `conversion_scale` and `is_partial_sum` where there. Adds `achievement` and
    `index` (ratios, NaN = none), `rating` (the band's code), `status` and `reason` (str, NaN = none). Raises
    ValueError: a range that ends before it begins, an unknown polarity, a scale that can't be read.
    """
    found = score_figures(_figures(lambda name: frame[name] if name in frame.columns else None), profile)
    words = {name: _decoded(column).set_axis(frame.index) for name, column in _words(found, profile).items()}
    return frame.assign(achievement=found.achievement, index=found.index, **words)


def score_arrow(table: pa.Table, profile: RuleProfile) -> pa.Table:
    """Return the rows of `table` with their scores; columns and errors as `score_table`, null = none.

    `rating`, `status` and `reason` are dictionaries of strings.
    """
    figures = _figures(lambda name: table[name] if name in table.column_names else None)
    parts = _each_block(figures, profile, lambda scores: _arrow(scores, profile))
    scored = table.drop_columns([name for name in SCORED_COLUMNS if name in table.column_names])
    for name in SCORED_COLUMNS:
        scored = scored.append_column(name, pa.chunked_array([part[name] for part in parts]))
    return scored


Given = TypeVar("Given")


def _each_block(figures: Figures, profile: RuleProfile, give: Callable[[Scores], Given]) -> list[Given]:
    """Return what `give` makes of the scores of each block, in the order of the rows; at least one, if empty, block."""
    figures.check()
    rules = Rules.of(profile)

    def scored(start: int) -> Given:
        return give(_scores(figures.part(slice(start, start + BLOCK)), profile, rules))

    starts = range(0, max(len(figures), 1), BLOCK)
    workers = min(os.cpu_count() or 1, len(starts))
    if workers == 1:
        return [scored(start) for start in starts]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(scored, starts))


def _scores(figures: Figures, profile: RuleProfile, rules: Rules) -> Scores:
    found = score(figures, rules)
    if profile.band_on == "index":  # only a scored figure has an index
        rated = rating(found.index, profile.bands)
    else:
        rated = np.where(found.verdict >= 0, rating(found.achievement, profile.bands), np.int8(-1))
    return Scores(found.achievement, found.index, rated, found.verdict)


def _decoded(words: pa.DictionaryArray) -> pd.Series:
    return words.cast(pa.large_string()).to_pandas()


def _arrow(found: Scores, profile: RuleProfile) -> dict[str, pa.Array]:
    numbers = {"achievement": found.achievement, "index": found.index}
    return {name: _nullable(column, ~np.isnan(column)) for name, column in numbers.items()} | _words(found, profile)


def _words(found: Scores, profile: RuleProfile) -> dict[str, pa.Array]:
    is_scored = found.verdict >= 0
    bands = [band.code for band in profile.bands]
    return {
        "rating": _dictionary(found.rating, found.rating >= 0, bands),
        "status": _dictionary(is_scored.view(np.int8), None, [Status.NOT_SCORED.value, Status.SCORED.value]),
        "reason": _dictionary(-1 - found.verdict, ~is_scored, [reason.value for reason in REASONS]),
    }


def _dictionary(places: np.ndarray, is_there: np.ndarray | None, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(_nullable(places, is_there), pa.array(words, pa.string()))


def _nullable(column: np.ndarray, is_there: np.ndarray | None) -> pa.Array:
    """Return `column` as Arrow, null where it isn't there; the numbers themselves are not copied."""
    there = None if is_there is None else pa.py_buffer(np.packbits(is_there, bitorder="little"))
    return pa.Array.from_buffers(pa.from_numpy_dtype(column.dtype), len(column), [there, pa.py_buffer(column)])


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
