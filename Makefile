# Evenhand. `make run` serves the site, `make test` checks everything, `make` lists the rest.

SHELL := /bin/sh
VENV := .venv
SAMPLES := content/fastapi-vs-django/samples
SAMPLES_VENV := .venv-samples
PY := $(VENV)/bin/python
export VAR_DIR ?= $(CURDIR)/var
ifndef SECRET_KEY
export SECRET_KEY_FILE ?= $(VAR_DIR)/secret-key
endif
export HTTPS ?= 0

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: whole $(VENV)/.installed secret ## serve the site on http://127.0.0.1:8000 (PORT, HOST change it)
	@$(PY) manage.py serve

test: whole $(VENV)/.installed-dev ## lint, format, types, code samples, unit, page and browser tests
	@sh tests/run.sh

samples: whole $(SAMPLES_VENV)/.installed ## start every code sample and try it over HTTP, with packages of their own
	@PYTHONDONTWRITEBYTECODE=1 $(SAMPLES_VENV)/bin/python -m pytest $(SAMPLES)/tests

soak: whole $(VENV)/.installed-dev ## try 20,000 random links, 2,000 selections, every row that is shipped, every page at every width, 200 saves of one cell, 80 killed imports, 100 killed saves and publications, a slow browser, 2,000 slow clients, readers beside dear pages and guessers
	@LINKS=20000 STATES=1000 ALL_ROWS=1 SOAK=1 $(PY) -m pytest -n 0 tests/web/test_random_links.py tests/pages/test_one_answer.py \
		tests/admin/test_forms.py tests/admin/test_roles.py tests/admin/test_confinement.py tests/browser/test_layout.py tests/browser/test_admin_pages.py tests/browser/test_pace.py tests/management/test_read_only_code.py tests/management/test_serving.py tests/test_two_servers.py \
		tests/pages/comparison/answer/test_trust_effect.py tests/models/test_migrations.py
	@SOAK=1 $(PY) -m pytest -n 0 -s tests/server/test_crowds.py tests/server/test_guessers.py tests/server/test_load.py tests/server/test_proxied_crowds.py
	@EDITS=25 $(PY) -m pytest -n 0 -k many_saves_at_once tests/publishing/test_publish.py tests/test_postgresql.py
	@KILLS=20 $(PY) -m pytest -n 0 -s -k killed_import tests/publishing/test_killed.py
	@KILLS=25 $(PY) -m pytest -n 0 -s -k killed_save tests/publishing/test_killed.py tests/test_postgresql.py
	@SOAK=1 $(PY) -m pytest -n 0 -k 'frozen or what_holds' tests/test_postgresql.py
	@SLOW_BROWSER=10 $(PY) -m pytest -n 0 tests/browser/test_toggles.py tests/browser/test_waiting.py tests/browser/test_trials.py tests/browser/test_head.py

bench: whole $(VENV)/.installed-dev ## measure the budgets, as ratios within one run
	@$(PY) -m tests.bench

steps: whole $(VENV)/.installed-dev ## list what one change of a reader's runs through, function by function
	@$(PY) -m tests.steps

snapshot: whole $(VENV)/.installed-dev ## write what every kind of address answers, TO=folder; AGAINST=folder compares it with one of before
	@test -n "$(TO)" || { echo "Name a folder: make snapshot TO=before, later make snapshot TO=after AGAINST=before"; exit 1; }
	@$(PY) -m tests.snapshot "$(TO)" $(if $(AGAINST),--against "$(AGAINST)") $(if $(IGNORING),--ignoring '$(IGNORING)')

screenshots: whole $(VENV)/.installed-dev ## write how every kind of page looks, TO=folder; AGAINST=folder compares it with one of before
	@test -n "$(TO)" || { echo "Name a folder: make screenshots TO=before, later make screenshots TO=after AGAINST=before"; exit 1; }
	@$(PY) -m tests.snapshot.screenshots "$(TO)" $(if $(AGAINST),--against "$(AGAINST)")

handbook: whole $(VENV)/.installed-dev ## draw the pictures of the editor's handbook anew
	@$(PY) -m tests.snapshot.handbook

icons: whole $(VENV)/.installed-dev ## draw the site's icons anew
	@$(PY) -m tests.snapshot.icons

editor: whole $(VENV)/.installed secret ## make an account for the admin: the first an Administrator, then Editors, or ROLE=Writer
	@$(PY) manage.py account $(if $(ROLE),--role "$(ROLE)")

format: whole $(VENV)/.installed-dev ## write the code as the house writes it
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format . ; $(VENV)/bin/biome check --write static tests/browser ; \
		$(VENV)/bin/djhtml --tabwidth 2 templates

# An environment that lost its Python or a package is made anew; this has to come before all that needs it.
whole:
	@if [ -e $(VENV)/.installed ] && ! $(PY) -I comparison/management/packages.py >/dev/null 2>&1; then \
	  echo "$(VENV) is not whole any more. It is made anew."; rm -rf $(VENV); fi

secret:
	@mkdir -p "$(VAR_DIR)" 2>/dev/null && test -w "$(VAR_DIR)" || { echo "$(VAR_DIR) cannot be written. Make it writable, or set VAR_DIR to a folder that is."; exit 1; }
	@test -n "$$SECRET_KEY" || test -s "$(SECRET_KEY_FILE)" || ( umask 077; $(PY) -c "import secrets; print(secrets.token_urlsafe(64))" > "$(SECRET_KEY_FILE)" )

# The newest Python that is there: PYTHON, else the usual names. One sentence where there is none that will do.
$(VENV)/bin/python: | whole
	@for name in "$(PYTHON)" python3.13 python3.12 python3.11 python3.14 python3 python; do \
	  if [ -n "$$name" ] && "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Evenhand needs Python 3.11 or newer. Install one, or name it: make run PYTHON=/path/to/python3"; exit 1; fi; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); echo "$$found cannot make a virtual environment here. Check that this folder can be written and that Python's venv module is installed (on Debian: apt install python3-venv)."; exit 1; }

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the site needs ..."
	@$(PY) -m pip --version >/dev/null 2>&1 || { $(PY) -m ensurepip >/dev/null 2>&1 && $(PY) -m pip --version >/dev/null 2>&1; } || { rm -rf $(VENV); echo "$(VENV) has no pip any more. Run it again: it is made anew."; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt || { echo "The packages could not be installed. Check the network, then run it again."; exit 1; }
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-scale.txt $(VENV)/.installed
	@echo "Installing what the tests need ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt || { echo "The packages could not be installed. Check the network, then run it again."; exit 1; }
	@touch $@

$(SAMPLES_VENV)/.installed: $(SAMPLES)/requirements.txt | $(VENV)/bin/python
	@echo "Installing what the code samples need ..."
	@test -x $(SAMPLES_VENV)/bin/python || $(PY) -m venv $(SAMPLES_VENV)
	@$(SAMPLES_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r $(SAMPLES)/requirements.txt || { echo "The packages could not be installed. Check the network, then run it again."; exit 1; }
	@touch $@

.PHONY: help run test samples soak bench steps snapshot screenshots handbook icons editor format secret whole
