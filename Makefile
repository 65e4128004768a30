# `make run` and `make test` do all the set-up on a fresh machine; README has the plain pip commands.
PYTHON ?= python3
BIN := .venv/bin
SPARK := .venv-spark/bin
PYTEST := $(BIN)/pytest -n 2 --dist loadfile

.PHONY: run test test-spark lint soak bench screenshots screens lock clean

run: .venv/run.stamp
	@test -e "$${KPI_STORE:-data/store}/snapshots/current" || $(BIN)/python -m kpi demo
	$(BIN)/python -m kpi serve

test: .venv/dev.stamp chromium lint
	$(PYTEST) -m "not soak"

# A real Spark cluster on this machine, in an environment of its own (450 MB). ONLY="-m 'not soak'" runs the short form.
test-spark: .venv-spark/spark.stamp
	@command -v java >/dev/null || echo "Java is absent: the tests of Spark do not run (apt-get install openjdk-17-jre-headless)."
	$(SPARK)/pytest -rs tests/cluster $(ONLY)

soak: .venv/dev.stamp chromium
	KPI_RESULTS=docs/reliability.md $(BIN)/pytest -m soak

screenshots: .venv/dev.stamp chromium
	KPI_LOOKS=two KPI_SCREENS=docs/img $(BIN)/pytest tests/browser/test_screens.py tests/browser/test_guide_pictures.py tests/browser/test_data_upload.py tests/browser/test_sign_in.py

screens: .venv/dev.stamp chromium
	KPI_LOOKS=all $(BIN)/pytest tests/browser/test_screens.py

lint: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright

bench: .venv/dev.stamp chromium
	$(BIN)/python -m bench $(if $(SHORT),--short)

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || { \
	  as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$as_root apt-get update -q && $$as_root apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core; }

.venv/bin/pip:
	$(PYTHON) -m venv .venv || { \
	  as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$as_root apt-get update -q && $$as_root apt-get install -q -y python3-venv && $(PYTHON) -m venv .venv; }

.venv/run.stamp: requirements.txt | .venv/bin/pip
	$(BIN)/pip install -q -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements.txt requirements-dev.txt | .venv/bin/pip
	$(BIN)/pip install -q -r requirements-dev.txt
	@touch $@ .venv/run.stamp

.venv-spark/spark.stamp: requirements-dev.txt requirements-spark.txt
	test -x $(SPARK)/pip || $(PYTHON) -m venv .venv-spark
	$(SPARK)/pip install -q -r requirements-dev.txt -r requirements-spark.txt
	@touch $@

lock: .venv/dev.stamp
	$(BIN)/pip-compile -q --no-header --no-emit-index-url --no-emit-find-links --strip-extras -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --no-header --no-emit-index-url --no-emit-find-links --strip-extras -o requirements-dev.txt requirements-dev.in
	$(BIN)/pip-compile -q --no-header --no-emit-index-url --no-emit-find-links --strip-extras -o requirements-spark.txt requirements-spark.in

clean:
	rm -rf .venv .venv-spark data/store build
