#!/usr/bin/env bash
# Runs every test suite; the last line is "N passed, N failed". Installs what the tests need where it may (root on Debian).
#   tests/run.sh              everything
#   tests/run.sh Unit Store   only these suites
#   tests/run.sh --fast       format, unit and contract tests: what a commit should have passed
# With FLEET_TEST_SCREENSHOTS=<folder> the end-to-end tests leave a picture there of every page, in both languages, wide and narrow.
# The store suite runs on MongoDB too where FLEET_TEST_MONGO names a server, or one answers at 127.0.0.1:27017.
set -uo pipefail
cd "$(dirname "$0")/.."
fast= suites=()
for argument in "$@"; do
  case $argument in
    --fast) fast=yes ;;
    *) suites+=("$argument") ;;
  esac
done
if [ ${#suites[@]} -eq 0 ]; then
  [ -n "$fast" ] && suites=(Unit Contract) || suites=(Unit Contract Store Integration EndToEnd)
  whole=yes
else
  whole=
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 CONFIGURATION=Release
if [ -z "${FLEET_TEST_MONGO:-}" ] && (exec 3<>/dev/tcp/127.0.0.1/27017) 2>/dev/null; then export FLEET_TEST_MONGO=mongodb://127.0.0.1:27017; fi
work=$(mktemp -d)
broker_pid=
passed=0
failed=0

fail() {
  echo "$1" >&2
  failed=$((failed + 1))
}

finish() {
  # Only what this run started is stopped.
  if [ -n "$broker_pid" ]; then rabbitmqctl -q stop >/dev/null 2>&1; fi
  rm -rf "$work"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit $?
}

install_missing() {
  local packages=()
  command -v rabbitmq-server >/dev/null || packages+=(rabbitmq-server)
  command -v chromium >/dev/null || packages+=(chromium fonts-dejavu-core)
  command -v wg >/dev/null || packages+=(wireguard-tools)
  command -v docker-compose >/dev/null || packages+=(docker-compose)
  command -v ss >/dev/null || packages+=(iproute2)
  command -v npm >/dev/null || packages+=(nodejs npm)
  [ ${#packages[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    fail "The tests need ${packages[*]}; install them or run as root on Debian."
    finish
  fi
  echo "Installing ${packages[*]}"
  # The package starts a broker by itself where an init system runs; the tests start their own.
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}") >"$work/apt.log" 2>&1 || {
    tail -5 "$work/apt.log" >&2
    fail "Installing ${packages[*]} failed."
    finish
  }
}

# The identity provider that the end-to-end tests sign in at; its versions are locked.
install_provider() {
  [ -d tests/EndToEnd/oidc/node_modules ] && return
  npm ci --prefix tests/EndToEnd/oidc --no-audit --no-fund >"$work/npm.log" 2>&1 && return
  rm -rf tests/EndToEnd/oidc/node_modules
  tail -5 "$work/npm.log" >&2
  fail "Installing the identity provider of the end-to-end tests failed (npm ci in tests/EndToEnd/oidc)."
  finish
}

start_broker() {
  rabbitmqctl -q ping >/dev/null 2>&1 && return
  rabbitmq-server -detached >"$work/broker.log" 2>&1
  broker_pid=started
  local deadline=$((SECONDS + 60))
  # Until the node has its name there is nothing whose start could be awaited.
  until rabbitmqctl -q await_startup --timeout 30 >"$work/broker.log" 2>&1; do
    [ $SECONDS -lt $deadline ] && sleep 0.5 && continue
    cat "$work/broker.log" >&2
    fail "The broker does not start."
    finish
  done
}

# build <what>: the solution, or only the suites asked for.
build() {
  echo "Building"
  for what in "$@"; do
    dotnet build "$what" -c Release -v q >"$work/build.log" 2>&1 || {
      grep -E "error|warning" "$work/build.log" | sort -u | head -20 >&2
      fail "The build failed."
      finish
    }
  done
}

check_format() {
  if dotnet format Fleet.sln --no-restore --verify-no-changes >"$work/format.log" 2>&1; then
    passed=$((passed + 1))
  else
    head -20 "$work/format.log" >&2
    fail "The code is not formatted; run dotnet format."
  fi
}

run_suite() {
  local name=$1 log="$work/$1.log"
  local began=$SECONDS
  "tests/$name/bin/Release/net10.0/Fleet.Tests.$name" -noColor >"$log" 2>&1
  local code=$?
  local total errors failures skipped
  read -r total errors failures skipped < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" | tail -1)
  if [ -z "${total:-}" ] || [ "$total" -eq 0 ]; then
    tail -40 "$log" >&2
    fail "$name ran no test."
    return
  fi
  local bad=$((errors + failures + skipped))
  passed=$((passed + total - bad))
  failed=$((failed + bad))
  # A skipped test counts as failed: nothing is left out silently.
  if [ "$code" -ne 0 ] || [ "$bad" -ne 0 ]; then
    [ "$bad" -ne 0 ] || failed=$((failed + 1))
    grep -vE "^ *(Discover|Starting|Finished)" "$log" | tail -150 >&2
  fi
  echo "$name: $((total - bad)) of $total passed in $((SECONDS - began)) s"
  grep -E "^MongoDB" "$log"
}

if [ -n "$fast" ]; then
  build tests/Unit/Fleet.Tests.Unit.csproj tests/Contract/Fleet.Tests.Contract.csproj
else
  install_missing
  [[ " ${suites[*]} " != *" EndToEnd "* ]] || install_provider
  start_broker
  build Fleet.sln
fi
[ -z "$whole" ] || check_format
for suite in "${suites[@]}"; do run_suite "$suite"; done
finish
