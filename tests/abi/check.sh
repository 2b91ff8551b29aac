#!/bin/sh
# Compares what duly.h looks like to compiled programs (functions, structs, their sizes) with what is recorded in
# duly.abi. That the library has these functions and no others is for tests/install/install_test.py.
#   tests/abi/check.sh            fails where they differ
#   tests/abi/check.sh --update   records what there is now
# Needs abidw and abidiff (Debian: abigail-tools), and gcc. Exit code 77: they are not there.
set -eu

cd "$(dirname -- "$0")/../.."
recorded=tests/abi/duly.abi
for program in abidw abidiff gcc; do
  if ! command -v "$program" >/dev/null 2>&1; then
    echo "skipped: $program is not installed"
    exit 77
  fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A library with each function that the header declares, and nothing in it: the types are the header's, what stands
# behind the opaque ones is nobody's business.
{
  echo '#include <duly/duly.h>'
  gcc -E -P -DDULY_STATIC -Iinterpreter/include interpreter/include/duly/duly.h | tr '\n' ' ' | sed 's/;/;\n/g' |
    grep -E '^ *(const )?[A-Za-z0-9_]+[*]? +[*]?duly_[a-z_]+\(' | sed 's/;$/ { for (;;) { } }/'
} >"$work/duly.c"
gcc -std=c99 -Wno-unused-parameter -g -fPIC -shared -Iinterpreter/include "-ffile-prefix-map=$PWD/=" \
  "-ffile-prefix-map=$work/=" -Wl,-soname,libduly.so "$work/duly.c" -o "$work/libduly.so"
abidw --no-show-locs --no-corpus-path --no-comp-dir-path --type-id-style hash "$work/libduly.so" >"$work/duly.abi"

if [ "${1-}" = --update ]; then
  cp "$work/duly.abi" "$recorded"
  echo "Recorded in $recorded."
  exit 0
fi
if abidiff --no-show-locs "$recorded" "$work/duly.abi"; then
  echo "The interface: as recorded."
  exit 0
fi
cat <<'END'
The interface is not as recorded. Where it only grew, note it in CHANGELOG.md and run tests/abi/check.sh --update.
Where something changed or went away, programs have to be compiled again: raise the library's SOVERSION as well.
END
exit 1
