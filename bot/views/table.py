"""Tables for blocks of code, whose letters are all of one width."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

_WIDE: Final = ("W", "F")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        least: its width in letters, for which its cells make it wider where they are longer.
        left: whether its cells stand at its left; they hold what parts them from the column before themselves.
    """

    least: int
    left: bool = False


def table(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[str]:
    """Rows of cells as aligned lines.

    Args:
        rows: as many cells each as there are columns.
        columns: how they stand. One at the right is at least a letter apart from a cell at its left.
    """
    widths = [max(column.least, *(_needs(row, at, column) for row in rows)) for at, column in enumerate(columns)]
    return ["".join(map(_set, row, columns, widths)).rstrip() for row in rows]


def _needs(row: Sequence[str], at: int, column: Column) -> int:
    apart = not column.left and at > 0 and row[at - 1] != ""
    return _width(row[at]) + apart


def _set(cell: str, column: Column, width: int) -> str:
    blank = " " * (width - _width(cell))
    return cell + blank if column.left else blank + cell


def _width(cell: str) -> int:
    """Letters that a cell is wide: ideographs and the like take two."""
    return sum(2 if east_asian_width(char) in _WIDE else 1 for char in cell)
