"""The language server: the same checks while an article is written. Needs the extra `tqcheck[lsp]`.

`features.py` answers the messages of the protocol (LSP 3.17), `server.py` holds what they share; `documents.py` keeps
the open texts, `checking.py` decides when one is checked, `files.py` what applies to it; `diagnostics.py`, `hover.py`,
`actions.py` and `suppress.py` make of a report what an editor shows and offers.
"""
