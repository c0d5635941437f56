#!/usr/bin/env bash
# Packages the chart with its images by digest, as a release does: what was tested is what runs, whatever becomes of a tag.
#   helm/package.sh --operator REPOSITORY@sha256:DIGEST --worker REPOSITORY@sha256:DIGEST [--to FOLDER]
# It prints the path of the archive, which is the same for the same checkout and digests. Without --to it lies in helm/target.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
usage() { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
refuse() { echo "$1" >&2; exit 2; }

operator="" worker="" to="$root/helm/target"
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case "$1" in
    --operator) operator="$2" ;;
    --worker) worker="$2" ;;
    --to) to="$2" ;;
    *) usage ;;
  esac
  shift 2
done
[ -n "$operator" ] && [ -n "$worker" ] || usage
for image in "--operator $operator" "--worker $worker"; do
  [[ "${image#* }" =~ ^[a-z0-9]+([._:/-]+[a-z0-9]+)*@sha256:[0-9a-f]{64}$ ]] ||
    refuse "${image%% *}: ${image#* } names no image by digest; give REPOSITORY@sha256: and 64 hexadecimal digits"
done

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -R "$root/helm/isoflop" "$work/"

# The values that stand in the chart, by the path of their keys; each must be there once.
pin() { # SECTION KEY VALUE: of the block image: that begins in the section, with the section's indent
  awk -v section="$1" -v key="$2" -v value="$3" '
    $0 == section { inside = 1; print; next }
    inside && $0 ~ "^ *" key ": " && !done {
      indent = $0; sub(/[^ ].*/, "", indent)
      print indent key ": \"" value "\""; done = 1; inside = 0; next
    }
    { print }
    END { exit !done }' "$work/isoflop/values.yaml" >"$work/values" ||
    refuse "helm/isoflop/values.yaml: has no $2 under '$1'"
  mv "$work/values" "$work/isoflop/values.yaml"
}
pin "image:" repository "${operator%@*}"
pin "image:" digest "${operator#*@}"
pin "  image:" repository "${worker%@*}"
pin "  image:" digest "${worker#*@}"

version="$(sed -n 's/^version: //p' "$work/isoflop/Chart.yaml" | tr -d '"')"
mkdir -p "$to"
archive="$to/isoflop-$version.tgz"
tar --sort=name --owner=0 --group=0 --numeric-owner --mode=a+rX,u+w,go-w --mtime=@0 -C "$work" -cf - isoflop | gzip -n9 >"$archive"
echo "$archive"
