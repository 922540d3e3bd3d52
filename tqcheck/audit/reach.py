"""What of the options does not reach which inputs: said at the start, and not found out from what is missing later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.inputs import Inputs, is_archive
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.sources import remote
from tqcheck.config import Settings
from tqcheck.errors import ConfigError

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
# Inputs that hold records, which name their originals themselves.
_RECORDS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".parquet", ".pq")
_PAGES = (".warc", ".warc.gz")


def notes(
    inputs: Inputs, settings: Settings, fetching: FetchSettings, sieve: Sieve, environment: Mapping[str, str]
) -> Iterator[str]:
    """Yield what the user should know before a run. Raises ConfigError for what cannot be meant so."""
    for feed, originals in fetching.pairs:
        for name in (feed, originals):
            if is_archive(name):
                raise ConfigError(
                    f"--pair {feed} {originals}: {name} is an archive, and pairs are of feeds; files find their "
                    "originals by `pairs` in the configuration or by their front matter, records have them in “source”"
                )
    if settings.pairs:
        yield from _pairs(inputs)
    if sieve.since is not None and inputs.archives:
        yield "--since holds for feeds; archives seldom say when an article was published, so all of them is checked"
    proxies = [name for name in _PROXIES if environment.get(name) or environment.get(name.lower())]
    if proxies and any(map(remote, inputs.feeds)):
        yield (
            f"the proxy of the environment ({', '.join(proxies)}) is not used: it would look up names by itself, and "
            "nobody could tell an address of a private network; feeds are fetched directly"
        )


def _pairs(inputs: Inputs) -> Iterator[str]:
    if inputs.feeds:
        yield "`pairs` in the configuration is about files; feeds have originals by hreflang, schema.org or --pair"
    names = [name.lower() for name in inputs.archives]
    if "-" in names or any(name.endswith(_RECORDS) for name in names):
        yield "`pairs` in the configuration is about files; records have their originals in “source”"
    if any(name.endswith(_PAGES) for name in names):
        yield "`pairs` in the configuration is about files; pages of web archives are checked without originals"
