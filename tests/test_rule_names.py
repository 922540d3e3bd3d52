"""What is known of the rules without importing one."""

from __future__ import annotations

import subprocess
import sys

from tqcheck.rule_names import rule_names
from tqcheck.rules import load_rules


def test_files_are_called_as_their_rules() -> None:
    assert [*rule_names()] == [(rule.code, rule.name) for rule in load_rules()]


def test_settings_are_looked_at_without_importing_a_rule() -> None:
    code = (
        "import sys; from tqcheck.config import Settings; from tqcheck.validation import validate\n"
        "validate(Settings(select=('CAS', 'lowercase-name'))); print('tqcheck.rules' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
