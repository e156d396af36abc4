# govmatch: `make run` starts the demonstration, `make test` runs every test. Both install what they
# need into .venv; nothing outside this folder is touched, unless root wants Debian's packages.

PYTHON ?= python3
VENV ?= .venv
# Processes that share the tests: neighbours stay together, so that what a file's tests share is made
# once, and who has finished takes over from who has not.
WORKERS ?= 2
# Further words for the tests, such as ARGS="-k deadline".
ARGS ?=

# Thousands of short-lived databases: in memory where there is room (4 GB), which is four times faster.
SCRATCH := $(shell df -k --output=avail /dev/shm 2>/dev/null | \
	awk 'NR == 2 && $$1 > 4000000 { print "TMPDIR=/dev/shm" }')

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

# What an index has to do, whichever Whoosh it is made with.
CONTRACT := blocks checking engine facets following highlighting languages reading rebuilding rights \
	searching suggesting

export PYTHON VENV

.PHONY: help run test test-whoosh3 check bench bench-search quality chaos security screenshots lock clean
.DELETE_ON_ERROR:

help: ## say what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "  make %-13s %s\n", $$1, $$2}'

run: $(VENV)/.run ## start the demonstration on 127.0.0.1:8000
	@$(BIN)/govmatch demo

test: $(VENV)/.test ## run every test, on SQLite, on PostgreSQL and in a browser
	@.ci/provide browser postgresql pango
	@$(SCRATCH) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-whoosh3: build/whoosh3/.installed ## run the tests of the index with whoosh3 in the place of whoosh
	@PYTHONPATH=build/whoosh3 $(BIN)/python -c 'import whoosh; assert whoosh.__version__ > (3,)'
	@PYTHONPATH=build/whoosh3 $(SCRATCH) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
		$(addprefix tests/unit/search/test_,$(addsuffix .py,$(CONTRACT))) $(ARGS)

check: $(VENV)/.test ## form, lint, types, and who may import whom
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: bench-search $(VENV)/.test ## measure, each figure beside that of a constant page
	@$(BIN)/python -m tests.bench $(ARGS)

bench-search: $(VENV)/.test ## measure search and matching beside FTS5, tantivy and scipy (DATA=, OUT=)
	@failed=0; for part in search matching; do \
		$(BIN)/python -m tests.bench.$$part $(if $(DATA),--data $(DATA)) $(if $(OUT),--out $(OUT)) \
			|| failed=1; \
	done; exit $$failed

quality: $(VENV)/.test ## measure what search and matching find (DATA=../shared/bench OUT=build/quality)
	@$(BIN)/python -m tests.bench.quality $(if $(DATA),--data $(DATA)) $(if $(OUT),--out $(OUT))

chaos: $(VENV)/.test ## kill, cut and double under load, and count what was lost
	@.ci/provide compiler
	@$(BIN)/python -m tests.durability $(ARGS)

security: $(VENV)/.test ## run the tests that guard against a known class of weakness, by name
	@$(BIN)/python -m pytest -m security --verbose $(ARGS)

screenshots: $(VENV)/.test ## make the pictures of the README anew
	@.ci/provide browser
	@$(BIN)/python -m tests.screenshots

lock: $(BIN)/uv ## pin all packages anew in requirements/ (UPGRADE=--upgrade takes newer ones)
	@$(LOCK) pyproject.toml --extra postgresql -o requirements/run.txt
	@$(LOCK) --group build -c requirements/run.txt -o requirements/build.txt
	@$(LOCK) --group whoosh3 -o requirements/whoosh3.txt
	@$(LOCK) pyproject.toml --extra postgresql --extra pdf --group test -c requirements/run.txt \
		-c requirements/build.txt -o requirements/test.txt
	@echo "govmatch: requirements/ are pinned"

clean: ## remove what make and the tools made; the site's data stay
	@rm -rf $(VENV) dist build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find govmatch tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "govmatch: Python 3.11 or newer is needed; name it: make PYTHON=python3.11"; exit 1; }
	@.ci/provide venv
	@echo "govmatch: making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# Every package is pinned with its hash; the project itself is built with what is already here.
$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "govmatch: installing what the site needs; the first time this takes about a minute"
	@$(PIP) install --quiet --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "govmatch: installing what the tests need"
	@$(PIP) install --quiet --require-hashes -r requirements/test.txt
	@touch $@

build/whoosh3/.installed: requirements/whoosh3.txt | $(VENV)/.test
	@rm -rf $(@D)
	@$(PIP) install --quiet --no-deps --require-hashes -r $< --target $(@D)
	@touch $@

$(BIN)/uv: | $(VENV)/.run
	@$(PIP) install --quiet uv
