# The commands that a person needs; `make` alone lists them.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
VENV_V2 := .venv-sdk-v2
# Errors only. The user's own pip configuration stays in force.
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq
DEMO   := examples/xgboost/pipeline.yaml

.DEFAULT_GOAL := help
.PHONY: help demo test test-sdk-v2 lint docs bench proofs corpus fuzz clean

help: ## list these commands
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

demo: $(VENV)/.installed-demo ## wire the XGBoost example and run it on this machine
	$(BIN)/stepwire solve $(DEMO) && $(BIN)/stepwire run $(DEMO)
	@echo; echo "To go on: source $(BIN)/activate, then stepwire --help; docs/index.md takes five minutes."

test: lint ## check style and types, then run all tests
	$(BIN)/python -m pytest -n auto --maxprocesses 4

test-sdk-v2: $(VENV_V2)/.installed ## check against version 2 of the SageMaker SDK, in an environment of its own
	PYTHONPATH=.typing $(VENV_V2)/bin/python -m pytest -q --confcutdir tests/contract_v2 tests/contract_v2

# The examples are checked twice: against the checkout, and as their readers have them, against the wheel.
lint: $(VENV)/.installed-test ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@rm -rf build/installed build/lib && $(PIP) install --no-deps --no-build-isolation --target build/installed .
	MYPYPATH=build/installed $(BIN)/mypy --cache-dir .mypy_cache/installed examples
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/.installed-test ## build the documentation's site in build/site, its links checked
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=.typing $(BIN)/mkdocs build --quiet

bench: $(VENV)/.installed-test ## measure the solver against its rivals (ten minutes)
	PYTHONPATH=tests $(BIN)/python -m benchmarks

proofs: $(VENV)/.installed-test $(VENV)/.installed-judge ## prove on many pipelines what runs and wirings guarantee (two hours)
	PYTHONPATH=tests $(BIN)/python -m judges $(JUDGES)
	PYTHONPATH=tests $(BIN)/python -m proofs definitions
	PYTHONPATH=tests $(BIN)/python -m proofs imports 5000
	PYTHONPATH=tests $(BIN)/python -m proofs edits 1000
	PYTHONPATH=tests $(BIN)/python -m proofs kills 500
	STEPWIRE_EDITS=1000 $(BIN)/python -m pytest -q tests/unit/deployment/test_random_edits.py

corpus: $(VENV)/.installed-test ## compare the best wirings of real pipelines with their authors'
	PYTHONPATH=tests $(BIN)/python -m corpus $(CORPUS)

fuzz: $(VENV)/.installed-test ## damage inputs at random and look that each ends in words (two minutes)
	PYTHONPATH=tests $(BIN)/python -m fuzz $(FUZZ)

clean: ## remove what the other commands made
	rm -rf $(VENV) $(VENV_V2) .stepwire .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp for each extra: install again when what is asked for has changed.
$(VENV)/.installed-%: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "installing stepwire[$*] into $(VENV)"
	@$(PIP) install -e '.[$*]' -c constraints.txt
	@touch $@

# The two versions of the SDK cannot share an environment. All that is needed is pinned, so nothing is resolved.
$(VENV_V2)/.installed: constraints-sdk-v2.txt | $(VENV_V2)/bin/pip
	@echo "installing version 2 of the SageMaker SDK into $(VENV_V2)"
	@$(VENV_V2)/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-compile -r constraints-sdk-v2.txt
	@touch $@

# pip is the last thing that venv makes, so an environment cut short is made again.
$(BIN)/pip $(VENV_V2)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "stepwire needs Python 3.11 or newer; '$(PYTHON)' is not. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(patsubst %/bin/pip,%,$@)
