# Every job of the project. `make run` and `make test` do all the set-up they need; `make help` names the rest.
# A fresh Debian 12 needs make and nothing else, as root or with sudo. Windows has make.ps1.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SUFFIXES:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

python := .venv/bin/python
# More words for pytest: make test ARGS="tests/db -x"
ARGS ?=
# SHORT=1 takes the short form of the faults and of the figures.
SHORT ?=
# The tool that writes the lock files; see docs/decisions.md.
UV ?= uv

# What Qt's libraries and its offscreen and X plug-ins are linked to; tests/test_system_libraries.py asks ldd.
qt_packages := libegl1 libgl1 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libbrotli1 libzstd1 zlib1g \
  libx11-6 libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0 libxcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 \
  libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 \
  libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
.PHONY: help run test setup lint gallery bench faults dist lock clean packages dist-packages

help: ## この一覧を表示します
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: .venv/.run ## アプリケーションを開きます（画面のない機械では見本の台帳と帳票を out/ に作ります）
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then exec $(python) main.py; fi
	echo "この機械には画面がありません。見本の台帳と見本の帳票を out/ に作ります。(No display here: writing the sample to out/.)"
	exec $(python) main.py demo out

test: .venv/.test ## すべてのテストを実行します
	@# Python keeps what it has compiled: the tests start the program many times.
	QT_QPA_PLATFORM=offscreen exec env -u PYTHONDONTWRITEBYTECODE $(python) -m pytest --numprocesses 3 --dist loadfile $(ARGS)

setup: .venv/.test ## 必要な準備だけをすべて行います
	@echo "準備ができました。(Everything is set up.)"

lint: .venv/.test ## 書き方・型・階層の決まりを確かめます
	@broken=0
	$(python) -m ruff check . || broken=1
	$(python) -m ruff format --check . || broken=1
	$(python) -m mypy || broken=1
	$(python) -c "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())" || broken=1
	exit $$broken

gallery: .venv/.test ## 画面と帳票の全ページを out/gallery/ に画像で書き出します
	@QT_QPA_PLATFORM=offscreen FONTCONFIG_FILE=$(CURDIR)/tests/no-fonts.conf exec $(python) -m tests.gallery out/gallery

bench: .venv/.test ## 速さとメモリを、その場で測った相手との比で示します（SHORT=1 で短く）
	@QT_QPA_PLATFORM=offscreen exec $(python) -m tests.bench $(if $(SHORT),--short)

faults: .venv/.test ## 強制終了・容量不足・同時書き込みなどの故障を起こして確かめます（SHORT=1 で短く）
	@QT_QPA_PLATFORM=offscreen TSUNAGARI_FAULTS=$(if $(SHORT),short,full) exec $(python) -m pytest tests/faults $(ARGS)

dist: dist-packages ## 配布用のプログラムを dist/ に作り、自己点検します
	@$(python) -m PyInstaller --noconfirm --clean --log-level WARN installer.spec
	if LD_LIBRARY_PATH=dist/tsunagari/_internal find dist/tsunagari -name '*.so*' -type f -exec ldd {} + |
	    awk '/^dist/ {file = $$0} /not found/ {print file $$0; missing = 1} END {exit !missing}'; then
	  echo "配布用フォルダーにライブラリが足りません。(A library is missing from the frozen program.)" >&2
	  exit 1
	fi
	dist/tsunagari/tsunagari --self-test

lock: ## 依存ライブラリの版を選び直し、ロックファイルを書き換えます
	@compile="$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade --quiet"
	$$compile pyproject.toml --output-file requirements.lock
	$$compile pyproject.toml --group dev --output-file requirements-dev.lock

clean: ## 作り直せるものを消します（台帳には触れません）
	@rm -rf .venv build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# ---------------------------------------------------------------------------------------------- set-up

# find_python: the name of a Python that will do, or nothing.
define find_python
find_python() {
  local candidate
  for candidate in python3.11 python3 python3.12 python3.13 python3.14; do
    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$candidate"; return; fi
  done
}
endef

# install_packages NAME…: installs with apt what is missing, or says exactly what that is and ends with 2.
define install_packages
install_packages() {
  command -v dpkg-query >/dev/null || return 0
  local known missing=() name as_root=()
  known=" $$(dpkg-query -W -f '$${db:Status-Abbrev} $${Package} $${Provides}\n' | grep '^ii ' | tr ',\n' '  ') "
  for name in "$$@"; do [[ "$$known" == *" $$name "* ]] || missing+=("$$name"); done
  [ $${#missing[@]} -gt 0 ] || return 0
  if [ "$$(id -u)" -ne 0 ]; then
    as_root=(sudo)
    if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo true; }; }; then
      echo "次のパッケージが足りません。管理者に導入を頼んでください: $${missing[*]} (Missing packages; root or sudo is needed to install them.)" >&2
      exit 2
    fi
  fi
  echo "足りないパッケージを導入します: $${missing[*]} (Installing missing packages.)"
  if ! { "$${as_root[@]}" apt-get update -qq &&
         "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null; }; then
    echo "次のパッケージを導入できませんでした: $${missing[*]} (These packages could not be installed.)" >&2
    exit 2
  fi
}
endef

packages:
	@$(find_python)
	$(install_packages)
	wanted=($(qt_packages))
	found=$$(find_python)
	if [ -z "$$found" ]; then wanted+=(python3 python3-venv)
	elif ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then wanted+=(python3-venv); fi
	install_packages "$${wanted[@]}"
	if [ -z "$$(find_python)" ]; then
	  echo "Python 3.11 以上が見つかりません。導入してから、もう一度実行してください。(Python 3.11 or newer is needed.)" >&2
	  exit 2
	fi

dist-packages: .venv/.test
	@$(install_packages)
	# PyInstaller looks into libraries with objdump, and carries Python's own library, which Debian packs apart.
	wanted=(binutils)
	home=$$($(python) -c 'import sys; print(sys.base_prefix)')
	[ "$$home" != /usr ] || wanted+=("$$($(python) -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')")
	install_packages "$${wanted[@]}"

# install_lock FILE: the virtual environment with exactly what the lock file names, checked by its hashes.
define install_lock
install_lock() {
  if ! $(python) -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    "$$(find_python)" -m venv .venv
  fi
  echo "ライブラリを準備します: $$1 (Installing the pinned libraries.)"
  $(python) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --requirement "$$1"
}
endef

.venv/.run: requirements.lock | packages
	@$(find_python)
	$(install_lock)
	install_lock requirements.lock
	touch $@

.venv/.test: requirements-dev.lock requirements.lock | packages
	@$(find_python)
	$(install_lock)
	install_lock requirements-dev.lock
	touch .venv/.run $@
