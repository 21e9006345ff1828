#!/usr/bin/env bash
# Lists, shows and replays what consumers could not handle. See --help, and README.md beside this file.
set -euo pipefail
umask 077
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"

program=$here/Errors/bin/Release/net10.0/Fleet.Errors.dll
[[ -f $program ]] || fail "It is not built yet: run deploy/up.sh first, or dotnet build -c Release deploy/Errors."
uri=${FLEET_RABBITMQ:-}
# The broker of the installation in this data folder, as up.sh noted it.
[[ -n $uri || ! -f $run/settings ]] || uri=$(sed -n 2p "$run/settings")
# Not as an argument: everybody on the machine could read the password there.
exec dotnet "$program" "$@" <<<"${uri:-amqp://guest:guest@127.0.0.1:5672/}"
