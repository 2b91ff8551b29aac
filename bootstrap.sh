#!/bin/sh
# From a fresh machine to an answer: installs what is missing, builds, and runs an example or the tests.
set -eu

usage() {
  cat <<'END'
Usage: ./bootstrap.sh COMMAND

  run    build, then decide an example case and explain the decision in full
  test   build, then run every test; the last line is the count: N passed, N failed

Both install what is missing with apt on Debian and Ubuntu. The program is built to build/duly.

Environment:
  DULY_WERROR=ON            warnings are errors
  DULY_EXTRA_PACKAGES="…"   further Debian packages to install where they are missing

Example:
  ./bootstrap.sh run
END
}

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
log=$root/build/bootstrap.log

say() { printf '%s\n' "$*" >&2; }

# --- What the build needs ---------------------------------------------------------------------------------------------

# One line a package: its name, the program that shows it is there (- for a library), what it is for.
packages() {
  cat <<'END'
g++ c++ the C++ compiler
cmake cmake the build
ninja-build ninja the build, quickly
ccache ccache the build again, quickly
tao-pegtl-dev - the grammar (PEGTL)
libfmt-dev - putting texts together (fmt)
nlohmann-json3-dev - JSON
libcli11-dev - the command line (CLI11)
libsimdjson-dev - cases by the million (simdjson)
libncurses-dev - the full screen of `duly step` (ncursesw)
libedit-dev - the lines of `duly ask` (libedit)
tmux tmux the tests of the full screen
doctest-dev - the C++ tests
python3 python3 the tests of the command
END
  for package in ${DULY_EXTRA_PACKAGES:-}; do
    echo "$package - asked for by DULY_EXTRA_PACKAGES"
  done
}

has_package() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# The lines of packages() that are not there. Without dpkg, libraries are left to CMake to find.
missing_packages() {
  packages | while read -r package program purpose; do
    if [ "$program" != - ]; then
      if command -v "$program" >/dev/null 2>&1; then continue; fi
    elif ! command -v dpkg-query >/dev/null 2>&1 || has_package "$package"; then
      continue
    fi
    echo "$package $program $purpose"
  done
}

list_by_purpose() {
  while read -r package _ purpose; do
    printf '  %-20s %s\n' "$package" "$purpose" >&2
  done
}

ask_to_install() {
  say "duly: this system has no apt. Install these, under the names that your system gives them, and try again:"
  packages | list_by_purpose
  say "(CMake can download the libraries instead: cmake --preset release -DDULY_FETCH_DEPENDENCIES=ON)"
}

install_missing() {
  missing=$(missing_packages)
  if [ -z "$missing" ]; then return 0; fi
  if ! command -v apt-get >/dev/null 2>&1; then
    ask_to_install
    return 1
  fi
  say "duly: installing what is missing:"
  printf '%s\n' "$missing" | list_by_purpose
  names=$(printf '%s\n' "$missing" | cut -d ' ' -f 1)
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "duly: installing needs root, and there is no sudo. As root, run:"
      # shellcheck disable=SC2086 # one word a package
      say "  apt-get update && apt-get install" $names
      return 1
    fi
    as_root=sudo
  fi
  # The package lists may be absent or out of date: fetch them only where the first attempt fails.
  if apt_install >/dev/null 2>&1; then return 0; fi
  $as_root apt-get update -q >&2 || say "duly: apt-get update failed; trying with the lists there are"
  if apt_install >&2; then return 0; fi
  say "duly: apt-get could not install the packages; what it said stands above."
  return 1
}

apt_install() {
  # shellcheck disable=SC2086 # one word a package, and as_root may be nothing
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=120 $names </dev/null
}

# --- The build --------------------------------------------------------------------------------------------------------

# Runs a step of the build in silence; shows what it printed only where it fails.
step() {
  what=$1
  shift
  if "$@" >"$log" 2>&1; then return 0; fi
  cat "$log" >&2
  say "duly: $what failed."
  return 1
}

build() {
  cd "$root"
  install_missing || return 1
  mkdir -p build
  if ! step "configuring" cmake --preset release; then
    if ! command -v apt-get >/dev/null 2>&1; then ask_to_install; fi
    return 1
  fi
  # Quiet where nothing is to be built.
  if [ ! -x build/duly ]; then say "duly: building; the first time takes a few minutes"; fi
  step "the build" cmake --build build --target "$1"
}

# --- The tests --------------------------------------------------------------------------------------------------------

# Reads the output of `ctest -V`. Prints a line for each test and the whole output of those that fail; the last line is
# "passed failed skipped", counting doctest's test cases one by one and each script as one.
count_ctest() {
  awk '
    /^[0-9]+: / {
      id = $0; sub(/:.*/, "", id)
      text = $0; sub(/^[0-9]+: ?/, "", text)
      output[id] = output[id] text "\n"
      if (text ~ /^\[doctest\] test cases:/) {
        n = split(text, part, "|")
        for (i = 2; i <= n; i++) {
          split(part[i], word, " ")
          if (word[2] == "passed") cases_passed[id] = word[1] + 0
          if (word[2] == "failed") cases_failed[id] = word[1] + 0
        }
        has_cases[id] = 1
      }
      next
    }
    /^ *[0-9]+\/[0-9]+ +Test +#[0-9]+: / {
      print
      id = $0; sub(/^[^#]*#/, "", id); sub(/:.*/, "", id)
      if ($0 ~ /\*\*\*Skipped/) { skipped++; next }
      good = $0 ~ / Passed +[0-9.]+ sec/
      if (!good) printf "%s", output[id]
      if (has_cases[id]) {
        passed += cases_passed[id]
        failed += cases_failed[id]
        # It failed, though no test case did: a crash at the end, or a time limit.
        if (!good && cases_failed[id] == 0) failed++
      } else if (good) passed++
      else failed++
    }
    END { print passed + 0, failed + 0, skipped + 0 }
  ' "$1"
}

# Prints the numbers of "N passed, N failed" where that is the last line of the file; fails where it is not.
read_count() {
  tail -n 1 "$1" | sed -n 's/^\([0-9][0-9]*\) passed, \([0-9][0-9]*\) failed$/\1 \2/p' | grep .
}

passed=0
failed=0

run_ctest() {
  status=0
  ctest --test-dir build -V -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" >build/ctest.log 2>&1 || status=$?
  count_ctest build/ctest.log >build/ctest.count
  sed '$d' build/ctest.count
  # shellcheck disable=SC2046 # three numbers
  set -- $(tail -n 1 build/ctest.count)
  passed=$((passed + $1))
  failed=$((failed + $2))
  if [ "$3" -gt 0 ]; then echo "$3 skipped"; fi
  if [ "$(($1 + $2))" -eq 0 ] || { [ "$status" -ne 0 ] && [ "$2" -eq 0 ]; }; then
    cat build/ctest.log
    say "duly: ctest failed, or ran no test; what it said stands above."
    failed=$((failed + 1))
  fi
}

run_policy_cases() {
  status=0
  build/duly test stdpolicy examples >build/policy-cases.log || status=$?
  if counts=$(read_count build/policy-cases.log); then
    sed '$d' build/policy-cases.log
    echo "policy cases: $(tail -n 1 build/policy-cases.log)"
    passed=$((passed + ${counts% *}))
    failed=$((failed + ${counts#* }))
    if [ "$status" -eq 0 ] || [ "${counts#* }" -gt 0 ]; then return 0; fi
  else
    cat build/policy-cases.log
  fi
  say "duly: 'duly test stdpolicy examples' ended with exit code $status."
  failed=$((failed + 1))
}

# --- The commands -----------------------------------------------------------------------------------------------------

run() {
  build duly || exit 1
  exec build/duly decide examples/derby/derby.policy aged_11_parent_refuses --depth full
}

run_tests() {
  if build all; then
    run_ctest
    run_policy_cases
  else
    failed=1  # the build: nothing could run
  fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

if [ "$#" -ne 1 ]; then
  usage >&2
  exit 2
fi
case $1 in
  run) run ;;
  test) run_tests ;;
  -h | --help) usage ;;
  *)
    say "bootstrap.sh: there is no command '$1'."
    usage >&2
    exit 2
    ;;
esac
