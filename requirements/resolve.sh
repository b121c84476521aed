#!/usr/bin/env bash
# Resolves the two locks from pyproject.toml. Run it through `make lock`, which brings the pinned uv.
#   run.lock  what a user needs: the package, the `verify` extra and the build backend
#   dev.lock  all of that and the `dev` group; run.lock constrains it, so both agree on every version
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1

compile() {
    "$python" -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-config --no-emit-index-url --default-index https://pypi.org/simple --constraint requirements/constraints.txt --upgrade "$@"
}

compile --extra verify --group build --output-file requirements/run.lock
compile --extra verify --group build --group dev --constraint requirements/run.lock --output-file requirements/dev.lock
