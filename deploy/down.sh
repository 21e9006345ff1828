#!/usr/bin/env bash
# Stops exactly what up.sh started from the same data folder. See --help.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
. "$here/broker.sh"

purge=
for argument in "$@"; do
  case $argument in
    --purge) purge=yes ;;
    --help | -h)
      cat <<'END'
Usage: deploy/down.sh [--purge]

Stops what deploy/up.sh started with the same FLEET_DATA, the broker included if it started one. Data and logs stay.

  --purge  remove the data folder's content too: databases, keys, logs, the broker's queues
END
      exit 0 ;;
    *) fail "There is no option $argument; see deploy/down.sh --help." ;;
  esac
done

if [[ ! -d $run ]]; then
  say "Nothing runs from $data."
  exit 0
fi
data=$(cd "$data" && pwd) run=$data/run logs=$data/logs broker=$data/broker
lock

stopped=()
for name in "${names[@]}"; do [[ -z $(pid_of "$name") ]] || stopped+=("$name"); done
stop 20 "${names[@]}"

# The broker goes with the last installation that uses it: ours when nobody else does, another's when it is down itself and we were its last user.
uri=$(sed -n 2p "$run/settings" 2>/dev/null || true)
kept=
if [[ -n $uri ]]; then
  parse_broker "$uri"
  owner=$(find_broker)
  others=$(broker_users "$data")
  if [[ -n $owner && -z $others ]]; then
    stop_broker "$owner"
    stopped+=("the broker")
  elif [[ $owner == "$data" ]]; then
    kept=yes
    say "The broker stays until $others is down too."
  fi
fi
[[ -n $kept ]] || { stop_broker "$data"; rm -f "$run/settings"; }

if [[ ${#stopped[@]} -eq 0 ]]; then say "Nothing runs from $data."; else say "Stopped: ${stopped[*]}."; fi
[[ -n $purge ]] || exit 0
[[ -z $kept ]] || fail "The data in $data is not removed while its broker runs."

# Only what Fleet writes, by name: whatever else somebody keeps in the folder stays.
case $data in
  / | "$HOME" | "$root") fail "$data is not a folder of its own; remove Fleet's files in it by hand." ;;
esac
on_mongo=$(compgen -G "$data/*.mongo.made" || true)
for name in "${names[@]}"; do rm -f "$data/$name".db "$data/$name".db-* "$data/$name".{sqlite,mongo}.made; done
rm -rf "$run" "$logs" "$broker" "$data"/gateway-sessions "$data"/gateway-key.pem "$data"/gateway.lock "$data"/admin-client.json
if rmdir "$data" 2>/dev/null; then say "Removed $data."; else say "Removed Fleet's data; what is left in $data is not Fleet's."; fi
[[ -z $on_mongo ]] || say "The databases fleet_<service> on MongoDB stay. Drop them too, or the next start finds the old accounts and prints no new password."
