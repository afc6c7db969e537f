# make run   starts the dashboard          make quick  what to run after each change, in under a minute
# make lint  form, types, spelling         make test   runs every check; make test-all runs the wider sweeps too
# make bench measures the budgets           make check  checks the data and what is made
# make load  measures many readers at once  make static writes the plain pages: ADDRESS=https://... APP=https://...
# make shapes  measures how long, wordy and linked each page is
# make contract  lays data/datapackage.json out, one column of a table a line
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run quick test test-all lint check contract bench load shapes static clean
.PHONY: lint-form lint-rules lint-types lint-spelling lint-package quick-tests

run: .venv/.run
	$(BIN)/python -m streamlit run app.py

# The targets of lint and quick are started side by side, on two cores; each says what it found when it is done.
TOGETHER := $(MAKE) --no-print-directory -j2 --output-sync=target

quick: .venv/.dev
	$(TOGETHER) quick-tests check lint-form lint-rules lint-types

quick-tests:
	$(BIN)/python -m pytest -m "quick and not slow and not sweep" --ignore tests/browser --ignore tests/web/replicas

test: lint
	$(BIN)/python -m pytest -n auto --dist worksteal

test-all: lint
	$(BIN)/python -m pytest -n auto --dist worksteal -m "sweep or not sweep"

lint: .venv/.dev
	$(TOGETHER) lint-types check lint-form lint-rules lint-spelling lint-package

lint-form:
	$(BIN)/ruff format --check .

lint-rules:
	$(BIN)/ruff check .

lint-types:
	$(BIN)/mypy

lint-spelling:
	$(BIN)/codespell

lint-package:
	$(BIN)/frictionless validate data/datapackage.json

# With textstat, of the tools of development, it looks at reading grades too.
check: .venv/.dev
	$(BIN)/python -m sidebyside check

contract: .venv/.run
	$(BIN)/python -c "from sidebyside import tables; tables.format_contract()"

bench: .venv/.dev
	$(BIN)/python benchmarks/bench.py

load: .venv/.dev
	$(BIN)/python benchmarks/load.py

shapes: .venv/.dev
	$(BIN)/python benchmarks/shapes.py

static: .venv/.run
	$(BIN)/python -m sidebyside build $(if $(ADDRESS),--address $(ADDRESS)) $(if $(APP),--app $(APP))

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: requirements.txt constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
