#!/usr/bin/env bash
# Trains what README.md and docs/seeds.md show results of, and says where they differ from what is printed.
#   docs/measured.sh            the quickstart with seeds 0, 1 and 2: some ten minutes on two cores
#   docs/measured.sh --emoji    the emoji sweep, too: some fifteen minutes more, after ./isoflop data emoji
# ISOFLOP names another program than ./isoflop. Ends with 1 if something differs. What takes no training is compared by
# DocumentedOutputTest in every build.
set -euo pipefail
cd "$(dirname "$0")/.."
isoflop="${ISOFLOP:-./isoflop}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
differs=0

differ() {
  echo "$1"
  differs=1
}

# Lines of README.md below a heading of results whose block has this budget in its first row.
shown() {
  awk -v first="$1" '/^```/ { block = ""; inside = !inside; next }
    inside { block = block $0 "\n" }
    inside && $1 == first { wanted = 1 }
    inside && /^wrote / { next }
    wanted && inside { print }
    !inside { wanted = 0 }' README.md | grep -v '^wrote \|^ *$'
}

compare() { # first budget, output
  local line
  while IFS= read -r line; do
    grep -qxF -- "$line" "$2" || differ "README.md shows, and the run does not print: $line"
  done < <(shown "$1")
}

law() { # name as printed, output: exponent and Student's interval
  sed -n "s/^ *$1  *= .*C^[-0-9.e]*  *\([-0-9.e]*\)  *\(\[[^]]*\]\).*/\1 \2/p" "$2" | head -n 1
}

loss() { # budget, output: loss* there
  awk -v budget="$1" '$1 == budget { print $(NF - 1); exit }' "$2"
}

cell() { # start of a row of docs/seeds.md, number of the seed
  grep -F "| $1 |" docs/seeds.md | head -n 1 | awk -F ' *[|] *' -v field="$(($2 + 3))" '{ print $field }'
}

row() { # start of the row, seed, what the run printed
  local told
  told="$(cell "$1" "$2")"
  [ "$told" = "$3" ] || differ "docs/seeds.md, $1, seed $2: shows '$told', the run prints '$3'"
}

sweep() { # manifest, output, options
  "$isoflop" run "$1" --dir "$folder/runs" "${@:3}" >"$2"
}

sweep examples/quickstart.yaml "$folder/readme" --parallel 2 --threads 1
compare 8e9 "$folder/readme"
for seed in 0 1 2; do
  sed "s/^  training:/  training:\n    seed: $seed/; s/name: quickstart/name: quickstart-seed-$seed/" \
    examples/quickstart.yaml >"$folder/seed-$seed.yaml"
  sweep "$folder/seed-$seed.yaml" "$folder/seed-$seed" --parallel 1 --threads 2
  row 'exponent of N\*' "$seed" "$(law 'N\*' "$folder/seed-$seed")"
  row 'exponent of D\*' "$seed" "$(law 'D\*' "$folder/seed-$seed")"
  row 'exponent of loss' "$seed" "$(law loss "$folder/seed-$seed")"
  row 'exponent of the loss on sketches' "$seed" "$(law 'ValidationLoss on sketches' "$folder/seed-$seed")"
  row 'loss\* at 8e9 FLOPs' "$seed" "$(loss 8e9 "$folder/seed-$seed")"
  row 'loss\* at 1.28e11 FLOPs' "$seed" "$(loss 1.28e11 "$folder/seed-$seed")"
done
if [ "${1:-}" = --emoji ]; then
  sweep examples/emoji.yaml "$folder/emoji" --parallel 1 --threads 2
  compare 1e11 "$folder/emoji"
fi
[ "$differs" = 1 ] || echo "README.md and docs/seeds.md show what the runs print"
exit "$differs"
