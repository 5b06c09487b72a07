# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE = 1
RUN = .venv/bin/python
# Promises that no request fails: not beside others that want both cores.
ALONE = tests/faults/test_restarts.py

.PHONY: help setup setup-desktop setup-tests run stop reset desktop test lint faults bench pictures

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup:
	@PYTHON=$(PYTHON) deploy/local/setup.sh run

setup-desktop:
	@PYTHON=$(PYTHON) deploy/local/setup.sh desktop

setup-tests:
	@PYTHON=$(PYTHON) deploy/local/setup.sh test

run: setup ## bring everything up here, in the foreground; Ctrl-C stops it, the data stay
	@exec $(RUN) -m deploy.local run

stop: ## stop a running `make run`, and end what a crashed one left behind
	@$(RUN) -m deploy.local stop

reset: ## forget all local data (asks first)
	@read -r -p "Delete all local data in .run/? [y/N] " answer && [ "$$answer" = y ] && \
	  $(RUN) -m deploy.local stop && rm -rf .run && echo "done" || echo "nothing was deleted"

desktop: setup-desktop ## Бюрократ against the local server
	@$(RUN) -m bureaucrat --server http://127.0.0.1:$${HELPDESK_PORT:-$$(cat .run/port 2>/dev/null || echo 8080)}

test: setup-tests lint ## everything: lint, then all suites, the long ones briefly
	@$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore=$(ALONE) && $(RUN) -m pytest $(ALONE)

lint: setup-tests ## format, lint, types, walls, rooms
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports --no-logo && $(RUN) -m deploy.rooms

faults: setup-tests ## kill, freeze and cut everything, at length (at least 100 kills)
	@$(RUN) -m pytest tests/faults --long -s

bench: setup-tests ## the table of docs/figures.md, with the machine's limits from the same run
	@$(RUN) -m tests.load.bench

pictures: setup-tests ## the pictures of the README, from the running product
	@$(RUN) -m tests.browser.pictures
