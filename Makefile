# One verb each, for people and for CI. `make` alone explains them.
PYTHON ?= python3
PORT ?= 8000
# How many tests at once.
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
REQUIREMENTS := requirements/build.txt requirements/runtime.txt
PYTEST := $(BIN)/python -m pytest -n $(JOBS)
CATALOGUES := workflow/translations
# Where a single missed branch is a rule that nobody tested.
COVERED_WHOLLY := workflow/domain/*,workflow/permissions.py,exports/*

.DEFAULT_GOAL := help
.PHONY: help run test test-all check lint test-sqlite bench lighthouse scrolling pictures translations catalogues requirements system clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runs catalogues ## start the demonstration on http://localhost:8000 (PORT=... for another)
	@$(BIN)/workflow demo
	@exec $(BIN)/workflow serve --port $(PORT)

test: $(VENV)/.tests catalogues system ## every test on both database engines, in a browser and through LibreOffice
	@$(BIN)/coverage erase
	$(PYTEST) --cov --cov-report= $(SELECTED)
	$(BIN)/coverage report --fail-under=95
	$(BIN)/coverage report --fail-under=100 --include='$(COVERED_WHOLLY)'

test-all: SELECTED := -m ''
test-all: test ## the same and what takes longer

# Said together with `test`, as CI does, `check` leaves the tests to it.
check: lint $(if $(filter test test-all,$(MAKECMDGOALS)),,test-sqlite) ## formatting, lint, types, imports, templates; the tests on SQLite

lint: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet

test-sqlite: $(VENV)/.tests catalogues lint
	WORKFLOW_TEST_ENGINES=sqlite $(PYTEST) -m 'not slow and not browser and not documents'

bench: $(VENV)/.tests catalogues ## measure what has to be fast, side by side
	$(BIN)/python -m benchmarks

lighthouse: $(VENV)/.tests catalogues ## have Lighthouse judge the pages people work on (needs npm and Chromium)
	@sh tools/lighthouse.sh $(BIN)/python $(VENV)/lighthouse

scrolling: $(VENV)/.tests catalogues ## scroll through 300 paragraphs and count the frames that come late (needs Chromium)
	@$(BIN)/python -m tests.browser.scrolling

pictures: $(VENV)/.tests catalogues system ## take the README's pictures anew
	@$(BIN)/python -m tests.browser.pictures

translations: $(VENV)/.tests ## bring the interface's catalogues up to date with the code, then compile them
	@mkdir -p var
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keyword lazy_gettext --keyword _l --no-wrap --sort-by-file \
		--add-location file --add-comments 'Translators:' --project Alternat --output-file var/messages.pot .
	$(BIN)/pybabel --quiet update --input-file var/messages.pot --output-dir $(CATALOGUES) --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/python tools/catalogues.py

catalogues: $(VENV)/.runs
	@$(BIN)/python tools/catalogues.py

requirements: ## resolve the pinned requirements anew (needs uv)
	@sh tools/requirements.sh

system:
	@sh tools/system_packages.sh
	@sh tools/validator.sh $(VENV)/node

clean: ## remove the environment and all that was made, the demonstration's database apart
	rm -rf $(VENV) dist build htmlcov .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find workflow -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are older than the requirements whenever these change, and only then.
$(VENV)/.runs: $(REQUIREMENTS) pyproject.toml tools/environment.sh
	@sh tools/environment.sh "$(PYTHON)" $(VENV) $(REQUIREMENTS)
	@touch $@

$(VENV)/.tests: $(VENV)/.runs requirements/development.txt
	@sh tools/environment.sh "$(PYTHON)" $(VENV) requirements/development.txt
	@touch $@
