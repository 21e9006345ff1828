#!/bin/sh
# Publishes one process for a container: deploy/publish.sh services/Inventory/Fleet.Inventory /app
# The Dockerfile runs exactly this, and the tests run it natively.
set -eu
cd "$(dirname "$0")/.."
dotnet publish "$1.csproj" --configuration Release --output "$2" --nologo -p:UseAppHost=false
# SQLite's library for all the systems that the image is not.
if [ -d "$2/runtimes" ]; then find "$2/runtimes" -mindepth 1 -maxdepth 1 ! -name 'linux-*' ! -name unix -exec rm -rf {} +; fi
