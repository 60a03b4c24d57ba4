# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

steps := licences build lint types docs unit sanity integration molecule awx release importer
alone := matrix

# Tests of decisions and of single modules, which start no program of Ansible: each half minute of those is one playbook.
without_programs := tests/unit/core tests/unit/execution/test_truth.py tests/unit/test_imports.py tests/unit/test_action_groups.py \
	$(addprefix tests/unit/trust/join/,test_rows.py test_rosters.py) tests/unit/docs/test_roles.py tests/unit/docs/test_guides.py \
	$(addprefix tests/unit/people/test_,join.py leave.py leavers.py naming.py options.py people.py report.py roster.py role_variables.py)

.PHONY: help setup demo quick test test-awx soak mutants clean $(steps) $(alone)

help:
	@echo "make setup      create .venv or bring it up to date"
	@echo "make demo       onboard and offboard sample people against the sandbox"
	@echo "make quick      what to run before each commit, in less than two minutes"
	@echo "make test       check everything"
	@echo "make test-awx   what takes minutes: a roster of 10,000 people in slices, as AWX runs them"
	@echo "make matrix     demo, unit tests, AWX and sanity on every ansible-core from 2.16 on (ARGS=quick: less of it, ARGS=awx: AWX alone)"
	@echo "make release    VERSION=1.2.3: changelog, version, package; tried out first. Without VERSION a rehearsal"
	@echo "make bench      measure speed and memory (ARGS=--quick, ARGS='--only bulk,memory')"
	@echo "make soak       random people, wishes and faults, then years of companies, for SECONDS each (600; PEOPLE=20 MONTHS=4: small ones)"
	@echo "make mutants    switch off the transport rules one by one: a test must notice each"
	@echo "make clean      remove everything that these targets made"
	@echo "make STEP       one step of the test: $(steps)"
	@echo "                ARGS=... hands arguments on: make unit ARGS=tests/unit/core/test_plan.py"

setup:
	@tests/tools/setup.sh

demo: setup
	@tests/tools/venv.sh python tests/demo/demo.py $(ARGS)

quick: setup
	@tests/tools/venv.sh ruff check .
	@tests/tools/venv.sh pytest -q -x $(without_programs) $(ARGS)

test: setup
	@tests/tools/venv.sh python tests/tools/check.py

test-awx: setup
	@tests/tools/venv.sh python tests/tools/check.py awx -m slow $(ARGS)

bench: setup
	@tests/tools/venv.sh python tests/benchmarks/bench.py $(ARGS)

soak: setup
	@tests/tools/venv.sh env SOAK_SECONDS=$(or $(SECONDS),600) SOAK_PEOPLE=$(or $(PEOPLE),300) SOAK_MONTHS=$(or $(MONTHS),12) pytest -q tests/unit/property tests/unit/trust/year $(ARGS)

mutants: setup
	@tests/tools/venv.sh python tests/tools/mutants.py $(ARGS)

$(steps) $(alone): setup
	@tests/tools/venv.sh python tests/tools/check.py $@ $(if $(filter release,$@),$(VERSION)) $(ARGS)

clean:
	@tests/tools/clean.sh
