#!/usr/bin/env bash
# Makes again what README.md and docs show of commands, and says where they differ from what is printed.
#   docs/measured.sh                all of these; or some of them:
#   docs/measured.sh printed        commands that train nothing: seconds
#   docs/measured.sh quickstart     the quickstart with three seeds: some ten minutes on two cores
#   docs/measured.sh emoji          the sweep on real pictures: some ten minutes; fetches them with npm where they are not there
#   docs/measured.sh coverage       docs/coverage.md, with its bootstraps: an hour
#   docs/measured.sh performance    every benchmark of docs/performance.md and docs/performance-laws.md. Times are a machine's:
#                                   they are printed, and only a benchmark that fails is a difference
# With --write, trained trials are kept in docs/measured/, from which every build makes the shown numbers again
# (DocumentedOutputTest, SeedsPageTest). ISOFLOP names another program than ./isoflop. Ends with 1 if something differs.
set -euo pipefail
cd "$(dirname "$0")/.."
isoflop="${ISOFLOP:-./isoflop}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
differs=0
write=""

differ() {
  echo "$1"
  differs=1
}

# First commands of all marks <!-- printed by: COMMAND; in the build: OTHER -->.
commands() {
  sed -n 's/^<!-- printed by: \(.*\) -->$/\1/p' README.md docs/*.md | sed 's/; in the build: .*//' | sort -u
}

# Lines of the blocks below a command's marks must be among those that it printed, in their order.
compare() { # command, output
  local missing
  missing="$(awk -v command="$1" '
    function bare(line) { gsub(/^ +| +$/, "", line); return line }
    FILENAME == ARGV[1] { printed[++count] = bare($0); next }
    /^<!-- printed by: / {
      mark = $0; sub(/^<!-- printed by: /, "", mark); sub(/ -->$/, "", mark); sub(/; in the build: .*/, "", mark)
      wanted = mark == command; at = 0; next
    }
    /^```/ { inside = wanted && !inside; if (!inside) wanted = 0; next }
    inside && !/^ *$/ && !/^wrote / {
      for (i = at + 1; i <= count && printed[i] != bare($0); i++);
      if (i > count) print FILENAME ":" FNR ": is not printed there by " command ": " $0; else at = i
    }' "$2" README.md docs/*.md)"
  [ -z "$missing" ] || differ "$missing"
}

# What the trials of a run were measured at: columns of its trials.csv that no clock enters.
kept() {
  awk -F, -v OFS=, '
    { sub(/\r$/, "") }
    /^#/ { print; next }
    !columns { for (i = 1; i <= NF; i++)
      if ($i ~ /^(budget|parameters|tokens|loss|loss_standard_error|trial|samples|flop_convention|outcome|not_fitted)$|^[A-Za-z]+@/) wanted[++columns] = i }
    { row = $wanted[1]; for (i = 2; i <= columns; i++) row = row OFS $wanted[i]; print row }' "$1"
}

sweep() { # manifest, name of the run, name of the kept table, options
  "$isoflop" run "$1" --dir "$folder/runs" "${@:4}" | tee "$folder/$3.txt"
  kept "$folder/runs/$2/trials.csv" >"$folder/$3.csv"
  [ -z "$write" ] || cp "$folder/$3.csv" "docs/measured/$3.csv"
  cmp -s "$folder/$3.csv" "docs/measured/$3.csv" ||
    differ "docs/measured/$3.csv differs from the trials of $1; docs/measured.sh --write keeps these"
}

law() { # name as printed, output: exponent and Student's interval
  sed -n "s/^ *$1  *= .*C^[-0-9.e]*  *\([-0-9.e]*\)  *\(\[[^]]*\]\).*/\1 \2/p" "$2" | head -n 1
}

loss() { # budget, output: loss* there
  awk -v budget="$1" '$1 == budget { print $(NF - 1); exit }' "$2"
}

row() { # start of a row of docs/seeds.md, seed, what the run printed
  local told
  told="$(grep -F "| $1 |" docs/seeds.md | head -n 1 | awk -F ' *[|] *' -v field="$(($2 + 3))" '{ print $field }' || true)"
  [ -n "$told" ] && [ "$told" = "$3" ] || differ "docs/seeds.md, $1, seed $2: shows '$told', the run prints '$3'"
}

printed() {
  local command
  while IFS= read -r command; do
    case "$command" in
      "run "*) ;;
      *)
        # the words of a command are its arguments
        # shellcheck disable=SC2086
        "$isoflop" $command --wide >"$folder/printed" 2>"$folder/log" || differ "$command: $(cat "$folder/log")"
        compare "$command" "$folder/printed"
        ;;
    esac
  done < <(commands)
}

quickstart() {
  local seed table
  sweep examples/quickstart.yaml quickstart quickstart --parallel 2 --threads 1
  compare "run examples/quickstart.yaml --parallel 2 --threads 1" "$folder/quickstart.txt"
  for seed in 0 1 2; do
    table=quickstart
    if [ "$seed" != 0 ]; then
      table="quickstart-seed-$seed"
      sed "s/^  training:/  training:\n    seed: $seed/; s/name: quickstart/name: quickstart-seed-$seed/" \
        examples/quickstart.yaml >"$folder/seed-$seed.yaml"
      sweep "$folder/seed-$seed.yaml" "$table" "$table" --parallel 2 --threads 1
    fi
    row 'exponent of N\*' "$seed" "$(law 'N\*' "$folder/$table.txt")"
    row 'exponent of D\*' "$seed" "$(law 'D\*' "$folder/$table.txt")"
    row 'exponent of loss' "$seed" "$(law loss "$folder/$table.txt")"
    row 'exponent of the loss on sketches' "$seed" "$(law 'ValidationLoss on sketches' "$folder/$table.txt")"
    row 'loss\* at 8e9 FLOPs' "$seed" "$(loss 8e9 "$folder/$table.txt")"
    row 'loss\* at 1.28e11 FLOPs' "$seed" "$(loss 1.28e11 "$folder/$table.txt")"
  done
}

emoji() {
  [ -f data/emoji/dataset.json ] || "$isoflop" data emoji
  sweep examples/emoji.yaml emoji emoji --parallel 2 --threads 1
  compare "run examples/emoji.yaml --parallel 2 --threads 1" "$folder/emoji.txt"
}

bench() { # Maven's arguments
  mvn -B -ntp -Pbench -Dspotless.check.skip -Djacoco.skip -Dsurefire.failIfNoSpecifiedTests=false "$@"
}

# Rows that CoverageBench prints, as name|Student|bootstrap|width|width|ParabolaBiased.
covered() {
  bench -pl laws test -Dtest=CoverageBench "$@" | tee "$folder/bench" |
    awk -F ' [|] ' 'NF == 8 && $1 != "scenario" { print $1 "|" $4 "|" $5 "|" $6 "|" $7 "|" $8 }'
}

coverage() {
  local name student bootstrap width other biased
  covered -Disoflop.coverage.first=100000 -Disoflop.coverage.bootstrap=300 >"$folder/first"
  covered -Disoflop.coverage.first=0 -Disoflop.coverage.sweeps=500 >"$folder/corrected"
  [ -s "$folder/first" ] && [ -s "$folder/corrected" ] || differ "CoverageBench printed no table: $(tail -n 20 "$folder/bench")"
  while IFS='|' read -r name student bootstrap width other biased; do
    grep -qxF "| $name | $student | $bootstrap | $width | $other | $biased |" docs/coverage.md ||
      differ "docs/coverage.md does not show what the bench prints: $name | $student | $bootstrap | $width | $other | $biased"
  done <"$folder/first"
  while IFS='|' read -r name student bootstrap width other biased; do
    grep -F "| $name |" docs/coverage.md | grep -qF " | $bootstrap | $other |" ||
      differ "docs/coverage.md, with the corrections, does not show what the bench prints: $name | $bootstrap | $other"
  done <"$folder/corrected"
}

performance() {
  local bench modules
  mvn -B -ntp -q -pl crds,worker -DskipTests -Dspotless.check.skip -Djacoco.skip package
  while read -r modules bench; do
    if [ "$bench" = EagerBench ] && [ -z "${ISOFLOP_PYTHON:-}" ]; then
      echo "EagerBench: not run, as ISOFLOP_PYTHON names no Python with PyTorch"
      continue
    fi
    bench -pl "$modules" test -Dtest="$bench" >"$folder/bench" 2>&1 || differ "$bench failed: $(tail -n 20 "$folder/bench")"
    grep -v '^\[\|^ *$' "$folder/bench" || true
  done < <(grep -ho 'mvn -Pbench -pl [a-z,]* test -Dtest=[A-Za-z]*' docs/performance.md docs/performance-laws.md |
    sed 's/.*-pl \([a-z,]*\) test -Dtest=/\1 /' | sort -u)
}

parts=()
for argument in "$@"; do
  case "$argument" in
    --write) write=yes ;;
    printed | quickstart | emoji | coverage | performance) parts+=("$argument") ;;
    *) echo "docs/measured.sh: '$argument' is none of --write, printed, quickstart, emoji, coverage, performance" >&2; exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(printed quickstart emoji coverage performance)
for part in "${parts[@]}"; do
  "$part"
done
[ "$differs" = 1 ] || echo "README.md and docs show what is printed: ${parts[*]}"
exit "$differs"
