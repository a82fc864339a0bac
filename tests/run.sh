#!/bin/sh
# Everything that `make test` checks, in the order in which it fails fastest; the code samples run beside it and report last.
set -e
bin=${VENV:-.venv}/bin
export SECRET_KEY="only-for-tests-and-long-enough-to-pass-the-check-0123456789"
unset SECRET_KEY_FILE
unset PYTHONDONTWRITEBYTECODE # the tests start many a process, and each would compile everything anew

say() { printf '\n%s\n' "$1"; }

samples_said=$(mktemp)
make --no-print-directory samples >"$samples_said" 2>&1 &
samples=$!
trap 'kill "$samples" 2>/dev/null || true; rm -f "$samples_said"' EXIT
trap 'exit 130' INT TERM

say "Lint and format"
"$bin/ruff" check .
"$bin/ruff" format --check .
"$bin/biome" check --error-on-warnings static tests/browser
"$bin/djhtml" --tabwidth 2 --check templates
say "Types"
"$bin/mypy" comparison
say "Migrations and settings"
"$bin/python" manage.py makemigrations --check --dry-run
"$bin/python" manage.py check

# A browser is part of the promise: CHROMIUM, then the usual names, then Playwright's own, then Debian's, else stop.
browser() {
  for name in "$CHROMIUM" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable chrome; do
    [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
  done
  "$bin/python" - <<'PY'
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(not Path(playwright.chromium.executable_path).exists())
PY
}
if ! browser; then
  say "Installing Chromium for the browser tests"
  "$bin/playwright" install chromium ||
    { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && { apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium; }; } ||
    { echo "The browser tests need Chromium. Install it, or set CHROMIUM to its path, then run make test again."; exit 1; }
fi

say "Tests"
failed=0
# one more than there are processors: a test of a page waits for a browser half of its time
processes=${TEST_PROCESSES:-$(($("$bin/python" -c 'import os; print(os.cpu_count() or 2)') + 1))}
"$bin/python" -m pytest -n "$processes" --dist worksteal "$@" || failed=$?
say "Code samples"
wait "$samples" || failed=1
cat "$samples_said"
exit "$failed"
