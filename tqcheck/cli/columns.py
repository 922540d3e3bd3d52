"""Plain columns for lists of rules and languages: they stay readable in pipes and in narrow windows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import click


def columns(
    header: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset(), gap: str = "  "
) -> None:
    """Write a table; the columns in `right` are flush right."""
    from rich.cells import cell_len

    table = [header, *rows]
    widths = [max(cell_len(row[n]) for row in table) for n in range(len(header))]
    for row in table:
        cells = []
        for number, cell in enumerate(row):
            space = " " * (widths[number] - cell_len(cell))
            cells.append(space + cell if number in right else cell + space)
        click.echo(gap.join(cells).rstrip())


def paragraph(text: str, indent: str = "") -> None:
    """Write a paragraph wrapped to the window."""
    from shutil import get_terminal_size

    width = max(40, min(get_terminal_size((80, 24)).columns, 100))
    for line in textwrap.wrap(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent):
        click.echo(line)
