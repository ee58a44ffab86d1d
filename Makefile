# Every command of the project; `make help` explains. The work is in tools/.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help setup run test test-long check fmt bench demo migration texts lock clean

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## Prepare everything: packages, front end, settings, translations, database
	@tools/setup.sh

run: ## Start the program with the example festival (HOST=127.0.0.1 PORT=5000)
	@tools/run.sh

test: ## Run every check and test, on SQLite, on PostgreSQL and in a browser
	@tools/test.sh

test-long: ## Run the tests that count far, with full counts
	@tools/test.sh --long

check: ## Check format, lint, types, import rules, templates and spelling
	@tools/check.sh

fmt: ## Format the code and mend what can be mended
	@tools/setup.sh --tests
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

bench: ## Run the benchmarks
	@tools/setup.sh --tests
	@tools/bench.sh

demo: ## Load the example festival into an empty database
	@tools/setup.sh
	@.venv/bin/flask demo load

migration: ## Write the next database migration (m="what it does")
	@tools/setup.sh
	@tools/migration.sh "$(m)"

texts: ## Collect texts into the translations and compile them
	@tools/setup.sh
	@tools/texts.sh

lock: ## Pin the packages of requirements/*.in (UPGRADE=1 takes the newest)
	@tools/setup.sh --tests
	@tools/lock.sh

clean: ## Remove what set-up and tools made; keeps var/ (data, keys) and .env
	rm -rf .venv node_modules static/dist vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name '*.mo' -delete
