#!/bin/sh
# Starts the site for the durability trial: its schema and what the trial needs, then the site.
#
#   start.sh PORT
set -eu

cd "$(dirname "$0")/../.."
"$TRIAL_PYTHON" -m tests.durability.seed "$TRIAL_DEADLINE"
exec "$TRIAL_PYTHON" -m govmatch serve --port "$1"
