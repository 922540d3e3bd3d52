"""Reports of ours: in a folder of articles they are none."""

from __future__ import annotations

from tqcheck.model import Article

# Stands in the head of every page that we write.
MARK = '<meta name="generator" content="tqcheck '
REASON = "a report of tqcheck, no article"
# The mark stands before style and script.
_HEAD = 4096


def own(article: Article) -> bool:
    """Tell whether what was read as an article is a report of ours."""
    return MARK in article.text[:_HEAD] and (article.path or "").lower().endswith((".html", ".htm"))
