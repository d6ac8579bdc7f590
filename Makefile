# make demo   watch a whole case in the browser
# make quick  what tells most about a change, within a minute
# make test   everything that must hold, in one order
# make talks-postgres   every talk on PostgreSQL
# make bench  how fast we are, beside others; BENCH="--quick" for a short run
# make chaos  kill it 300 times in whole cases; CHAOS="--kills 5 --seed 7" to choose
# make moments   much at the same moment, on four workers: about five minutes
# make soak   a minute of everything that Telegram can do wrong; SOAK="--seed 7"
# make prove  every side and every case, walked to its end; each guard taken away once;
#             5,000 cases in which anybody does anything: MACHINE="--cases 500 --seed 7"
# make train  fit the models that hear a stop in own words, and write their weights
# make setup  only install; make lock writes the locks anew

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
BIN := .venv/bin
CHROMIUM := /usr/bin/chromium
TIMES := .venv/times
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# Two side by side, and each file's tests in one process: they share what is built.
PYTEST_ARGS := --numprocesses 2 --dist loadfile --no-loadscope-reorder
ifeq ($(CI),true)
PYTEST_ARGS += -p tests.plugins.no_skips
else ifeq ($(wildcard $(CHROMIUM)),)
PYTEST_ARGS += -m "not browser"
endif

# What is compiled is kept: many processes read it, and so does the next run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo quick test talks-postgres bench chaos moments soak prove train setup setup-dev lock chromium
.DELETE_ON_ERROR:

demo: setup
	$(BIN)/konfliktraad demo

# Begins no test after 50 seconds, and says which were left for `make test`.
quick: setup-dev
	@$(BIN)/python -m tests.quick $(PYTEST_ARGS)

# Fast and cheap first: a slip is told within seconds.
test: setup-dev chromium
	@rm -f $(TIMES)
	$(call step,ruff format,$(BIN)/ruff format --check)
	$(call step,ruff check,$(BIN)/ruff check)
	$(call step,mypy,$(BIN)/mypy)
	$(call step,lint-imports,$(BIN)/lint-imports)
	$(call step,flows check,$(BIN)/konfliktraad flows check)
	$(call step,texts report,$(BIN)/konfliktraad texts report --check)
	@$(BIN)/python -m compileall -q -j 0 bot flows tests
	$(call step,pytest,$(BIN)/python -m pytest \
		--durations=10 -p tests.plugins.parts $(PYTEST_ARGS))
	@echo && cat $(TIMES)

# Every talk once more, on a server that the development lock brings along.
talks-postgres: setup-dev
	KONFLIKTRAAD_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q tests/talks

bench: setup-dev
	@$(BIN)/python -m tests.lab.bench $(BENCH)

chaos: setup-dev
	@$(BIN)/python -m tests.lab.chaos $(CHAOS)

moments: setup-dev
	@$(BIN)/python -m tests.lab.moments

soak: setup-dev
	@$(BIN)/python -m tests.lab.chaos.soak $(SOAK)

prove: setup-dev
	@$(BIN)/python -m tests.lab.prove
	@$(BIN)/python -m tests.lab.prove.mutations
	@$(BIN)/python -m tests.lab.machine $(MACHINE)

train: .train-venv/installed
	.train-venv/bin/python -m tests.training

.train-venv/installed: requirements-train.lock
	$(PYTHON) -m venv .train-venv
	.train-venv/bin/python -m pip --disable-pip-version-check --no-input install \
		--quiet --require-hashes -r $<
	@touch $@

# $(call step,name,command): run it, and note how long it took.
define step
@printf '\n== %s\n' '$(1)'; from=$$(date +%s); $(2) || exit 1; \
printf '%5d s  %s\n' "$$(($$(date +%s) - from))" '$(1)' >> $(TIMES)
endef

chromium:
ifeq ($(wildcard $(CHROMIUM)),)
	@echo 'Chromium is missing, so the browser tests cannot run;' \
		'install it with: sudo apt-get install chromium fonts-noto-color-emoji'
	@test '$(CI)' != true
endif

setup: .venv/installed
setup-dev: .venv/installed-dev

# The stamps are newer than the locks as long as there is nothing to do.
.venv/installed: requirements.lock pyproject.toml | .venv/bin/pip
	$(call install,requirements.lock)
	@touch $@

.venv/installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/pip
	$(call install,requirements-dev.lock)
	@touch .venv/installed $@

# One pass of compileall on all cores is faster than pip's own.
define install
$(PIP) install --quiet --no-compile --require-hashes -r $(1)
$(PIP) install --quiet --no-compile --no-deps --no-build-isolation -e .
@$(BIN)/python -m compileall -q -j 0 .venv/lib bot flows
endef

.venv/bin/pip:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed and was not found;' \
		'install it, or name it: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo '$(PYTHON) is not Python 3.11 or newer, which is needed;' \
		'name one that is: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) cannot make a virtual environment;' \
		'on Debian and Ubuntu: sudo apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv .venv

# The run lock is a part of the development lock, so that tests see what runs.
COMPILE := .lock-venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group build

lock: .lock-venv/bin/uv
	$(COMPILE) --upgrade --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --upgrade -c requirements-dev.lock pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade -c requirements-dev.lock --group train pyproject.toml \
		-o requirements-train.lock

.lock-venv/bin/uv:
	$(PYTHON) -m venv .lock-venv
	.lock-venv/bin/python -m pip install --quiet uv==0.13.9
