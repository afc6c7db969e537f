# make run   starts the dashboard          make test   runs every check
# make bench measures the budgets           make check  checks the data and what is made
# make load  measures many readers at once  make static writes the plain pages: ADDRESS=https://... APP=https://...
# make contract  lays data/datapackage.json out, one column of a table a line
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint check contract bench load static clean

run: .venv/.run
	$(BIN)/python -m streamlit run app.py

test: lint
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/frictionless validate data/datapackage.json

check: .venv/.run
	$(BIN)/python -m sidebyside.check

contract: .venv/.run
	$(BIN)/python -c "from sidebyside import tables; tables.format_contract()"

bench: .venv/.dev
	$(BIN)/python benchmarks/bench.py

load: .venv/.dev
	$(BIN)/python benchmarks/load.py

static: .venv/.run
	$(BIN)/python -m sidebyside.edition $(if $(ADDRESS),--address $(ADDRESS)) $(if $(APP),--app $(APP))

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
