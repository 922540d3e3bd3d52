"""Whether settings can be used at all. It is known without a rule, a language or an encoder being loaded."""

from __future__ import annotations

from dataclasses import replace

from tqcheck.config import Settings
from tqcheck.errors import ConfigError
from tqcheck.rule_names import rule_names
from tqcheck.select import select
from tqcheck.user_files import glossary, wishes


def validate(settings: Settings) -> None:
    """Raise ConfigError if the settings name a rule or a language that does not exist, a glossary or a word list
    that cannot be used, or need a language that they do not name; UnavailableError if they name an encoder that
    is not installed."""
    select(rule_names(), settings.select, settings.ignore, settings.extend_select)
    for _pattern, codes in settings.per_file_ignores:
        select(rule_names(), codes)
    for tag in (settings.lang, settings.source_lang):
        if tag is not None:
            from tqcheck.languages.loader import canonical

            canonical(tag)
    if settings.pairs and settings.source_lang is None:
        raise ConfigError('pairs needs source-lang: name the language of the originals, as in source-lang = "fr"')
    if settings.encoder is not None:
        from tqcheck.encoders import named

        named(settings.encoder)
    glossary(settings)
    wishes(settings)
    for _patterns, values in settings.paths:
        validate(replace(settings, paths=(), **{key.replace("-", "_"): value for key, value in values}))
