"""The schemas of the reports for services: published ones, and ours where none is published (schemas/README.md)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from lxml import etree

FORMS = ("sarif", "junit", "gitlab", "rdjson")
_FOLDER = Path(__file__).parent / "schemas"


def validate(form: str, text: str) -> None:
    """Raise an error that says where a report breaks its schema; for a form without one, do nothing."""
    if form == "junit":
        _junit().assertValid(etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True)))
    elif form in FORMS:
        _json(form).validate(json.loads(text))


@cache
def _junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_FOLDER / "junit-10.xsd"))


@cache
def _json(form: str) -> Any:
    if form == "sarif":
        return Draft4Validator(_read("sarif-2.1.0-rtm.5.json"), format_checker=FormatChecker())
    return Draft202012Validator(_read({"gitlab": "gitlab-codequality.json", "rdjson": "rdjson.json"}[form]))


def _read(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text("utf-8"))
