#!/usr/bin/env bash
# rabbitmqctl for the broker that up.sh started from the same FLEET_DATA: deploy/rabbitmqctl.sh list_queues name messages
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
. "$here/broker.sh"
[[ -n $(pid_of broker) ]] || fail "No broker was started from $data; for another one use its own rabbitmqctl."
mapfile -t environment < <(broker_environment "$broker")
vhost=$(head -n 1 "$broker/vhosts")
case ${1:-} in
  list_*s | purge_queue | delete_queue) exec env "${environment[@]}" /usr/lib/rabbitmq/bin/rabbitmqctl --quiet --vhost "$vhost" "$@" ;;
  *) exec env "${environment[@]}" /usr/lib/rabbitmq/bin/rabbitmqctl "$@" ;;
esac
