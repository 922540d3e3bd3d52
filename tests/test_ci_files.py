"""What services read of us: the action, the GitLab template and the examples of docs/ci.md are valid by the
published schemas (of SchemaStore and GitLab, as check-jsonschema brings them), and their shell runs as the services
run it: by bash, with pip building and installing the code under test. Only the index of packages is not real (see
`installing.offline`), nor the other actions that a workflow uses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.installing import ROOT, copy, offline, wheel

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
TEMPLATE = "templates/tqcheck.gitlab-ci.yml"
SCHEMAS = {".github/workflows/": "github-workflows", ".gitlab-ci.yml": "gitlab-ci"}
# Of each fence of YAML in the page, the file that it is an example of.
EXAMPLES = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", (ROOT / "docs/ci.md").read_text("utf-8"), re.M | re.S)
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
FAULTY = "The port in france is open.\n"


def _valid(schema: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    result = subprocess.run(command, capture_output=True, check=False, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_action_is_valid() -> None:
    _valid("github-actions", ROOT / "action.yml")
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)  # what a workflow gives must not become a script


def test_the_template_is_valid() -> None:
    _valid("gitlab-ci", ROOT / TEMPLATE)


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(EXAMPLES)])
def test_an_example_is_valid(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / Path(name).name
    path.write_text(text, "utf-8")
    example = yaml.safe_load(text)
    if name == ".pre-commit-config.yaml":
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
        result = subprocess.run(command, capture_output=True, check=False, text=True)
        assert (result.returncode, result.stdout + result.stderr) == (0, "")
        hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
        assert {hook["id"] for hook in example["repos"][0]["hooks"]} <= hooks
        return
    _valid(next(schema for start, schema in SCHEMAS.items() if name.startswith(start)), path)
    if name == ".gitlab-ci.yml":
        for include in example.get("include", ()):
            assert (ROOT / include["file"]).is_file()
            known = yaml.safe_load((ROOT / include["file"]).read_text("utf-8"))["tqcheck"]["variables"]
            assert set(example["tqcheck"]["variables"]) <= set(known)
        return
    for job in example["jobs"].values():
        for step in job["steps"]:
            if step.get("uses", "").startswith("OWNER/tqcheck@"):
                assert set(step.get("with", {})) <= set(ACTION["inputs"])


def test_every_kind_of_example_is_there() -> None:
    assert {name for name, _text in EXAMPLES} >= {".pre-commit-config.yaml", ".gitlab-ci.yml"}
    assert sum(name.startswith(".github/") for name, _text in EXAMPLES) == 5


class Job(NamedTuple):
    """What a run of the action leaves."""

    failed_in: str | None
    outputs: dict[str, str]
    log: str
    summary: str
    uploads: bool


class Runner:
    """Runs the steps of the action as GitHub does: the inputs put in, each script by bash, outputs read from a file."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self._home, self._environment = home, environment
        self._action = copy(home / "action")

    def run(self, workspace: Path, *, installed: dict[str, str] | None = None, **inputs: str) -> Job:
        """Run all steps, or those after the installation where its outputs are given."""
        values = {f"inputs.{key}": facts.get("default", "") for key, facts in ACTION["inputs"].items()}
        values |= {f"inputs.{key.replace('_', '-')}": value for key, value in inputs.items()}
        values["github.action_path"] = str(self._action)
        values |= {f"steps.install.outputs.{k}": v for k, v in (installed or {}).items()}
        log, uploads = "", False
        summary = self._home / "summary"
        summary.write_text("", "utf-8")

        def filled(text: str) -> str:
            return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: values[match[1]], text)

        def quoted(match: re.Match[str]) -> str:
            return repr(values[match[0]])

        for step in ACTION["runs"]["steps"]:
            if step.get("id") == "install" and installed is not None:
                continue
            if "uses" in step:
                uploads = eval(re.sub(r"[a-z][\w.-]*\.[\w.-]+", quoted, step["if"][3:-2]).replace("&&", "and"))
                continue
            assert step["shell"] == "bash"
            script, output = self._home / "script.sh", self._home / "output"
            script.write_text(step["run"], "utf-8")
            output.write_text("", "utf-8")
            service = {
                "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(workspace), "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(self._home),
            }  # fmt: skip
            given = {key: filled(value) for key, value in step["env"].items()}
            result = subprocess.run(
                [*BASH, str(script)], cwd=workspace, env={**self._environment, **service, **given},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8",
            )  # fmt: skip
            log += result.stdout
            told = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
            values |= {f"steps.{step.get('id')}.outputs.{key}": value for key, value in told.items()}
            if result.returncode:
                return Job(step["name"], _outputs(values), log, summary.read_text("utf-8"), uploads)
        return Job(None, _outputs(values), log, summary.read_text("utf-8"), uploads)


def _outputs(values: dict[str, str]) -> dict[str, str]:
    told = {name: re.fullmatch(r"\$\{\{ *(.+?) *\}\}", facts["value"]) for name, facts in ACTION["outputs"].items()}
    return {name: values[match[1]] for name, match in told.items() if match and match[1] in values}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    home = tmp_path_factory.mktemp("runner")
    return Runner(home, offline(home))


@pytest.fixture(scope="module")
def installed(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The first run: it installs the action's own version. The others use what it installed."""
    workspace = tmp_path_factory.mktemp("first")
    (workspace / "a.md").write_text("The bridge is open.\n", "utf-8")
    (workspace / "shlex.py").write_text("raise SystemExit('a module of the articles was run')\n", "utf-8")
    job = runner.run(workspace)
    assert job.failed_in is None, job.log
    assert job.outputs == {"exit-code": "0", "report": ""}
    return {"bin": str(runner._home / "tqcheck" / "bin")}


def test_the_action_annotates_and_fails(runner: Runner, installed: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "x.md").write_text(FAULTY, "utf-8")
    (tmp_path / "--output=y.md").write_text("Storms in france.\n", "utf-8")
    job = runner.run(tmp_path, installed=installed, paths="a b\n\n--output=y.md\n", args="--lang 'en'")
    assert job.failed_in == "Fail where articles or the run did"
    assert "::warning title=CAS101 lowercase-name (high),file=a b/x.md,line=1," in job.log
    assert "file=--output=y.md," in job.log
    assert job.outputs["exit-code"] == "1"
    assert job.summary.startswith("## tqcheck")
    lenient = runner.run(tmp_path, installed=installed, args="--lang en", fail_on="critical")
    assert lenient.failed_in is None
    assert "::warning" in lenient.log


def test_the_action_sends_sarif(runner: Runner, installed: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    given = {"format": "sarif", "upload_sarif": "true", "fail_on": "never"}
    job = runner.run(tmp_path, installed=installed, args="--lang en", **given)
    assert (job.failed_in, job.uploads) == (None, True)
    assert job.outputs == {"exit-code": "0", "report": "tqcheck.sarif"}
    assert json.loads((tmp_path / "tqcheck.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert not runner.run(tmp_path, installed=installed, format="sarif").uploads
    wrong = runner.run(tmp_path, installed=installed, args="--lang en --min-confidence none", **given)
    assert (wrong.uploads, wrong.outputs["exit-code"]) == (False, "2")
    assert wrong.failed_in == ACTION["runs"]["steps"][-1]["name"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ("--lang en --select 'CAS101, REP101' --ignore $(touch>pwned)", "$(touch"),
        ("--lang en `touch>pwned`", "touch"),
        ("--lang 'en", "the input args cannot be split"),
    ],
)
def test_args_are_words_and_never_run(
    runner: Runner, installed: dict[str, str], tmp_path: Path, args: str, told: str
) -> None:
    (tmp_path / "a.md").write_text(FAULTY, "utf-8")
    job = runner.run(tmp_path, installed=installed, args=args, format="concise")
    assert job.failed_in is not None
    assert told in job.log
    assert "Traceback" not in job.log
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize(("version", "told"), [(">=0.1,<9", None), ("99.1", "No matching distribution found")])
def test_a_version_can_be_asked_for(
    runner: Runner, installed: dict[str, str], tmp_path: Path, version: str, told: str | None
) -> None:
    """What is installed already will do, so no index is needed; what is not cannot be had without one."""
    (tmp_path / "a.md").write_text("The bridge is open.\n", "utf-8")
    job = runner.run(tmp_path, version=version)
    assert job.outputs.get("exit-code") == (None if told else "0"), job.log
    assert told is None or f"{told} for tqcheck==99.1" in job.log


def test_the_template_runs(tmp_path: Path) -> None:
    index = offline(tmp_path / "home")
    index["PIP_FIND_LINKS"] = str(wheel(tmp_path / "wheels", index))
    builds = tmp_path / "python"
    subprocess.run([sys.executable, "-m", "venv", str(builds)], check=True, env=index)
    path = f"{builds / 'bin'}:{index['PATH']}"
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "a.md").write_text(FAULTY, "utf-8")
    job = yaml.safe_load((ROOT / TEMPLATE).read_text("utf-8"))["tqcheck"]
    given = {**job["variables"], "TQCHECK_INSTALL": "tqcheck>=0.1,<1", "TQCHECK_ARGS": "--lang en --fail-on major"}
    service = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(workspace)}
    given = {key: value.replace("$CI_PROJECT_DIR", str(workspace)) for key, value in given.items()}
    result = subprocess.run(
        [*BASH, "-c", "\n".join(job["before_script"] + job["script"])], cwd=workspace,
        env={**index, "PATH": path, **service, **given}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert result.returncode == 1, result.stdout
    report = job["artifacts"]["reports"]["codequality"]
    (entry,) = json.loads((workspace / report).read_text("utf-8"))
    assert (entry["check_name"], entry["location"]["path"]) == ("CAS101", "a.md")
    assert (workspace / ".cache" / "tqcheck").is_dir()
