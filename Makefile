# Two commands: `make run` opens the dashboard, `make test` runs every test. Python 3.11 or newer and make are enough.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run install install-dev test looks check bench accuracy wheel clean

help:
	@echo 'make run       open the dashboard (options: make run ARGS="--port 9000")'
	@echo 'make test      run every test (one: make test ARGS="-k durand")'
	@echo 'make looks     take the pictures anew that the page is compared with'
	@echo 'make check     lint, format, types and the order of imports'
	@echo 'make bench     measure speed and memory'
	@echo 'make accuracy  measure how well articles are read'
	@echo 'make wheel     build the package into dist/'
	@echo 'make clean     remove what these commands made'

run: install
	@exec $(BIN)/python -m geo.cli serve $(ARGS)

# In as many processes as there are processors, up to four; tests/conftest.py says which test goes to which.
test: install-dev
	@exec $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

looks: install-dev
	@RENEW_LOOKS=1 $(BIN)/python -m pytest tests/browser/test_looks.py
	@echo 'Look at tests/browser/looks before you commit.'

check: install-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: install-dev
	@exec $(BIN)/python -m tests.benchmarks $(ARGS)

accuracy: install-dev
	@exec $(BIN)/python -m tests.accuracy $(ARGS)

wheel: install-dev
	@exec $(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) .venv-nominatim build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# A stamp is newer than its lock once everything in the lock is installed, so that the next run installs nothing.
install: $(VENV)/run.stamp
install-dev: $(VENV)/dev.stamp

$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo 'Installing what the dashboard needs; this happens once.'
	@$(INSTALL) -r $<
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(BIN)/python
	@echo 'Installing what the tests need; this happens once.'
	@$(INSTALL) -r $<
	@touch $@ $(VENV)/run.stamp

$(BIN)/python:
	$(if $(PYTHON),,$(error Python 3.11 or newer is needed and none was found; name one: make PYTHON=/path/to/python))
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
