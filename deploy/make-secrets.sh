#!/usr/bin/env bash
# Makes the secret files that docker-compose.yml hands to the containers, with random values. Files that exist stay as they are.
#   deploy/make-secrets.sh [folder]      (default: deploy/secrets)
set -euo pipefail
umask 077
folder=${1:-$(cd "$(dirname "$0")" && pwd)/secrets}
mkdir -p "$folder" 2>/dev/null && chmod 700 "$folder" || {
  echo "The folder $folder cannot be written to." >&2
  exit 1
}

random() { od -An -N 24 -t x1 /dev/urandom | tr -d ' \n'; }

# write <name>: standard input becomes the file, complete or not at all. The containers' users are not ours and must be able to read it;
# on this machine the folder keeps everybody else out.
write() {
  cat >"$folder/.$1"
  chmod 444 "$folder/.$1"
  mv "$folder/.$1" "$folder/$1"
}

# What belongs together is made together: both sides of a password, or none.
if [[ ! -f $folder/broker-uri || ! -f $folder/rabbitmq.conf ]]; then
  password=$(random)
  printf 'default_vhost = fleet\ndefault_user = fleet\ndefault_pass = %s\nloopback_users = none\n' "$password" | write rabbitmq.conf
  printf 'amqp://fleet:%s@rabbitmq:5672/fleet\n' "$password" | write broker-uri
fi
if [[ ! -f $folder/mongo-uri || ! -f $folder/mongo-password ]]; then
  password=$(random)
  printf '%s' "$password" | write mongo-password
  printf 'mongodb://fleet:%s@mongo:27017/?authSource=admin\n' "$password" | write mongo-uri
fi
echo "The secrets are in $folder."
