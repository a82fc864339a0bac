#!/bin/sh
# manage.py with the settings of /etc/evenhand/env (ENV_FILE names another):
#   sudo -u evenhand /opt/evenhand/deploy/manage.sh check --deploy
set -eu
env_file=${ENV_FILE:-/etc/evenhand/env}
code=$(cd "$(dirname "$0")/.." && pwd)
set -a
case $env_file in */*) . "$env_file" ;; *) . "./$env_file" ;; esac
set +a
exec "$code/.venv/bin/python" "$code/manage.py" "$@"
