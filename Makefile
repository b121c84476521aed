# Two commands are the whole set-up: `make demo` shows a design, `make test` checks this project.
# Plain make and Python 3.11 or newer are enough; each target makes .venv from a lock with exact versions.

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
EXAMPLE ?= $(or $(wildcard examples/startup/brief.md),$(firstword $(sort $(wildcard examples/*/brief.md))))
OUT ?= out/demo
FUZZ_RUNS ?= 2000
UV_VERSION := 0.13.9

# The first of these that is Python 3.11 or newer. PYTHON=/path/to/python overrides it.
CANDIDATES := $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14 python
OLD_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

KNOWLEDGE := src/archsmith/knowledge
SNAPSHOT := $(KNOWLEDGE)/snapshot.json
BYTECODE := $(VENV)/.bytecode
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
# Linters that come from npm; a machine without node does without them, and the tests say so.
NPM := tests/tools/npm
NPM_STAMP := $(NPM)/node_modules/.package-lock.json
PIP := $(PY) -m pip --disable-pip-version-check --quiet

.PHONY: help npm-tools demo test check check-all score-corpus fuzz golden docs bench lock clean

help:
	@echo "make demo    design $(or $(EXAMPLE),an example) into $(OUT)"
	@echo "make test    install the development tools and run every check"
	@echo "make check   the checks alone: format, lint, types, imports, generated docs, tests"
	@echo "make check-all  and what takes long: every example and every corpus brief through every tool"
	@echo "make score-corpus  compare what the command line says of the corpus with what reviewers expect"
	@echo "make fuzz    read FUZZ_RUNS made-up briefs, guided by coverage"
	@echo "make golden  rewrite the expected outputs in tests/golden (read the diff before you commit it)"
	@echo "make docs    rewrite the generated pages in docs/reference"
	@echo "make bench   measure start-up, one design and growth with the size of the brief"
	@echo "make lock    resolve requirements/*.lock anew from pyproject.toml"
	@echo "make npm-tools  install the linters that come from npm, where node is"
	@echo "make clean   remove .venv, out and caches"

# One recipe makes the environment, whoever asks for it first.
$(PY):
	@for c in $(CANDIDATES); do \
	  if command -v "$$c" >/dev/null 2>&1 && "$$c" -c '$(OLD_ENOUGH)' >/dev/null 2>&1; then \
	    echo "making $(VENV) with $$("$$c" --version) ($$(command -v "$$c"))"; \
	    exec "$$c" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "archsmith needs Python 3.11 or newer with the venv module; tried: $(CANDIDATES)." >&2; \
	echo "Install it (Debian: apt-get install python3-venv) or name one: make PYTHON=/path/to/python3.11" >&2; \
	exit 1

# The package itself is installed in place, without resolving anything: the lock is the whole truth.
$(RUN_STAMP): requirements/run.lock pyproject.toml | $(PY)
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_STAMP): requirements/dev.lock pyproject.toml | $(PY)
	$(PIP) install --require-hashes -r requirements/dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(RUN_STAMP) $@

$(NPM_STAMP): $(NPM)/package.json $(NPM)/package-lock.json
	@if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then \
	  (cd $(NPM) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch $@ \
	    || echo "npm ci did not work in $(NPM): the tests that need its tools are skipped"; \
	else \
	  echo "node and npm are not on PATH: the tests that need tools from $(NPM) are skipped"; \
	fi

npm-tools: $(NPM_STAMP)

# The tables of knowledge as one file of JSON, which is read in a fraction of the time that the YAML takes.
$(SNAPSHOT): $(wildcard $(KNOWLEDGE)/data/*.yaml $(KNOWLEDGE)/data/*/*.yaml)
	$(PY) -m archsmith.knowledge.snapshot

# Compiled here, since not every environment lets Python keep what it compiles (PYTHONDONTWRITEBYTECODE): reading the
# sources at each start takes a third of a design's time.
$(BYTECODE): $(shell find src/archsmith -name '*.py') | $(PY)
	-$(PY) -m compileall -q -j 0 src/archsmith
	@touch $@

demo: $(RUN_STAMP) $(SNAPSHOT) $(BYTECODE)
	@test -n "$(EXAMPLE)" || { echo "there is no examples/*/brief.md to design" >&2; exit 1; }
	@$(VENV)/bin/archsmith design $(EXAMPLE) -o $(OUT) || test $$? -eq 1  # 1: a design with findings
	@echo
	@echo "The design of $(EXAMPLE) is in $(OUT)/"
	@echo "Open $(OUT)/README.md first, then $(OUT)/architecture.md."

test: $(DEV_STAMP) $(SNAPSHOT) $(BYTECODE)
	@$(MAKE) --no-print-directory check

check: $(DEV_STAMP) npm-tools
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	$(PY) docs/generate.py --check
	$(PY) -m pytest -n 2 -m "not all"

# What takes too long for each commit: every example, every brief of the corpus, every tool.
# ClickHouse in one process has 814 MB; nothing else needs it, so it is in no lock.
check-all: check
	$(PIP) install -c requirements/constraints.txt chdb==4.4.0
	$(PY) -m pytest -n 2 -m all

# Exit code 0 however good the score: tests/corpus/test_floors.py holds the figures.
score-corpus: $(DEV_STAMP) $(SNAPSHOT)
	$(PY) -m tests.corpus.scoring

# libFuzzer through atheris, on Linux; nothing else needs it, so it is in no lock.
fuzz: $(DEV_STAMP) $(SNAPSHOT)
	$(PIP) install atheris==3.0.0
	@mkdir -p out/fuzz/failures
	$(PY) -m tests.fuzz.reading out/fuzz/inputs -atheris_runs=$(FUZZ_RUNS) -seed=1 -artifact_prefix=out/fuzz/failures/

golden: $(DEV_STAMP)
	$(PY) -m tests.golden.update
	@git status --short tests/golden 2>/dev/null || true

docs: $(DEV_STAMP)
	$(PY) docs/generate.py

bench: $(RUN_STAMP) $(SNAPSHOT) $(BYTECODE)
	$(PY) benchmarks/run.py

# --universal writes one lock for every platform; no index address is written into it.
lock: | $(PY)
	$(PIP) install --target $(VENV)/lock-tools --upgrade uv==$(UV_VERSION)
	PYTHONPATH=$(VENV)/lock-tools UV_CUSTOM_COMPILE_COMMAND="make lock" ./requirements/resolve.sh $(abspath $(PY))

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find src tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
