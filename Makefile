# Everything people do with this repository. `make` alone lists it.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test check bench docs stop reset lock

# What developers run needs no secret of its own; everything else is production until told otherwise.
test check bench docs: export HUIYIN_DEMO ?= 1

PYTHON ?= python3
LOCK ?= requirements.lock
export PYTHONUTF8 := 1

ENVIRONMENT := $(PYTHON) -I -X utf8 huiyin/config/environment.py
OWN := .venv/bin/python
WITH_DATABASE := $(OWN) -m huiyin.config.postgres during
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

# Settings as in production; the secret is made for this one check.
PRODUCTION := HUIYIN_DEMO=0 SECRET_KEY="$$($(OWN) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
  ALLOWED_HOSTS=huiyin.example SITE_ADDRESS=https://huiyin.example TRUSTED_PROXIES=1 \
  SMS_ADDRESS=https://sms.huiyin.example/send

help:
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-6s  %s\n", $$1, $$2 }' Makefile

setup: ## 建立 .venv（含开发工具）并编译译文 · environment with the developers' tools
	@$(ENVIRONMENT) requirements-dev.lock
	@$(MAKE) --no-print-directory catalogues

demo: ## 运行演示城市，显示网址与登录名 · run the demonstration city (PORT=8123 make demo)
	@$(ENVIRONMENT) $(LOCK)
	@$(MAKE) --no-print-directory catalogues
	@exec $(OWN) -m huiyin.config.runner

test: setup ## 全部测试，最后在浏览器里走一遍 · all tests, the browser's last
	@$(WITH_DATABASE) $(OWN) -m pytest -n 2 --dist worksteal
	@$(WITH_DATABASE) $(OWN) -m pytest -m long
	@$(WITH_DATABASE) $(OWN) -m pytest -n 2 --dist worksteal -m journey

check: setup ## 不运行测试的检查：格式、类型、分层、迁移、部署 · everything but tests
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djangofmt --check --indent-width 2 huiyin
	@.venv/bin/codespell
	@.venv/bin/mypy huiyin
	@.venv/bin/lint-imports
	@$(OWN) manage.py check_catalogue
	@$(WITH_DATABASE) $(OWN) manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(OWN) manage.py check --deploy --fail-level WARNING

bench: setup ## 运行 bench/ 里的每个基准并打印数字 · print the figures of every benchmark
	@failed=; for file in bench/*.py; do \
	  echo "== $$file"; $(WITH_DATABASE) $(OWN) "$$file" || failed="$$failed $$file"; \
	done; \
	if [ -n "$$failed" ]; then echo "未达目标或中途出错 · below its goal, or broken off:$$failed"; exit 1; fi

docs: setup ## 由代码重画 docs/workflows · draw the workflow diagrams anew
	@$(OWN) manage.py draw_workflows

stop: ## 停止后台运行的演示和数据库 · stop a demonstration in the background, and the database
	@if [ -x $(OWN) ]; then $(OWN) -m huiyin.config.runner --stop; fi

reset: stop ## 删除 var/ 里的一切：数据库、上传、密钥 · delete everything in var/
	@rm -rf var

# Not in the list, for maintainers: choose versions anew. The files name no address.
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header
lock:
	@$(COMPILE) --upgrade --output-file requirements.lock
	@$(COMPILE) --extra semantic --constraint requirements.lock --output-file requirements-semantic.lock
	@$(COMPILE) --extra semantic --extra spark --group dev --constraint requirements-semantic.lock --output-file requirements-dev.lock

.PHONY: catalogues
catalogues: $(CATALOGUES)
	@:
%.mo: %.po
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@
