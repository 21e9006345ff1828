#!/usr/bin/env bash
# Builds Fleet and starts it on this machine. See --help, and README.md beside this file.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
. "$here/broker.sh"

usage() {
  cat <<'END'
Usage: deploy/up.sh [--demo] [--no-build]

Builds Fleet if its sources changed, starts a broker if none answers, starts all processes, waits until they are ready and says how to sign in.
What runs already is left alone, so that running it again brings back what died. Stop it with deploy/down.sh.

  --demo      load a county of 1,400 staff with its history, and open the demo accounts (only on this machine; never with real data)
  --no-build  start what was built before

  FLEET_DATA      data, logs, process ids                                    (default: .data in the repository)
  FLEET_PORT      the gateway's port; the services use the five after it     (default: 8080)
  FLEET_RABBITMQ  the broker's AMQP URI                                      (default: amqp://guest:guest@127.0.0.1:5672/)
  FLEET_STORE     sqlite: databases in the data folder; or mongo             (default: sqlite)
  FLEET_MONGO     with mongo: the connection string                          (mongodb://user:password@host:27017/?options)
END
}

demo= build=yes
for argument in "$@"; do
  case $argument in
    --demo) demo=yes ;;
    --no-build) build= ;;
    --help | -h) usage; exit 0 ;;
    *) fail "There is no option $argument; see deploy/up.sh --help." ;;
  esac
done

port=${FLEET_PORT:-8080}
[[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65530 ]] || fail "FLEET_PORT must be a port from 1 to 65530, not $port."
uri=${FLEET_RABBITMQ:-amqp://guest:guest@127.0.0.1:5672/}
parse_broker "$uri"
store=${FLEET_STORE:-sqlite} mongo=${FLEET_MONGO:-}
[[ $store == sqlite || $store == mongo ]] || fail "FLEET_STORE must be sqlite or mongo, not $store."
[[ $store == sqlite || -n $mongo ]] || fail "FLEET_STORE is mongo: say in FLEET_MONGO where it is, such as mongodb://127.0.0.1:27017."
[[ $store == mongo || -z $mongo ]] || fail "FLEET_MONGO is set, but the store is sqlite; set FLEET_STORE=mongo too, or neither."

declare -A project=(
  [gateway]=gateway/Fleet.Gateway [inventory]=services/Inventory/Fleet.Inventory [assignment]=services/Assignment/Fleet.Assignment
  [provisioning]=services/Provisioning/Fleet.Provisioning [audit]=services/Audit/Fleet.Audit [portal]=services/Portal/Fleet.Portal
  [demo]=deploy/Demo/Fleet.Demo
)
declare -A port_of
for i in "${!names[@]}"; do port_of[${names[i]}]=$((port + i)); done

# dll <name>: what a process runs.
dll() { printf '%s/bin/Release/net10.0/%s.dll' "$root/${project[$1]%/*}" "${project[$1]##*/}"; }

command -v dotnet >/dev/null || fail "The .NET SDK is not installed: get .NET 10 from https://dot.net."
if [[ -n $build ]]; then
  (cd "$root" && dotnet --version) >/dev/null 2>&1 || fail "The .NET 10 SDK is not installed: get it from https://dot.net."
fi

mkdir -p "$run" "$logs" 2>/dev/null && touch "$run/lock" 2>/dev/null || fail "The data folder $data cannot be written to; choose another with FLEET_DATA."
data=$(cd "$data" && pwd) run=$data/run logs=$data/logs broker=$data/broker
lock

# Whatever goes wrong from here on: nothing that this run started keeps running.
started=() broker_started=
undo() {
  local code=$?
  [[ $code -eq 0 ]] && return
  trap - EXIT
  [[ ${#started[@]} -eq 0 ]] || stop 15 "${started[@]}"
  [[ -z $broker_started ]] || stop_broker "$data"
  [[ ${#started[@]} -eq 0 || -n $(running) ]] || rm -f "$run/settings"
  exit "$code"
}
trap undo EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

running() { for name in "${names[@]}"; do [[ -z $(pid_of "$name") ]] || printf '%s ' "$name"; done; }

# An installation that is partly up goes on as it began: with its port, its broker and its demo accounts.
if [[ -n $(running) ]]; then
  { read -r its_port; read -r its_uri; read -r its_demo; read -r its_store; } <"$run/settings" || true
  [[ $its_port == "$port" ]] || fail "Fleet already runs from $data on port $its_port; stop it first (deploy/down.sh)."
  [[ $its_uri == "$uri" ]] || fail "Fleet already runs from $data with another broker; stop it first (deploy/down.sh)."
  [[ ${its_store:-sqlite} == "$store" ]] || fail "Fleet already runs from $data with the store $its_store; stop it first (deploy/down.sh)."
  if [[ -n $demo && -z $its_demo ]]; then
    stop 15 gateway # It comes back with the demo accounts.
  fi
  demo_accounts=${demo:-$its_demo}
else
  demo_accounts=$demo
fi

for name in "${names[@]}"; do
  [[ -z $(pid_of "$name") ]] || continue
  (exec 3<>"/dev/tcp/127.0.0.1/${port_of[$name]}") 2>/dev/null || continue
  fail "Port ${port_of[$name]} (for $name) is taken by another program; choose other ports with FLEET_PORT."
done

answer=0
broker_answers || answer=$?
case $answer in
  2) fail "What answers at $broker_host:$broker_port is not an AMQP broker; name one in FLEET_RABBITMQ." ;;
  1)
    broker_is_local || fail "No broker answers at $broker_host:$broker_port; check FLEET_RABBITMQ."
    [[ $broker_scheme == amqp ]] || fail "No broker answers at $broker_host:$broker_port, and only one without TLS can be started here; check FLEET_RABBITMQ."
    install_broker
    ;;
esac

# What the built files came from: every source with its size and age. Comparing it takes no time; asking the build tool takes seconds.
fingerprint() {
  (cd "$root" && find services gateway deploy/Demo deploy/Fleet.Run.slnf Directory.* global.json .editorconfig BannedSymbols.txt \
    -type d \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | sort)
}

built() { for name in "${names[@]}" demo; do [[ -f $(dll "$name") ]] || return 1; done; }

stamp=$here/Demo/obj/fleet.stamp
if [[ -z $build ]]; then
  built || fail "Not everything is built yet; run deploy/up.sh without --no-build."
elif ! built || ! cmp -s "$stamp" <(fingerprint); then
  if [[ -n $(running) ]] && built; then
    say "The sources changed; what runs stays as it was built. Run deploy/down.sh first to build anew."
  else
    say "Building (log: $logs/build.log) …"
    fingerprint >"$run/stamp"
    (umask 022 && cd "$root" && dotnet build deploy/Fleet.Run.slnf -c Release -nologo -v quiet -clp:NoSummary --disable-build-servers) >"$logs/build.log" 2>&1 9>&- || {
      grep -m 5 'error' "$logs/build.log" >&2 || tail -n 5 "$logs/build.log" >&2
      fail "The build failed (all of it: $logs/build.log)."
    }
    mv "$run/stamp" "$stamp"
  fi
fi

# Looked at again: somebody may have started one while we built.
broker_is_coming=
if ! broker_answers; then
  broker_is_coming=yes
  if [[ -z $(pid_of broker) ]]; then
    say "Starting a broker on $broker_host:$broker_port (log: $broker/log/broker.log) …"
    broker_started=yes
    start_broker
  fi
else
  owner=$(find_broker)
  [[ -z $owner ]] || ensure_vhost "$owner/broker"
fi

printf '%s\n' "$port" "$uri" "$demo_accounts" "$store" >"$run/settings"

start() {
  local name=$1 environment=()
  [[ $name != gateway || -z $demo_accounts ]] || environment+=("Fleet__Demo=true")
  [[ $store != mongo ]] || environment+=("Fleet__Mongo=$mongo")
  # Started in the project's folder: settings and static files lie there.
  (
    cd "$root/${project[$name]%/*}"
    # Quick to start and small rather than fast at the limit: six processes share a machine. (The youngest generation is as big as the CPU's cache otherwise.)
    exec env "FLEET_USES_BROKER=$broker_port $data" "ASPNETCORE_URLS=http://127.0.0.1:${port_of[$name]}" "Fleet__Data=$data" "Fleet__Broker=$uri" "Fleet__Store=$store" \
      "Fleet__Gateway=http://127.0.0.1:$port" "Fleet__Services__inventory=http://127.0.0.1:${port_of[inventory]}" \
      "Fleet__Services__assignment=http://127.0.0.1:${port_of[assignment]}" "Fleet__Services__provisioning=http://127.0.0.1:${port_of[provisioning]}" \
      "Fleet__Services__audit=http://127.0.0.1:${port_of[audit]}" "Fleet__Services__portal=http://127.0.0.1:${port_of[portal]}" \
      DOTNET_gcServer=0 DOTNET_GCgen0size=0x1000000 DOTNET_TieredPGO=0 DOTNET_NOLOGO=1 "${environment[@]}" \
      setsid dotnet "$(dll "$name")"
  ) >>"$logs/$name.log" 2>&1 </dev/null 9>&- &
  remember "$name" $!
  disown # What becomes of it is told below, not by the shell.
  started+=("$name")
}

# blame <name> <sentence>: what its log says last, then why we give up.
blame() {
  say "The last lines of $logs/$1.log:" >&2
  tail -n 8 "$logs/$1.log" | cut -c 1-400 | sed 's/^/  /' >&2
  fail "$2"
}

ready() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
    IFS= read -r -t 5 status <&3
    [[ $status == *' 200 '* ]]
  ) 2>/dev/null
}

# The one-time password stands in what the gateway says from here on, if this is its very first start.
gateway_log=$(stat -c %s "$logs/gateway.log" 2>/dev/null || echo 0)
start_missing() {
  local name before=${#started[@]}
  for name in "$@"; do [[ -n $(pid_of "$name") ]] || start "$name"; done
  [[ ${#started[@]} -eq $before ]] || say "Starting ${started[*]:$before} …"
}

if [[ -n $broker_is_coming ]]; then
  # Gateway and portal do not need it. The others would: they start without, too, but then try again at growing intervals, which takes longer than to wait.
  start_missing gateway portal
  deadline=$((SECONDS + 60))
  until broker_answers; do
    [[ -n $(pid_of broker) && $SECONDS -lt $deadline ]] || blame broker "The broker did not start (see also $broker/log/broker.log)."
    sleep 0.1
  done
  ensure_vhost "$broker"
fi
start_missing "${names[@]}"
deadline=$((SECONDS + 60))
for name in "${names[@]}"; do
  until ready "${port_of[$name]}"; do
    [[ -n $(pid_of "$name") ]] || blame "$name" "The process $name ended while starting."
    [[ $SECONDS -lt $deadline ]] || blame "$name" "The process $name was not ready within 60 seconds."
    sleep 0.2
  done
done

address=http://127.0.0.1:$port
[[ -z $demo ]] || dotnet "$(dll demo)" "$address" 9>&- || fail "The demo county could not be loaded."

say
say "Fleet is ready: $address"
if [[ -n $demo_accounts ]]; then
  say "Sign in as it, hr, auditor, admin, employee or manager with the password demo. Scripts use the service accounts demo-it, demo-hr, demo-auditor, demo-admin (secret: demo)."
elif password=$(tail -c "+$((gateway_log + 1))" "$logs/gateway.log" | grep -o -m 1 'First sign-in: .*'); then
  say "$password"
  [[ -z ${Fleet__SecondFactor__RequiredFor-admin} ]] || say "Have an authenticator app at hand: administrators set up a second factor before anything else."
  say "Scripts use the service account in $data/admin-client.json."
else
  say "Sign in with your account. (The one-time password of the very first sign-in is in $logs/gateway.log.)"
fi
say "Stop it with deploy/down.sh. Logs are in $logs."
