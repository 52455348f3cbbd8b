# Huiqi: two commands do everything on a clean clone — make serve, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

.PHONY: help serve chat test lint check eval lock clean

help: ## 显示可用命令
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

serve: $(VENV)/run.done ## 安装运行所需并启动服务（默认 http://127.0.0.1:8000）
	@$(BIN)/huiqi serve

chat: $(VENV)/run.done ## 在终端里对话
	@$(BIN)/huiqi chat

test: $(VENV)/dev.done ## 安装开发所需，检查代码、语料和全部测试，跑评测关口
	@echo "==> 代码检查"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@echo "==> 语料与规则表"
	@$(BIN)/huiqi check
	@echo "==> 测试，同时跑评测关口"
	@log=$$(mktemp); $(BIN)/python -m evals run --gate >"$$log" 2>&1 & gate=$$!; \
	$(BIN)/pytest -n "$$((3 * $$(getconf _NPROCESSORS_ONLN) / 2))" --dist loadfile --no-loadscope-reorder && tests=0 || tests=$$?; \
	wait $$gate && gated=0 || gated=$$?; \
	echo "==> 评测关口"; cat "$$log"; rm -f "$$log"; exit $$((tests | gated))

lint: $(VENV)/dev.done ## 自动整理格式并检查代码
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: $(VENV)/run.done ## 检查语料、规则表和索引
	@$(BIN)/huiqi check

eval: $(VENV)/dev.done ## 跑全部评测题集并写出报告
	@$(BIN)/python -m evals run --gate --baselines

# Locked dependencies with hashes: uv where it can be had, pip otherwise.
$(VENV)/run.done: requirements/run.txt pyproject.toml
	@$(PYTHON) install.py $(VENV) requirements/run.txt
	@touch $@

$(VENV)/dev.done: requirements/dev.txt pyproject.toml
	@$(PYTHON) install.py $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/run.done

lock: ## 重新解析并锁定依赖
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt

clean: ## 删除虚拟环境和缓存（不动 var/ 里的数据）
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
