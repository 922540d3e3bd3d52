"""How Sphinx makes a site of these pages; `make docs` runs it.

The pages are plain Markdown, which the code host shows too, so nothing in them speaks to Sphinx. The navigation is
read from the lists of links in `index.md`: a page that is missing there fails the build.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent.parent))

from tqcheck import __version__

project = "tqcheck"
author = "tqcheck contributors"
release = version = __version__
root_doc = "index"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["conf.py"]
language = "en"

# Links and anchors are those of the code host.
myst_heading_anchors = 4
nitpicky = True
# Fences hold commands and what they print, patterns and made-up formats: not every one is a language to colour.
highlight_language = "none"

html_theme = "furo"
html_title = f"tqcheck {__version__}"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
# Typographic quotes are part of the examples.
smartquotes = False

_ENTRY = re.compile(r"^- \[.+?\]\((\S+?)\.md\)", re.M)


def navigation(markdown: str) -> str:
    """Return the tree of pages that the sections of `index.md` list, for Sphinx alone."""
    trees = []
    for section in markdown.split("\n## ")[1:]:
        title = section.partition("\n")[0]
        pages = "\n".join(_ENTRY.findall(section))
        trees.append(f"```{{toctree}}\n:hidden:\n:caption: {title}\n\n{pages}\n```\n")
    return "\n".join(trees)


def _with_navigation(_app: Sphinx, page: str, content: list[str]) -> None:
    if page == root_doc:
        content[0] += "\n" + navigation(content[0])
    elif page == "rules/index":
        content[0] += "\n```{toctree}\n:hidden:\n:glob:\n\n*\n```\n"


def setup(app: Sphinx) -> None:
    """Put the navigation in when the pages are read."""
    app.connect("source-read", _with_navigation)
