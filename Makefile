# `make help` lists what this file does. The first target that needs it makes .venv from requirements.lock.

PYTHON ?= python3
VENV := .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
UV := $(BIN)/uv
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
READY := $(VENV)/.ready
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-header pyproject.toml

# uv trusts what the system trusts, as pip does; else it fails behind some companies' proxies.
export UV_SYSTEM_CERTS := 1
# Without compiled modules every start would take seconds.
unexport PYTHONDONTWRITEBYTECODE
# An environment that happens to be active is not the one that make uses; IPython warns of the difference.
unexport VIRTUAL_ENV

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build test browser audit lint format test-lowest bench bench-faults bench-ocr bench-pdf bench-scale screenshots dictionary reference docs lock lab clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

build: $(READY) ## read data/raw; write data/jcdata.duckdb and data/clean
	@$(BIN)/jcdata build

test: lint $(VENV)/.browser ## lint, then all tests
	@$(BIN)/pytest -q -n auto

browser: $(READY) ## install Chromium and a Chinese font where they are missing, for the tests of what is seen
	@$(BIN)/python -m tests.making.browser

audit: $(READY) ## whether a lock file holds a version with a known hole
	@$(BIN)/python security/audit.py

lint: $(READY) ## style and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/sqlfluff lint --disable-progress-bar jcdata/sql
	@$(BIN)/mypy

format: $(READY) ## put the code into the project's style
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/sqlfluff fix --quiet jcdata/sql

test-lowest: $(LOWEST)/.ready $(LOWEST)/.browser ## all tests with the oldest versions that pyproject.toml allows
	@$(LOWEST)/bin/pytest -q -n auto -W default

bench: $(READY) ## measure the speed of this machine and of jcdata on it
	@$(BIN)/python benchmarks/bench.py

FOLDERS ?= data/raw
bench-faults: $(READY) ## change figures of documents (FOLDERS=data/raw) and count which changes the checks notice
	@$(BIN)/python benchmarks/faults.py $(FOLDERS)

bench-scale: $(READY) ## measure how builds of 100, 1,000 and 10,000 generated documents grow
	@$(BIN)/python benchmarks/scale.py

bench-pdf: $(VENV)/.browser ## measure the speed of reading PDF files, beside plain pdfplumber
	@$(BIN)/python benchmarks/pdf.py

bench-ocr: $(VENV)/.browser ## measure how well pages that are pictures are recognised
	@$(BIN)/python benchmarks/ocr.py

screenshots: build browser ## remake docs/images from the notebooks
	@$(BIN)/python -m tests.making.screenshots data/jcdata.duckdb

dictionary: $(READY) ## remake docs/data-dictionary.md from the schema
	@$(BIN)/jcdata tables --markdown > docs/data-dictionary.md

reference: $(READY) ## remake the pages of docs that specs and docstrings say
	@$(BIN)/python -m tests.making.reference_pages

docs: $(READY) ## the documentation as pages, build/docs/index.html
	@$(BIN)/zensical build --strict

lock: $(VENV)/uv.txt ## remake both locks from pyproject.toml, with the newest and the oldest versions
	@$(COMPILE) --upgrade --output-file requirements.lock
	@$(COMPILE) --upgrade --output-file requirements-lowest.lock --resolution lowest-direct

lab: $(READY) ## JupyterLab on notebooks/, with the database built if there is none
	@test -e data/jcdata.duckdb || $(BIN)/jcdata build
	@$(BIN)/jcdata lab

clean: ## remove what make made, data/clean excepted
	@rm -rf $(VENV) $(LOWEST) build dist data/jcdata.duckdb .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment with uv in it, which installs in seconds what takes pip more than a minute.
$(VENV)/uv.txt:
	@$(PYTHON) -c 'import sys; sys.exit("jcdata needs Python 3.11 or newer: make PYTHON=...") if sys.version_info < (3, 11) else 0'
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@sed -n '/^uv==/,/# via/p' requirements.lock > $@
	@$(PIP) install --require-hashes -r $@ || echo "Going on without uv, which is slower"

$(READY): requirements.lock pyproject.toml $(VENV)/uv.txt
	$(call install,$(VENV),$<)

$(LOWEST)/.ready: requirements-lowest.lock pyproject.toml $(VENV)/uv.txt
	@$(PYTHON) -m venv --clear --without-pip $(LOWEST)
	$(call install,$(LOWEST),$<)

# Looked for once in each environment, as each may have a Playwright that brings another Chromium.
%/.browser: %/.ready
	@$*/bin/python -m tests.making.browser
	@touch $@

define install
	@echo "Installing $(2)"
	@$(UV) pip sync --quiet --python $(1)/bin/python --require-hashes $(2) \
		|| $(PIP) --python $(1)/bin/python install --require-hashes -r $(2)
	@$(PIP) --python $(1)/bin/python install --no-deps --no-build-isolation --no-index --editable .
	@touch $@
endef
