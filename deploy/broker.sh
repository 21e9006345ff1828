# RabbitMQ as up.sh starts it where none answers: a node of its own, only on loopback, with everything it keeps in the data folder. Sourced, never run.
# Its process carries FLEET_BROKER="<port> <folder>" in its environment, by which other installations of the same user find it and share it.

# Reads an AMQP URI into broker_host, broker_port, broker_user, broker_password, broker_vhost. Source: rabbitmq.com/docs/uri-spec.
parse_broker() {
  local pattern='^(amqps?)://(([^:@/]*)(:([^@/]*))?@)?(\[[^]]+\]|[^:/?]+)(:([0-9]+))?(/([^/?]*))?(\?.*)?$'
  [[ $1 =~ $pattern ]] || fail "FLEET_RABBITMQ is not an AMQP URI such as amqp://user:password@127.0.0.1:5672/vhost."
  broker_scheme=${BASH_REMATCH[1]}
  broker_user=$(decode "${BASH_REMATCH[3]:-guest}")
  broker_password=$(decode "${BASH_REMATCH[5]:-guest}")
  broker_host=${BASH_REMATCH[6]}
  broker_port=${BASH_REMATCH[8]:-$([[ $broker_scheme == amqps ]] && echo 5671 || echo 5672)}
  broker_vhost=$(decode "${BASH_REMATCH[10]}")
  broker_vhost=${broker_vhost:-/}
}

decode() { printf '%b' "${1//%/\\x}"; }

broker_is_local() { [[ $broker_host == localhost || $broker_host == 127.* || $broker_host == '[::1]' ]]; }

# 0: a broker answers; 1: nobody does; 2: somebody answers who is no broker.
broker_answers() {
  (
    host=${broker_host//[\[\]]/}
    # A host that swallows packets would keep us for minutes.
    broker_is_local || timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$host" "$broker_port" || exit 1
    exec 3<>"/dev/tcp/$host/$broker_port" || exit 1
    [[ $broker_scheme == amqps ]] && exit 0
    printf 'AMQP\x00\x00\x09\x01' >&3
    IFS= read -r -t 5 -N 1 first <&3 || exit 2
    # The first frame is a method frame.
    [[ $first == $'\x01' ]] || exit 2
  ) 2>/dev/null
}

# The data folder of the installation of this user that started the broker on our port; nothing if none did.
find_broker() {
  local pid port folder found=
  while read -r pid port folder; do
    # The broker's own helpers inherit the mark.
    [[ $port != "$broker_port" || $(cat "/proc/$pid/comm" 2>/dev/null) != beam.smp ]] || found=$folder
  done < <(processes_with FLEET_BROKER)
  printf '%s' "$found"
}

# The data folders of installations of this user, other than $1, that run with the broker on our port.
broker_users() {
  local pid port folder
  while read -r pid port folder; do
    [[ $port != "$broker_port" || $folder == "$1" ]] || printf '%s\n' "$folder"
  done < <(processes_with FLEET_USES_BROKER) | sort -u
}

install_broker() {
  [[ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || return 0
  local how="install it (apt-get install rabbitmq-server), or name a running one in FLEET_RABBITMQ"
  command -v apt-get >/dev/null || fail "No broker answers at $broker_host:$broker_port, and RabbitMQ is not installed: $how."
  [[ $EUID -eq 0 ]] || fail "No broker answers at $broker_host:$broker_port, and only root may install RabbitMQ: $how."
  say "Installing RabbitMQ (log: $logs/install.log)."
  # The package would start a broker of its own, on all interfaces.
  local policy=/usr/sbin/policy-rc.d
  if [[ -e $policy ]]; then policy=; else
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  local installed=yes
  (umask 022 && apt-get install -y -q rabbitmq-server || { apt-get update -q && apt-get install -y -q rabbitmq-server; }) >"$logs/install.log" 2>&1 9>&- || installed=
  [[ -z $policy ]] || rm -f "$policy"
  [[ -n $installed && -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || fail "RabbitMQ could not be installed (see $logs/install.log): $how."
}

# The first free port of this machine from $1 on.
free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  printf '%s' "$port"
}

# What the node and its command-line tools must agree on. The user's home is the broker's own, so that its cookie is nobody else's;
# the name server (epmd) is its own too, or the first one started would decide for all on which addresses it listens.
broker_environment() {
  local folder=$1 node distribution names
  read -r node distribution names <"$folder/node"
  printf '%s\n' "HOME=$folder" "RABBITMQ_CONF_ENV_FILE=/dev/null" "RABBITMQ_NODENAME=$node" "RABBITMQ_DIST_PORT=$distribution" \
    "ERL_EPMD_PORT=$names" "ERL_EPMD_ADDRESS=127.0.0.1" "RABBITMQ_CTL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}"
}

# start_broker: begins to start it; it answers some seconds later.
start_broker() {
  local environment distribution
  mkdir -p "$broker"/{db,log}
  # (RUNNING_UNDER_SYSTEMD below makes the start script become the node instead of watching over it: one process to remember.)
  if [[ ! -f $broker/node ]]; then
    distribution=$(free_port $((broker_port > 50000 ? broker_port - 11000 : broker_port + 11000)))
    printf 'fleet-%s@localhost %s %s\n' "$broker_port" "$distribution" "$(free_port $((distribution + 1)))" >"$broker/node"
  fi
  cat >"$broker/rabbitmq.conf" <<END
listeners.tcp.local = ${broker_host/localhost/127.0.0.1}:$broker_port
default_vhost = $broker_vhost
default_user = $broker_user
default_pass = $broker_password
disk_free_limit.absolute = 100MB
log.file.rotation.size = 10485760
log.file.rotation.count = 5
END
  : >"$broker/plugins"
  [[ -f $broker/vhosts ]] || printf '%s\n' "$broker_vhost" >"$broker/vhosts"
  mapfile -t environment < <(broker_environment "$broker")
  env "${environment[@]}" FLEET_BROKER="$broker_port $data" RUNNING_UNDER_SYSTEMD=true RABBITMQ_CONFIG_FILE="$broker/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$broker/plugins" \
    RABBITMQ_MNESIA_BASE="$broker/db" RABBITMQ_LOG_BASE="$broker/log" RABBITMQ_LOGS="$broker/log/broker.log" RABBITMQ_PID_FILE="$broker/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
    setsid /usr/lib/rabbitmq/bin/rabbitmq-server >"$logs/broker.log" 2>&1 </dev/null 9>&- &
  remember broker $!
  disown
}

# Makes the vhost of our URI on a broker that an installation of this user started. $1: that broker's folder.
ensure_vhost() {
  local environment
  ! grep -qxF -- "$broker_vhost" "$1/vhosts" 2>/dev/null || return 0
  mapfile -t environment < <(broker_environment "$1")
  env "${environment[@]}" /usr/lib/rabbitmq/bin/rabbitmqctl -q add_vhost "$broker_vhost" >"$logs/vhost.log" 2>&1 9>&- &&
    env "${environment[@]}" /usr/lib/rabbitmq/bin/rabbitmqctl -q set_permissions -p "$broker_vhost" "$broker_user" '.*' '.*' '.*' >>"$logs/vhost.log" 2>&1 9>&- ||
    fail "The virtual host $broker_vhost could not be made on the broker at $broker_host:$broker_port (see $logs/vhost.log)."
  printf '%s\n' "$broker_vhost" >>"$1/vhosts"
}

# stop_broker <data folder>: the broker which that installation started, with its name server.
stop_broker() {
  local run=$1/run broker=$1/broker node distribution names
  stop 30 broker
  [[ -f $broker/node ]] || return 0
  read -r node distribution names <"$broker/node"
  HOME=$broker ERL_EPMD_PORT=$names epmd -kill >/dev/null 2>&1 || true
}
