"""The language server: the same checks while an article is written. Needs the extra `tqcheck[lsp]`.

`server.py` speaks the protocol (LSP 3.17) and holds nothing else; `documents.py` keeps the open texts,
`checking.py` decides when one is checked, `files.py` what applies to it, `diagnostics.py`, `hover.py` and
`actions.py` make of a report what an editor shows.
"""
