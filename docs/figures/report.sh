#!/usr/bin/env bash
# Makes report.png, the picture in the README: the top of a real report, as headless Chromium draws it.
#   ./isoflop run examples/quickstart.yaml && docs/figures/report.sh
# It needs chromium (Debian: apt install chromium). Another run, or another file: docs/figures/report.sh runs/emoji /tmp/emoji.png
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
run="${1:-$root/runs/quickstart}" picture="${2:-$root/docs/figures/report.png}"
[ -f "$run/report.html" ] || { echo "$run/report.html is not there; run './isoflop run examples/quickstart.yaml' first" >&2; exit 2; }
profile="$(mktemp -d)"
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile" --force-device-scale-factor=1 \
  --window-size=1100,1300 --screenshot="$(realpath "$picture")" "file://$(realpath "$run/report.html")" 2>"$profile/log" ||
  { cat "$profile/log" >&2; exit 1; }
echo "wrote $picture, $(($(stat -c %s "$picture") / 1024)) KiB"
