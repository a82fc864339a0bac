#!/bin/sh
# manage.py with the settings of /etc/evenhand/env (ENV_FILE names another):
#   sudo -u evenhand /opt/evenhand/deploy/manage.sh check --deploy
set -eu
set -a
. "${ENV_FILE:-/etc/evenhand/env}"
set +a
cd "$(dirname "$0")/.."
exec .venv/bin/python manage.py "$@"
