#!/usr/bin/env bash
# Makes a release: builds and pushes both images, lists what is in them, and packages the chart that names them by digest.
#   images/release.sh --registry registry.example --base NAME@sha256:DIGEST [--to FOLDER]
#   images/release.sh --registry registry.example --dry-run [--to FOLDER]      pushes nothing, and builds from scratch
# In the folder, by default target/release, lie then the chart, a list of parts (CycloneDX) of each image and of both together, and
# SHA256SUMS of these. It stops where an image holds a library that its list lacks.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
usage() { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }

registry="" base=scratch goal=build to="$root/target/release"
while [ $# -gt 0 ]; do
  case "$1" in
    --dry-run) goal=buildTar; shift; continue ;;
    --registry | --base | --to) [ $# -ge 2 ] || usage ;;
    *) usage ;;
  esac
  case "$1" in
    --registry) registry="$2" ;;
    --base) base="$2" ;;
    --to) to="$2" ;;
  esac
  shift 2
done
[ -n "$registry" ] || usage
if [ "$goal" = build ] && [ "$base" = scratch ]; then
  echo "--base: is missing; name an image with a Java 17 runtime as NAME@sha256:DIGEST, see docs/images.md" >&2
  exit 2
fi

cd "$root"
mvn -B -ntp -Pimage,sbom -DskipTests package -Dimage.goal="$goal" -Dimage.base="$base" \
  -Dimage.operator.name="$registry/isoflop-operator" -Dimage.worker.name="$registry/isoflop-worker"

# The files that a list names: GROUP.ARTIFACT-VERSION[-CLASSIFIER].jar, of which a folder may leave out the group.
listed() {
  sed -n 's#.*"purl" : "pkg:maven/\([^"]*\)".*#\1#p' "$1" |
    sed -E 's#^([^/]+)/([^@]+)@([^?]+)#\1 \2-\3#; s#\?.*classifier=([^&]+).*#-\1#; s#\?.*##; s#$#.jar#'
}
complete() { # LIST FOLDER: each library of the folder stands in the list
  local missing
  missing="$(comm -13 <(listed "$1" | awk '{ print $1 "." $2; print $2 }' | sort -u) \
    <(find "$2" -name '*.jar' -exec basename {} \; | sort))"
  [ -z "$missing" ] || { printf '%s: lacks what is shipped:\n%s\n' "$1" "$missing" >&2; exit 1; }
}
complete operator/target/isoflop-operator.cdx.json operator/target/quarkus-app/lib
complete worker/target/isoflop-worker.cdx.json worker/target/lib

mkdir -p "$to"
to="$(cd "$to" && pwd)"
cp target/isoflop.cdx.json operator/target/isoflop-operator.cdx.json worker/target/isoflop-worker.cdx.json "$to"
helm/package.sh --to "$to" \
  --operator "$registry/isoflop-operator@$(cat images/target/isoflop-operator.digest)" \
  --worker "$registry/isoflop-worker@$(cat images/target/isoflop-worker.digest)"
(cd "$to" && sha256sum ./*.tgz ./*.cdx.json >SHA256SUMS && cat SHA256SUMS)
