#!/bin/sh
# Makes the Python environment of the learner's peers, LightGBM and scikit-learn; prints the path of its python.
# Needs python3 with venv. About 0.5 GB, once: a finished environment is kept.
set -eu

cache="${CARELAKE_BENCH_CACHE:-$HOME/.cache/carelake-bench}"
venv="$cache/peers-models-1"

if [ ! -f "$venv/complete" ]; then
  mkdir -p "$cache"
  python3 -m venv --clear "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check \
    lightgbm==4.6.0 scikit-learn==1.7.2 numpy==2.3.4 pandas==2.3.3 >&2
  touch "$venv/complete"
fi

echo "$venv/bin/python"
