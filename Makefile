# The two commands are "make run" and "make test"; both set up what they need, in .venv and nowhere else.
# Settings: PORT, HOST, DATA_DIR, HTTPS=1, DATABASE_URL with REDIS_URL; PYTHON chooses the interpreter.

.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NODE_USE_SYSTEM_CA ?= 1
# Where an image forbids bytecode, each of our many processes would compile the whole program again (a second of it).
unexport PYTHONDONTWRITEBYTECODE
# The lock files name everything, so nothing is left to resolve: pip would look for newer releases of some (extras).
PIP := .venv/bin/python -m pip install --quiet --no-input --no-deps
BENCHMARKS := registrations programme tickets rush booths plans growth matchmaking_scale matchmaking

# A checkout that was moved, or whose Python was removed, has an environment that no longer runs: start over.
$(shell test -d .venv && ! .venv/bin/python -c "" 2>/dev/null && rm -rf .venv)

help:
	@echo "make run                 start everything (PORT, HOST, DATA_DIR, HTTPS=1)"
	@echo "make test                lint, types, import contracts, all tests"
	@echo "make test-fast           tests without a browser"
	@echo "make pictures            the browser's journeys, leaving every page at 390 and 1280 px in var/screenshots"
	@echo "make bench               all benchmarks; make bench-tickets runs one"
	@echo "make lint | types        one gate"
	@echo "make messages            bring the translation catalogue up to date"
	@echo "make lock                bring the lock files up to date (UPGRADE=--upgrade for newer versions)"
	@echo "make clean               remove what can be made again (not var/)"

run: .venv/.runtime .venv/.node
	@.venv/bin/python -m digital_days.assets
	@exec .venv/bin/python -m digital_days run

test: dev browser
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n 2 --dist loadgroup

pictures: dev browser
	PICTURES=1 .venv/bin/pytest -n 2 --dist loadgroup tests/journeys
	@echo "var/screenshots"

test-fast: dev
	.venv/bin/pytest -n 2 --dist loadgroup --ignore=tests/journeys

lint: dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: dev
	.venv/bin/mypy

bench: $(BENCHMARKS:%=bench-%)

bench-%: dev
	.venv/bin/python -m benchmarks.$*

messages: dev
	.venv/bin/python -m digital_days.messages

# ---- set-up ------------------------------------------------------------------------------------------------

.venv/.made:
	@if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then \
		for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3; do \
			if "$$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
				2>/dev/null; then \
				echo "Environnement virtuel avec $$python ($$("$$python" --version))…"; \
				"$$python" -m venv --clear .venv && touch $@ && exit 0; \
			fi; \
		done; \
		echo "Il faut Python 3.11, 3.12, 3.13 ou 3.14 avec venv (sous Debian : apt install python3-venv)." >&2; \
		echo "Python 3.11, 3.12, 3.13 or 3.14 with venv is needed (on Debian: apt install python3-venv)." >&2; \
		exit 1; \
	fi
	@touch $@

.venv/.runtime: requirements.lock pyproject.toml | .venv/.made
	@echo "Installation des bibliothèques (la première fois, quelques minutes)…"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@.venv/bin/python -m pip check --quiet
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Installation des outils de test…"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@.venv/bin/python -m pip check --quiet
	@touch $@

.venv/.node: requirements-node.lock .venv/.runtime
	@.venv/bin/python -m digital_days.assets --has-node || $(PIP) --require-hashes -r requirements-node.lock
	@touch $@

.PHONY: dev browser
dev: .venv/.dev .venv/.node
	@.venv/bin/python -m digital_days.assets --dev

# The lightest browser there is: Debian's package without windows where we may install it, else any on PATH, else
# Playwright's own download.
browser: .venv/.dev
	@found() { for name in "$$@"; do "$$name" --version 2>/dev/null && return; done; return 1; }; \
	found chromium-headless-shell || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { \
		echo "Installation de Chromium (paquet Debian)…"; \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends chromium-headless-shell; \
		found chromium-headless-shell; }; } \
	|| found chromium chromium-browser google-chrome google-chrome-stable || .venv/bin/playwright install chromium

# ---- lock files: hashes for every platform, no addresses ---------------------------------------------------

COMPILE := .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --quiet --no-header \
	--generate-hashes --no-emit-index-url $(UPGRADE)

lock: .venv/.made
	$(PIP) --require-hashes -r requirements-uv.lock
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group build --group dev -c requirements.lock -o requirements-dev.lock
	$(subst pyproject.toml,--group pyproject.toml:node,$(COMPILE)) -o requirements-node.lock
	$(subst pyproject.toml,--group pyproject.toml:lock,$(COMPILE)) -o requirements-uv.lock
	@! grep -nE '(https?|file):|index-url|find-links' requirements*.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -rf digital_days/kernel/static/dist digital_days/kernel/static/node_modules
	find digital_days scheduling matchmaking exhibitors followup tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

.PHONY: help run test pictures test-fast lint types bench messages lock clean
