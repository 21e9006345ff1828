# What up.sh and down.sh share: where things are, who runs, how a process ends. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
data=${FLEET_DATA:-$root/.data}
[[ $data == /* ]] || data=$PWD/$data
run=$data/run
logs=$data/logs
broker=$data/broker

# In the order of their ports: FLEET_PORT + 0, + 1, …
names=(gateway inventory assignment provisioning audit portal)

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The moment a process started, in ticks since boot; with its id it names a process for good. Nothing for one that is gone or a zombie.
started_at() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
  # The second field, the name, may hold blanks; what follows its bracket does not.
  read -ra stat <<<"${stat##*) }"
  [[ ${stat[0]} == [ZX] ]] || printf '%s' "${stat[19]}"
}

# remember <name> <pid>
remember() { printf '%s %s\n' "$2" "$(started_at "$2")" >"$run/$1.pid"; }

# The id of the remembered process if it still runs; a foreign process that has its number now does not count.
pid_of() {
  local pid started
  read -r pid started 2>/dev/null <"$run/$1.pid" || return 0
  [[ -n $started && $(started_at "$pid") == "$started" ]] && printf '%s' "$pid"
  return 0
}

# stop <seconds> <name>…: asks all to end, waits, ends by force what is left, and forgets them.
stop() {
  local grace=$1 name pid waited=0 left
  shift
  for name in "$@"; do
    pid=$(pid_of "$name")
    [[ -z $pid ]] || kill -TERM "$pid" 2>/dev/null || true
  done
  while :; do
    left=()
    for name in "$@"; do [[ -z $(pid_of "$name") ]] || left+=("$name"); done
    [[ ${#left[@]} -gt 0 && $waited -lt $((grace * 10)) ]] || break
    sleep 0.1
    waited=$((waited + 1))
  done
  for name in "${left[@]}"; do
    pid=$(pid_of "$name")
    [[ -z $pid ]] || kill -KILL "$pid" 2>/dev/null || true
  done
  for name in "$@"; do rm -f "$run/$name.pid"; done
}

# Only one up.sh or down.sh at a time works on a data folder. Processes started meanwhile must not inherit the lock: 9>&-.
lock() {
  exec 9>"$run/lock"
  flock -n 9 || {
    say "Waiting for another up.sh or down.sh on $data."
    flock 9
  }
}

# The values of an environment variable in all processes of this user that have it: "<pid> <value>" lines.
processes_with() {
  local environ value
  while IFS= read -r environ; do
    value=$(tr '\0' '\n' 2>/dev/null <"$environ" | sed -n "s/^$1=//p") || continue
    environ=${environ#/proc/}
    [[ -z $value ]] || printf '%s %s\n' "${environ%/environ}" "$value"
  done < <(grep -lzs "^$1=" /proc/[0-9]*/environ) 2>/dev/null
}
