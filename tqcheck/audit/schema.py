"""The tables of the store, one script a version. A script that was released is never changed, only followed by another.

Times are text, `YYYY-MM-DDTHH:MM:SSZ`, so that they sort and that any tool reads them. Runs are ordered by their
number, never by the clock.
"""

from __future__ import annotations

# Says of an SQLite file that it is ours (PRAGMA application_id): “tqck”.
APPLICATION = 0x7471636B

_FIRST = """
CREATE TABLE rulesets (
    id INTEGER PRIMARY KEY,
    signature TEXT NOT NULL UNIQUE  -- version, rules, data and settings: all that may change findings
);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    began TEXT NOT NULL,
    ended TEXT,
    state TEXT NOT NULL,            -- running, done, interrupted, failed
    inputs TEXT NOT NULL,           -- JSON list
    rules INTEGER NOT NULL REFERENCES rulesets,
    process INTEGER NOT NULL
);
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,      -- address, folder or file
    moved_to TEXT
);
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs,
    feed INTEGER NOT NULL REFERENCES feeds,
    address TEXT NOT NULL,
    at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER,
    size INTEGER NOT NULL,
    seconds REAL NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX fetches_by_run ON fetches (run);
CREATE TABLE validators (
    address TEXT PRIMARY KEY,
    rules INTEGER NOT NULL REFERENCES rulesets,     -- by which the answer was worked through
    etag TEXT,
    last_modified TEXT
) WITHOUT ROWID;
CREATE TABLE misses (
    run INTEGER NOT NULL REFERENCES runs,
    feed INTEGER NOT NULL REFERENCES feeds,
    place TEXT NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX misses_by_run ON misses (run);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    feed INTEGER NOT NULL REFERENCES feeds,     -- that its text is taken from
    version INTEGER,                            -- the newest
    run INTEGER NOT NULL REFERENCES runs        -- that saw it first
);
CREATE TABLE listings (             -- which feeds list which articles
    feed INTEGER NOT NULL REFERENCES feeds,
    article INTEGER NOT NULL REFERENCES articles,
    run INTEGER NOT NULL REFERENCES runs,       -- that saw it there last, changed or not
    PRIMARY KEY (feed, article)
) WITHOUT ROWID;
CREATE INDEX listings_by_article ON listings (article);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    number INTEGER NOT NULL,        -- 1, 2, …: the text was edited
    run INTEGER NOT NULL REFERENCES runs,       -- that saw this text first
    checked INTEGER NOT NULL REFERENCES runs,   -- that checked it last
    text_hash TEXT NOT NULL,
    copy INTEGER NOT NULL,          -- 0: the first with this text; 1: another feed had it; 2: the same feed had it
    rules INTEGER NOT NULL REFERENCES rulesets,
    lang TEXT NOT NULL,
    source_lang TEXT,
    words INTEGER NOT NULL,
    score REAL NOT NULL,
    title TEXT,
    published TEXT,
    origin TEXT,
    failures TEXT NOT NULL,         -- JSON list
    UNIQUE (article, number)
);
CREATE INDEX versions_by_text ON versions (text_hash);
CREATE INDEX versions_by_run ON versions (run);
CREATE TABLE texts (
    version INTEGER PRIMARY KEY REFERENCES versions,
    packed BLOB NOT NULL            -- zlib of UTF-8
);
CREATE TABLE findings (
    version INTEGER NOT NULL REFERENCES versions,
    fingerprint TEXT NOT NULL,
    code TEXT NOT NULL,
    category TEXT NOT NULL,
    severity TEXT NOT NULL,
    confidence TEXT NOT NULL,
    message TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    context TEXT NOT NULL,
    suggestion TEXT
);
CREATE INDEX findings_by_version ON findings (version);
CREATE TABLE shards (
    digest TEXT NOT NULL,
    rules INTEGER NOT NULL REFERENCES rulesets,
    run INTEGER NOT NULL REFERENCES runs,
    place TEXT NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,            -- done, quarantined, begun (of its entries, the first `entries` are done)
    reason TEXT NOT NULL,
    PRIMARY KEY (digest, rules)
) WITHOUT ROWID;
"""

_SECOND = """
CREATE TABLE records (              -- of articles that stand in a file with others
    article INTEGER PRIMARY KEY REFERENCES articles,
    shard TEXT NOT NULL,            -- digest of the shard that its newest text is taken from
    line INTEGER NOT NULL           -- its number in the file
);
"""

SCRIPTS = (_FIRST, _SECOND)
VERSION = len(SCRIPTS)
