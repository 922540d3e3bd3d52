"""`tqcheck audit run|report|export`: check feeds and archives again and again, and say what became of them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tqcheck.cli import complete
from tqcheck.cli.options import Configuration, Decorator, Jobs, checking_options
from tqcheck.cli.output import destination
from tqcheck.cli.tell import complain
from tqcheck.errors import ConfigError

if TYPE_CHECKING:
    from tqcheck.audit.archive_run import Engine
    from tqcheck.audit.check_shard import ShardResult
    from tqcheck.audit.engines import Quarantined
    from tqcheck.audit.failing import Condition
    from tqcheck.audit.run import Tally
    from tqcheck.audit.shards import Shard
    from tqcheck.audit.store import Store
    from tqcheck.config import Settings

USUAL = "tqcheck-audit.sqlite"
FORMATS = ("terminal", "json", "html", "markdown", "csv", "atom")
_AGO = re.compile(r"(\d{1,4})\s*(h|d|w)")
_HOURS = {"h": 1, "d": 24, "w": 168}
# Kinds of trouble that are told one by one.
_TOLD = 20


class Moment(click.ParamType[datetime]):
    """A day, a moment, or how long ago."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment; one without a time zone is in UTC."""
        if isinstance(value, datetime):
            return value
        ago = _AGO.fullmatch(str(value).strip())
        if ago is not None:
            return datetime.now(UTC) - timedelta(hours=int(ago[1]) * _HOURS[ago[2]])
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            return self.fail(f"{value!r} is no moment; write 2026-03-01, 2026-03-01T06:00 or 7d", param, ctx)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


class Share(click.ParamType[float]):
    """A share of all, such as 0.1 or 10%."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share."""
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = -1.0
        return share if 0 < share <= 1 else self.fail(f"{value!r} is no share; write 0.1 or 10%", param, ctx)


_STORE = click.option(
    "--store",
    default=USUAL,
    envvar="TQCHECK_STORE",
    show_default=True,
    metavar="FILE",
    help="The store of the audit.",
    shell_complete=complete.files,
)
_FAIL_ON = click.option(
    "--fail-on",
    "fail_on",
    multiple=True,
    metavar="CONDITION",
    help="End with 1 where this holds of the texts that were new: “critical > 0”, “rate(casing) > 5”, "
    "“lower(CAS101) > 2 in any feed”, “missed > 0”. May be given several times.",
)


@click.group("audit")
def command() -> None:
    """Audit feeds and archives: check what is new, keep it in a store, and tell trends from noise."""


def _run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what `audit run` takes besides the settings of the checks."""
    options: list[Decorator] = [
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT… | -"),
        _STORE,
        click.option("--full-text", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
                     help="Fetch the page of an entry: where the feed has only a summary, always, or never."),
        click.option("--contact", metavar="ADDRESS", help="Where the owner of a server finds you; sent along."),
        click.option("--delay", type=click.FloatRange(0), default=1.0, show_default=True, metavar="SECONDS",
                     help="Time between two requests to one host."),
        click.option("--pair", nargs=2, multiple=True, metavar="FEED ORIGINALS",
                     help="A feed, and the feed of its originals."),
        click.option("--allow-private", is_flag=True, help="Fetch from private and local addresses too."),
        click.option("--since", type=Moment(), metavar="MOMENT",
                     help="Only entries of feeds published then or later (7d, 2026-03-01)."),
        click.option("--limit", type=click.IntRange(1), metavar="N",
                     help="Check no more articles than this; the next run goes on."),
        click.option("--sample", type=Share(), default=1.0, metavar="SHARE",
                     help="Check only this share, the same in each run."),
        click.option("--engine", default="local", show_default=True, metavar="local|dask|tcp://…",
                     help="Where archives are checked: processes of this machine, or a Dask cluster."),
        click.option("--jobs", type=Jobs(), default="auto", metavar="N|auto", help="Processes (auto: one a core)."),
        click.option("--no-text", is_flag=True, help="Keep findings with their surroundings, not the texts of feeds."),
        click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong."),
        _FAIL_ON,
        checking_options,
    ]  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


@command.command("run")
@_run_options
def run(inputs: tuple[str, ...], store: str, fail_on: tuple[str, ...], quiet: bool, **given: Any) -> None:
    """Check what is new in feeds and archives.

    INPUT is the address or file of a feed, an OPML list or a sitemap; a folder or file of articles (.txt .md .html
    .jsonl .parquet .warc, also packed with .gz; .zip); or - for a list of these, or JSON Lines, on standard input.
    """
    from tqcheck.audit.failing import parse
    from tqcheck.audit.fetch.settings import FetchSettings, FullText
    from tqcheck.audit.inputs import told_apart
    from tqcheck.audit.reach import notes
    from tqcheck.audit.session import Audit
    from tqcheck.audit.sieve import Sieve
    from tqcheck.audit.store import Store
    from tqcheck.cli.progress import stopping, watching

    conditions = [parse(text) for text in fail_on]
    configuration = Configuration({**given, "fail_on": None})
    settings, file = configuration.settings(None), configuration.layers(None).file
    fetching = FetchSettings(
        contact=given["contact"],
        full_text=FullText(given["full_text"]),
        source_lang=settings.source_lang,
        pairs=given["pair"],
        allow_private=given["allow_private"],
        delay=given["delay"],
    )
    sieve = Sieve(given["since"], given["sample"], given["limit"])
    audit = Audit(
        settings,
        fetching,
        _engine(given["engine"], given["jobs"]),
        sieve,
        given["jobs"],
        keep_text=not given["no_text"],
        root=None if file is None else file.absolute().parent,
    )
    told = told_apart(inputs, _standard())
    said = [*notes(told, settings, fetching, sieve, os.environ)]
    with ExitStack() as stack:
        opened = stack.enter_context(Store.open(store))
        if opened.told is not None:
            complain(opened.told)
        for note in said:
            complain(note)
        try:
            with stopping(), watching(quiet) as watch:
                number, tally = audit.run(opened, told, watch)
        except KeyboardInterrupt:
            complain("stopped; what is finished is kept, and the same command goes on from there")
            raise
        _tell(opened, number, tally, quiet)
        code = _judge(opened, number, conditions)
    nothing = not tally.articles and not tally.shards and not tally.shards_before
    click.get_current_context().exit(3 if tally.missed and nothing else code)


def _engine(name: str, jobs: int | None) -> Engine:
    """Return what checks shards; it is imported where there are any."""
    address = "local" if name == "dask" else name
    if name not in {"local", "dask"} and "://" not in name:
        raise ConfigError(f"--engine {name}: write local, dask, or the address of a scheduler such as tcp://host:8786")

    def run(shards: Iterator[Shard], settings: Settings) -> Iterator[ShardResult | Quarantined]:
        if name == "local":
            from tqcheck.audit.engines import processes

            return processes.run(shards, settings, jobs)
        from tqcheck.audit.engines import dask

        return dask.run(shards, settings, address, jobs)

    return run


def _standard() -> Any:
    import io

    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def _tell(store: Store, number: int, tally: Tally, quiet: bool) -> None:
    """Tell what a run came to, and what it could not read."""
    from tqcheck.audit.articles import trouble

    with store.asking() as db:
        troubles = trouble(db, number)
    for feed, outcome, count, where, message in troubles[:_TOLD]:
        told = f"{where}: {outcome}" if count == 1 else f"{feed}: {outcome} ({count:,} times), such as {where}"
        complain(f"{told}: {message}")
    if len(troubles) > _TOLD:
        complain(f"{len(troubles) - _TOLD:,} feeds more had such troubles; `tqcheck audit report` lists them")
    if quiet:
        return
    parts = [f"{tally.checked:,} checked", f"{tally.unchanged:,} unchanged"]
    parts += [
        f"{count:,} {one if count == 1 else several}"
        for count, one, several in (
            (tally.beside, "beside its original", "beside their originals"),
            (tally.copies, "copy", "copies"),
            (tally.left_out, "left out", "left out"),
            (tally.shards_before, "shard done before", "shards done before"),
            (tally.given_up, "shard given up", "shards given up"),
            (sum(tally.missed.values()), "without an article", "without an article"),
        )
        if count
    ]
    complain(f"run {number}: {', '.join(parts)}; {tally.findings:,} finding{'' if tally.findings == 1 else 's'}")


def _judge(store: Store, run: int, conditions: list[Condition]) -> int:
    """Return 1 where a condition holds, and say which."""
    from tqcheck.audit.failing import holding

    with store.asking() as db:
        held = holding(db, run, conditions)
    for each in held:
        complain(str(each))
    return 1 if held else 0


@command.command("report")
@_STORE
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--output", metavar="PATH", help="Write the report to a file.", shell_complete=complete.files)
@click.option(
    "--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="How far the report looks back."
)
@click.option(
    "--since", type=Moment(), metavar="MOMENT", help="Compare what is new since then with the days before it."
)
@click.option(
    "--articles", type=click.IntRange(0, 10_000), default=50, show_default=True, help="Articles that are shown."
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the terminal.")
@_FAIL_ON
def report(
    store: str,
    format_: str,
    output: str | None,
    days: int,
    since: datetime | None,
    articles: int,
    color: str,
    fail_on: tuple[str, ...],
) -> None:
    """Say what became of feeds, rules and languages: rates with their limits, changes beyond chance, worst articles."""
    from tqcheck.audit.failing import parse
    from tqcheck.audit.reports import Options, write
    from tqcheck.audit.store import Store
    from tqcheck.audit.summary import summary
    from tqcheck.cli.check import terminal

    conditions = [parse(text) for text in fail_on]
    with Store.read(store) as opened:
        with opened.asking() as db, destination(output) as out:
            found = summary(db, os.path.basename(store), days=days, since=since, most=articles)
            width, wanted = terminal(out, output, color)
            write(format_, found, Options(out, db, width, wanted))
        code = 0
        if conditions and found.runs:
            code = _judge(opened, found.runs[-1].id, conditions)
    click.get_current_context().exit(code)


@command.command("export")
@click.argument("folder", metavar="FOLDER", shell_complete=complete.files)
@_STORE
def export(folder: str, store: str) -> None:
    """Write the store as Parquet files, for DuckDB, pandas and Spark."""
    from tqcheck.audit.export import export as written
    from tqcheck.audit.store import Store

    with Store.read(store) as opened, opened.asking() as db:
        counts = written(db, Path(folder))
    complain(f"{folder}: " + ", ".join(f"{name}.parquet ({count:,})" for name, count in counts.items()))
