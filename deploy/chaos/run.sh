#!/usr/bin/env bash
# Shows that nothing is lost and nothing is doubled while workers are killed: three workers under compose read 500 feeds of a
# small world on this machine. Every ten seconds one worker is killed with SIGKILL, PostgreSQL is restarted twice, and one worker is
# cut from the network for a minute. Then the world compares what it published with what was stored, raised and delivered.
#
#   deploy/chaos/run.sh [--seconds 300] [--feeds 500] [--workers 3]
#
# Needs Docker, Compose and Python 3; uses its own project name and volumes, and removes them at the end. NO_BUILD=1 takes the image
# news-monitor as it is; KEEP_LOGS=FILE keeps what the containers said.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=300 feeds=500 workers=3
build=--build; [ -z "${NO_BUILD:-}" ] || build=--no-build
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2 ;; --feeds) feeds=$2 ;; --workers) workers=$2 ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
  shift 2
done

work=$(mktemp -d)
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("", 0)); print(s.getsockname()[1])'; }
export CHAOS_PORT CHAOS_KEY CHAOS_CONFIG=$work/config MONITOR_PORT MONITOR_SAMPLES=false
CHAOS_PORT=$(free_port) CHAOS_KEY=chaos-$(python3 -c 'import secrets; print(secrets.token_hex(24))') MONITOR_PORT=127.0.0.1:$(free_port)
if docker compose version >/dev/null 2>&1; then engine="docker compose"; else engine=docker-compose; fi
compose() { $engine -p news-monitor-chaos -f docker-compose.yml -f deploy/chaos/compose.yml "$@"; }
workers_now() { compose ps -q monitor; }

end() {
  if [ -n "${KEEP_LOGS:-}" ]; then compose logs --no-color >"$KEEP_LOGS" 2>&1; fi
  compose down --volumes --timeout 5 >/dev/null 2>&1 || true
  [ -z "${world:-}" ] || kill "$world" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

mkdir "$CHAOS_CONFIG"
python3 deploy/chaos/world.py serve --port "$CHAOS_PORT" --feeds "$feeds" --config "$CHAOS_CONFIG" --host host.docker.internal &
world=$!
until [ -s "$CHAOS_CONFIG/feeds.opml" ]; do sleep 0.2; done
tell() { python3 deploy/chaos/world.py tell --port "$CHAOS_PORT" "$@"; }

compose up -d $build --scale monitor="$workers"
network=$(docker network ls -q --filter label=com.docker.compose.project=news-monitor-chaos)
tell start --api "http://$MONITOR_PORT" --key "$CHAOS_KEY"
echo "the world publishes; chaos for $seconds s"

begin=$SECONDS round=0 cut=
until [ $((SECONDS - begin)) -ge "$seconds" ]; do
  sleep 10
  round=$((round + 1)) now=$((SECONDS - begin))
  if [ -n "$cut" ] && [ "$now" -ge "$back" ]; then
    docker network connect --alias monitor "$network" "$cut" && echo "$now s: worker ${cut:0:12} is back on the network"
    cut=
  fi
  mapfile -t alive < <(workers_now)
  victim=${alive[$((round % ${#alive[@]}))]}
  if [ "$victim" != "$cut" ]; then
    docker kill -s KILL "$victim" >/dev/null 2>&1 || true
    sleep 1
    docker start "$victim" >/dev/null
    echo "$now s: killed worker ${victim:0:12}"
  fi
  case $round in
    8 | 20) docker restart -t 5 "$(compose ps -q postgres)" >/dev/null && echo "$now s: restarted PostgreSQL" ;;
    12) cut=${alive[0]} back=$((now + 60))
        docker network disconnect -f "$network" "$cut" && echo "$now s: cut worker ${cut:0:12} from the network" ;;
  esac
done
[ -z "$cut" ] || docker network connect --alias monitor "$network" "$cut"

echo "chaos is over; the world stops publishing and counts"
tell stop
tell judge
