# Two commands set everything up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
TORCH := $(VENV)/.installed-torch
EVAL := ../shared/eval

.PHONY: demo demo-audit test test-torch test-all lint types docs docs-check eval precision names bench clean

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(DEV): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,docs]'
	touch $@

# A CPU build by its exact name: plain `torch` would pull gigabytes of CUDA. Other versions: make test-all TORCH_CPU=…
TORCH_CPU ?= torch==2.13.0+cpu
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
$(TORCH): $(DEV)
	@$(BIN)/python -c 'import torch' 2>/dev/null || $(PIP) '$(TORCH_CPU)' \
	  || { echo "no CPU build $(TORCH_CPU) to be had here: install torch into $(VENV) yourself, then run make test-all"; exit 1; }
	$(PIP) --editable '.[sentence-transformers]'
	touch $@

demo: $(STAMP)  ## install, then check the sample article
	@# The sample has faults on purpose: exit code 1 is what the demo is about.
	@$(BIN)/tqcheck check data/sample/port-strike.en.txt --lang en --source data/sample/port-strike.fr.txt --source-lang fr || test $$? -eq 1

demo-audit: $(DEV)  ## audit two days of sample feeds that a server on this machine sends
	@$(BIN)/python scripts/demo_audit.py build/demo-audit

test: $(DEV)  ## install, then run every test that needs no torch
	$(BIN)/python -m pytest -q -n auto

test-torch: $(TORCH)  ## install sentence-transformers too (torch for the CPU), then run the tests that need them
	$(BIN)/python -m pytest -q -m torch

test-all: test test-torch  ## every test

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

docs: $(DEV)  ## write the rule pages from the rules, and build the site; a link that leads nowhere is an error
	$(BIN)/python -m tqcheck.evaluation.docs docs
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --nitpicky --quiet --fresh-env --write-all --jobs auto -d build/doctrees docs site
	@echo "the site begins at site/index.html"

docs-check: docs  ## … and fail if the pages in the repository were old
	git diff --exit-code --stat docs

eval: $(STAMP)  ## score the tool as a black box, where the evaluation data is
	@if test -f $(EVAL)/run.py; then \
	  $(BIN)/python $(EVAL)/run.py seed clean wild demetr lift speed --no-source --cmd $(BIN)/tqcheck --python $(BIN)/python; \
	else echo "no evaluation data at $(EVAL): nothing to score"; fi

# Languages that the evaluation data lacks: HUMAN=nl.jsonl, made by scripts/manual_text.py.
HUMAN ?=
# One rule alone: SELECT=NUM101 (codes or prefixes, with commas).
SELECT ?=
precision: $(STAMP)  ## measure every rule again and write the confidence table
	$(BIN)/python scripts/measure_precision.py $(EVAL)/data $(if $(HUMAN),--human $(HUMAN)) $(if $(SELECT),--select $(SELECT))

names: $(DEV)  ## derive the name lexicons again
	$(BIN)/python scripts/build_names.py

bench: $(DEV)  ## ratios of one run on this machine
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/alignment.py
	$(BIN)/python benchmarks/lsp.py
	$(BIN)/python benchmarks/audit.py
	$(BIN)/python benchmarks/feeds.py

clean:
	rm -rf $(VENV) build dist site *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
