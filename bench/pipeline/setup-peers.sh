#!/bin/sh
# Makes the Python environment that the Spark peers of this benchmark run in; prints the path of its python.
# Needs python3 with venv, and Java 17 or later. About 0.9 GB, once: a finished environment is kept.
set -eu

cache="${CARELAKE_BENCH_CACHE:-$HOME/.cache/carelake-bench}"
venv="$cache/peers-pyspark-4.3.0"

if [ ! -f "$venv/complete" ]; then
  mkdir -p "$cache"
  python3 -m venv --clear "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check \
    pyspark==4.3.0 pandas==2.3.3 pyarrow==22.0.0 >&2
  touch "$venv/complete"
fi

echo "$venv/bin/python"
