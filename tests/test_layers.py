"""Imports go down only: a module never imports from a higher layer, nor a rule an encoder."""

from __future__ import annotations

import ast
from pathlib import Path

import tqcheck

ROOT = Path(tqcheck.__file__).parent
LAYERS = {
    "__init__": 9, "__main__": 9, "cli": 8, "evaluation": 7, "audit": 7, "engine": 6, "overlaps": 6, "meaning": 6,
    "risk": 6, "comparison": 6, "rules": 5, "alignment": 5, "misfit": 5, "lengthwise": 5, "readers": 5, "reporters": 5,
    "config": 5, "select": 5, "score": 5, "witnesses": 4, "context": 3, "bitext": 3, "encoders": 3, "glossary": 3,
    "languages": 2, "text": 1, "patterns": 1, "fingerprint": 1, "model": 0, "errors": 0, "anchors": 4, "beads": 4,
    "clauses": 4, "crossings": 4, "_version": 0, "schema": 0, "suppressing": 6, "fixing": 6, "baseline": 6,
    "baselines": 6, "lsp": 8, "presets": 0, "config_values": 5, "house": 3, "house_lexicon": 4, "learning": 8,
    "workers": 7, "rule_names": 0, "signature": 5, "user_files": 5, "validation": 5,
}  # fmt: skip


def _part(module: str) -> str:
    return ([*module.split("."), "__init__"])[1]


def test_imports_go_down() -> None:
    wrong = []
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        layer = LAYERS[parts[0]]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tqcheck"):
                target = node.module if node.module != "tqcheck" else f"tqcheck.{node.names[0].name}"
                if _part(target) not in LAYERS:
                    target = "tqcheck"
                if LAYERS[_part(target)] > layer or (parts[0] == "rules" and _part(target) == "encoders"):
                    wrong.append(f"{path.relative_to(ROOT)} imports {target}")
    assert not wrong, "\n".join(wrong)
