# The only list of commands. Users need python3 (3.11.5 or newer) and make, nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check tools docs messages bench score bundle bundle-check

UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin
PORT ?= 8000
ARGS ?=
ARCH ?=
PYTHONS ?=
# The first interpreter on the path that is new enough; `make PYTHON=… setup` names another.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	"$$p" scripts/python_version.py --quiet 2>/dev/null && echo "$$p" && exit; done; echo python3)

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

help:
	@echo "make demo    the demonstration at http://127.0.0.1:8000 (PORT=8000)"
	@echo "make test    all tests; those whose tools are missing are skipped, and it says so"
	@echo "make check   format, lint, types, layers, migrations, assets, translations"
	@echo "make tools   Chromium, PostgreSQL, Spark with Java and a Chinese font, which fuller tests need"
	@echo "make docs    the reference pages, made from the code"
	@echo "make bench   how fast pages, commands, the intake and restoring are (ARGS=intake: that part)"
	@echo "make score   how well damaged text is restored"
	@echo "make bundle  one archive for installing without a network (ARCH=aarch64, PYTHONS=\"3.11\")"
	@echo "make bundle-check  make it, and install and use it where no network is"
	@echo "make setup   .venv from uv.lock (the others do it when needed)"

.tools/uv-$(UV_VERSION):
	@$(PYTHON) scripts/python_version.py
	@$(PYTHON) -m venv .tools || { echo "Python has no venv module; on Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"
	@touch $@

.venv/setup: .tools/uv-$(UV_VERSION) uv.lock pyproject.toml
	@$(PYTHON) scripts/python_version.py
	@$(UV) sync --frozen --quiet --compile-bytecode --python "$(PYTHON)"
	@touch $@

setup: .venv/setup
	@:

demo: setup
	@exec $(BIN)/jiedui demo --port $(PORT)

# Compiled once: tests start hundreds of commands, and where Python may write no bytecode each would
# compile everything again.
test: setup
	@$(BIN)/python -m compileall -q src
	@$(BIN)/pytest -n auto --dist worksteal $(ARGS)

# Checks read the settings, which make keys at first use: not among an office's own.
check: export JIEDUI_DATA := .cache/check
check: export JIEDUI_DATABASE_URL :=
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.layers
	$(BIN)/mypy --strict src tests scripts benchmarks
	$(BIN)/python -m django makemigrations --check --dry-run --settings jiedui.site.settings
	$(BIN)/python -m scripts.vendor check
	$(BIN)/python -m scripts.messages --check
	$(BIN)/python -m scripts.reference --check
	$(BIN)/python -m scripts.demonstration --check

docs: setup
	@$(BIN)/python -m scripts.reference

messages: setup
	@$(BIN)/python -m scripts.messages

# What Jiedui is measured against is no part of it, and is installed for this alone.
bench: setup
	@$(UV) sync --frozen --quiet --python "$(PYTHON)" --group bench
	@$(BIN)/python -m benchmarks $(ARGS)

# JIEDUI_SCORE_TEXT names a text to damage, a paragraph a line; else the shared articles or ours.
score: setup
	@$(BIN)/python -m benchmarks.score

# What an office carries to a machine without a network; see docs/operating.md.
bundle: setup
	@$(BIN)/python -m scripts.bundle make $(if $(ARCH),--arch $(ARCH)) $(if $(PYTHONS),--pythons "$(PYTHONS)")

bundle-check: setup
	@$(BIN)/python -m scripts.bundle check

tools: setup
	@sh scripts/tools.sh
	@$(UV) sync --frozen --quiet --compile-bytecode --python "$(PYTHON)" --extra spark --group fuzz
