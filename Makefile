# One list of tasks for people and CI alike. `make help` shows it.
PYTHON ?= python3
PORT ?= 8000
DEMO ?= data/demo
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo demo-reset test check fmt bench bench-smoke fault lock docs clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Kenesh needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

setup: $(VENV)/.run ## make .venv and install Kenesh from the hash-locked requirements

setup-test: $(VENV)/.test ## the same, with what the tests need

demo: setup ## run a fictional council with a meeting in progress (PORT=8000)
	@$(BIN)/kenesh demo $(DEMO) --port $(PORT)

demo-reset: setup ## throw the demo's data away and start over (PORT=8000)
	@$(BIN)/kenesh demo $(DEMO) --port $(PORT) --reset

test: setup-test ## run the tests; those for a browser or real texts say when they cannot run
	$(BIN)/python -m pytest

check: setup-test ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: setup-test ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-test ## measure, with accuracy, beside named peers
	for b in benchmarks/*.py; do echo "== $$b"; $(BIN)/python $$b; done

bench-smoke: setup-test ## the same, short
	for b in benchmarks/*.py; do echo "== $$b"; $(BIN)/python $$b --short; done

fault: setup-test ## kill, fill and break it, at length
	KENESH_FAULT_ROUNDS=300 $(BIN)/python -m pytest tests/fault

docs: setup-test ## write the generated pages of docs/reference
	$(BIN)/python -m tests.docs.generate

lock: ## resolve the requirements anew, with hashes and without addresses (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml requirements-build.in -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --extra test pyproject.toml requirements-build.in -o requirements-test.lock

clean: ## remove .venv and caches, never data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
