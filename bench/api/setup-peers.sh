#!/bin/sh
# Makes the Python environment that the peer of this benchmark runs in; prints the folder of its programs. Needs python3 with
# venv. About 30 MB, once: a finished environment is kept.
set -eu

cache="${CARELAKE_BENCH_CACHE:-$HOME/.cache/carelake-bench}"
venv="$cache/peers-flask-1"

if [ ! -f "$venv/complete" ]; then
  mkdir -p "$cache"
  python3 -m venv --clear "$venv" >&2
  "$venv/bin/pip" install --quiet --disable-pip-version-check flask==3.1.3 flask-cors==6.0.5 pymongo==4.20.1 gunicorn==27.0.1 >&2
  touch "$venv/complete"
fi

echo "$venv/bin"
