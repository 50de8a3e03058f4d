# make chat | install | test | evals | check: each sets up what it needs, once.
PYTHON ?= python3
VENV := .venv
LIGHT := .venv-chat
PIP := -m pip install --disable-pip-version-check --progress-bar on -c constraints.txt

.DEFAULT_GOAL := chat
.PHONY: chat install test test-all evals check python-is-new-enough browser

python-is-new-enough:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else f"Found Python {sys.version.split()[0]}; the alliance assistant needs 3.11 or newer: make chat PYTHON=python3.12")'

# The light set, without torch: all that asking needs.
$(LIGHT)/ready: pyproject.toml constraints.txt | python-is-new-enough
	@echo "Setting up $(LIGHT) (about 280 MB to download, once) …"
	$(PYTHON) -m venv $(LIGHT)
	$(LIGHT)/bin/python $(PIP) --editable .
	@touch $@

# Everything: tests, evals, and the extra `hub` (sentence-transformers, torch).
$(VENV)/ready: pyproject.toml constraints.txt | python-is-new-enough
	@echo "Setting up $(VENV) with everything in it (torch included) …"
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python $(PIP) --editable ".[hub,test,evals]"
	@touch $@

install: $(VENV)/ready

# .venv serves the page too where it is there already.
chat: $(if $(wildcard $(VENV)/ready),$(VENV)/ready,$(LIGHT)/ready)
	@$(if $(wildcard $(VENV)/ready),$(VENV),$(LIGHT))/bin/python app.py

browser:
	@command -v chromium >/dev/null 2>&1 || { command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	  { echo "Installing Chromium and a Japanese font for the browser tests …"; apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; }; } || \
	  echo "No Chromium here and no rights to install it: the browser tests are skipped."

test: $(VENV)/ready browser
	$(VENV)/bin/python -m pytest -n 2

test-all: $(VENV)/ready browser
	$(VENV)/bin/python -m pytest -m ""

evals: $(VENV)/ready
	$(VENV)/bin/python -m evals.run

check: $(VENV)/ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
