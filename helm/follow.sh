#!/usr/bin/env bash
# Runs the commands of a section of a document, one after the other and word by word, on the cluster that KUBECONFIG names.
#   helm/follow.sh README.md "On a Kubernetes cluster"
#   helm/follow.sh --print docs/install.md Install "The first sweep"      prints them only, each in one line
#   helm/follow.sh --namespace trial docs/install.md Install              with another namespace in place of research
# It stops at the first one that fails, with that one's exit code.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
print="" namespace=research
while true; do
  case "${1:-}" in
    --print) print=1; shift ;;
    --namespace) namespace="$2"; shift 2 ;;
    *) break ;;
  esac
done
[ $# -ge 2 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
document="$root/$1"; shift

# The commands stand behind a prompt, in blocks of the language console; the other lines there are answers.
commands() {
  awk -v section="## $1" '
    /^## / { inside = ($0 == section); found += inside }
    /^```/ { block = !block && $0 == "```console"; next }
    inside && block && (line != "" || /^\$ /) {
      sub(/^\$ /, ""); sub(/^[ \t]+/, "")
      goes_on = sub(/[ \t]*\\$/, " ")
      line = line $0
      if (!goes_on) { print line; line = "" }
    }
    END { exit !found }' "$document"
}

for section in "$@"; do
  text="$(commands "$section")" || { echo "$document: has no section '$section'" >&2; exit 2; }
  [ -n "$text" ] || { echo "$document: the section '$section' has no commands" >&2; exit 2; }
  while IFS= read -r command <&3; do
    command="$(sed -E "s/(^|[ =])research( |$)/\1$namespace\2/g" <<<"$command")"
    if [ -n "$print" ]; then echo "$command"; continue; fi
    echo "\$ $command"
    (cd "$root" && bash -c "$command")
  done 3<<<"$text"
done
