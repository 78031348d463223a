# Everything the project can do from a checkout. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup index run test check format bench bench-questions bench-peers bench-load gate baseline

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# -qq: errors only
PIP := $(PY) -m pip --disable-pip-version-check -qq

# A file's tests stay together: they share what its fixtures open. A worker takes up to 2 GB, with browser and services.
WORKERS ?= 2
PARALLEL = --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

# The day of asking is fixed: what is in force must not change between two runs.
MEASURE = $(PY) -m eval run eval/questions/dev.jsonl eval/questions/scenario_dev.jsonl eval/questions/premise_dev.jsonl eval/questions/english.jsonl eval/questions/near_misses.jsonl --out var/runs/gate --as-of 2026-11-22

# Stamps: as long as pyproject.toml is older, there is nothing to install.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Make .venv and install the project into it

# Status 2 also says that a file was left out: the others serve. Where there is no index, what follows says so.
index: $(INSTALLED) ## Build the search index, unless the one there is of today's corpus
	$(PY) -m index build || [ $$? -eq 2 ]

run: index ## Set up, build the index if needed, serve the page on 127.0.0.1:7860 (HOST, PORT)
	$(PY) app.py

test: $(INSTALLED_DEV) index ## Set up and pass the tests, on two workers (WORKERS=4); or some (ARGS="tests/ingest -k figures")
	$(PY) -m pytest $(or $(ARGS),$(PARALLEL))

check: $(INSTALLED_DEV) ## Format, lint, types
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m pyright

format: $(INSTALLED_DEV) ## Format, and mend what the linter can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: index ## Search over small and large corpora: speed, memory, recall (LAWS=DIR, CLAUSES=1000000)
	$(PY) -m index bench --questions eval/questions/dev.jsonl $(if $(LAWS),--laws "$(LAWS)") $(if $(CLAUSES),--clauses $(CLAUSES))

bench-questions: index ## Measure on the development questions, into var/runs/dev
	$(PY) -m eval run eval/questions/dev.jsonl --out var/runs/dev

bench-peers: index ## Our search beside everyday set-ups, same questions and model
	$(PY) -m eval peers eval/questions/dev.jsonl

bench-load: $(INSTALLED) ## 50 people asking a running service at once (PORT=7860 PEOPLE=50 EACH=3)
	$(PY) -m web load --url http://127.0.0.1:$(or $(PORT),7860) --people $(or $(PEOPLE),50) --each $(or $(EACH),3)

gate: index ## Fail when answers got worse than eval/baseline.json, matching than eval/match_thresholds.toml, or an untrue sentence passes anew
	$(MEASURE)
	$(PY) -m eval compare eval/baseline.json var/runs/gate
	$(PY) -m eval match eval/questions/match_dev.jsonl --out var/runs/gate-match --as-of 2026-11-29 --gate
	$(PY) -m eval truth --gate

baseline: index ## Keep today's answers as what the gate holds later ones against
	$(MEASURE)
	$(PY) -m eval baseline var/runs/gate

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "PolicyQA needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(PY)
	@echo "Installing into $(VENV); the first time takes a few minutes."
	$(PIP) install --editable .
	@touch $@

# It holds all of $(INSTALLED), so that `make run` after `make test` installs nothing.
$(INSTALLED_DEV): pyproject.toml | $(PY)
	@echo "Installing with the developer's tools into $(VENV); the first time takes a few minutes."
	$(PIP) install --editable '.[dev]'
	@touch $(INSTALLED) $@
