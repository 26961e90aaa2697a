# `make run` starts the reader, `make test` checks everything. Plain pip commands: see README.md.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: run test lint bench score pictures clean

run: .venv/run-ready
	$(BIN)/dateline serve --samples

test: lint
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/run-ready
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.annotation
	$(BIN)/python -m benchmarks.importing 50 1000
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.search_page
	$(BIN)/python -m benchmarks.hostile
	$(BIN)/python -m benchmarks.entities

score: .venv/run-ready
	@$(BIN)/python -m benchmarks.score $(EVAL)

pictures: .venv/test-ready
	DATELINE_BROWSER=required $(BIN)/python -m pytest --quiet tests/browser/pictures.py

clean:
	rm -rf .venv

.venv/run-ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer.")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test-ready: .venv/run-ready
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@
