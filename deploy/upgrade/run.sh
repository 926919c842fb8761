#!/usr/bin/env bash
# Shows that a new version may be switched on while the old one runs: the first release makes a database with data, then this
# checkout starts beside it and migrates. Both must go on working on the one database, and nothing may be lost when the old one ends.
#
#   deploy/upgrade/run.sh [--from COMMIT]
#
# Needs git (with the history), the .NET SDK, PostgreSQL's programs, curl and Python 3. Uses a folder of its own and removes it.
set -euo pipefail
cd "$(dirname "$0")/../.."
from=fa08c3fdafc7ea92ae7ee7d9a9b948c9e25c210c   # 1.0.0
[ "${1:-}" != --from ] || { from=$2; shift 2; }
[ $# = 0 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2; }

work=$(mktemp -d); chmod 755 "$work"
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1); programs=${programs:-$(dirname "$(command -v postgres)")}
account() { if [ "$(id -u)" = 0 ]; then setpriv --reuid="$owner" --regid="$owner" --clear-groups "$@"; else "$@"; fi; }
owner=$(id -u postgres 2>/dev/null || id -u nobody)
end() {
  kill "${old:-}" "${new:-}" 2>/dev/null || true
  wait "${old:-}" "${new:-}" 2>/dev/null || true
  account "$programs/pg_ctl" -D "$work/db" -m immediate stop >/dev/null 2>&1 || true
  git worktree remove --force "$work/source" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
passed=0 failed=0
check() { local what=$1; shift; if "$@"; then passed=$((passed + 1)); echo "ok      $what"; else failed=$((failed + 1)); echo "FAILED  $what"; fi; }
key=nm_upgrade-upgrade-upgrade-upgrade-upgrade
api() { local url=$1; shift; curl -fsS -m 10 -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "$@" "$url"; }
pick() { python3 -c "import json,sys; d = json.load(sys.stdin); print($1)"; }
alerts() { api "$1/api/v1/alerts?limit=200" | pick "sorted((a['id'], a['title'], a['watch']['id'], a['status']) for a in d['items'])"; }
no_error_in() { ! grep -E ' (fail|crit): ' "$1"; }
within() { local seconds=$1; shift; for _ in $(seq $((seconds * 2))); do if "$@" 2>/dev/null; then return 0; fi; sleep 0.5; done; return 1; }

git worktree add --detach "$work/source" "$from" >/dev/null 2>&1
for version in old new; do
  source=$PWD; [ $version = new ] || source=$work/source
  dotnet publish "$source/src/NewsMonitor" -c Release -o "$work/$version" --nologo -v q \
    -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false >"$work/$version.build" 2>&1 \
    || { tail -5 "$work/$version.build"; exit 1; }
done

port=$(free_port)
mkdir "$work/db"; [ "$(id -u)" != 0 ] || chown "$owner" "$work/db"
account "$programs/initdb" -D "$work/db" -U monitor --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
account "$programs/pg_ctl" -D "$work/db" -w -l "$work/db/log" -o "-p $port -k '' -c listen_addresses=127.0.0.1" start >/dev/null
export ConnectionStrings__Monitor="Host=127.0.0.1;Port=$port;Username=monitor;Database=postgres" Monitor__AdminKey=$key
export Monitor__DataDirectory=$work/data Monitor__ConfigDirectory=$PWD/seeds Monitor__Samples=true Monitor__Outbound__AllowedHosts=127.0.0.1
before=http://127.0.0.1:$(free_port) after=http://127.0.0.1:$(free_port)

"$work/old/monitor" run --urls "$before" >"$work/old.log" 2>&1 & old=$!
all_there() { [ "$(api "$1/api/v1/alerts?limit=200" | pick 'len(d["items"])')" -ge 15 ]; }
check "the old version raises its alerts" within 60 all_there "$before"
first=$(api "$before/api/v1/alerts?limit=1" | pick 'd["items"][0]["id"]')
api "$before/api/v1/alerts/$first" -X PATCH -d '{"status":"confirmed","note":"seen before the upgrade"}' >/dev/null
api "$before/api/v1/watches" -d '{"id":"port","name":"Port","severity":"low","terms":["ميناء"]}' >/dev/null
api "$before/api/v1/silences" -d '{"watchId":"port","reason":"upgrade"}' >/dev/null
kept=$(alerts "$before")

"$work/new/monitor" run --urls "$after" >"$work/new.log" 2>&1 & new=$!
ready() { curl -fsS -m 5 "$1/healthz/ready" >/dev/null; }
check "the new version migrates and gets ready" within 60 ready "$after"
grep -h 'Migrating' "$work/new.log" | sed 's/.*Migrating/        migrated/' || echo "        there was nothing to migrate"
check "the old version is still ready" ready "$before"
check "both show the same alerts" test "$(alerts "$before")" = "$(alerts "$after")"
check "those of before the upgrade are all there" test "$(alerts "$after")" = "$kept"

# The old version does all its kinds of work on the migrated database: look at feeds, triage, edit.
looks() { api "$before/api/v1/feeds?limit=200" | pick '" ".join("%d:%s" % (f["id"], f["health"]["lastSuccessAt"]) for f in d["items"] if "/samples/" in f["url"])'; }
# Each look against that feed's own last one. Against a clock in whole seconds "12.5Z" sorts before "12Z", though it is later.
earlier=$(looks)
looked_again() { local now look; now=$(looks); for look in $earlier; do [[ " $now " != *" $look "* ]] || return 1; done; [ -n "$now" ]; }
for look in $earlier; do api "$before/api/v1/feeds/${look%%:*}/refresh" -X POST >/dev/null; done
check "feeds refreshed by the old version are looked at" within 30 looked_again
second=$(api "$before/api/v1/alerts?limit=2" | pick 'd["items"][1]["id"]')
check "the old version still takes a review" api "$before/api/v1/alerts/$second" -X PATCH -d '{"status":"acknowledged"}' -o "$work/answer"
check "and the new version shows it" test "$(api "$after/api/v1/alerts/$second" | pick 'd["status"]')" = acknowledged
check "the new version takes a review, too" api "$after/api/v1/alerts/$second" -X PATCH -d '{"status":"dismissed"}' -o "$work/answer"
check "and the old version shows it" test "$(api "$before/api/v1/alerts/$second" | pick 'd["status"]')" = dismissed
check "the old version saves a watch" api "$before/api/v1/watches" -d '{"id":"late","name":"Late","severity":"low","terms":["قطار"]}' -o "$work/answer"
check "the old version logs no error" no_error_in "$work/old.log"

kill "$old"; wait "$old" || true
check "the review of before the upgrade is kept" test "$(api "$after/api/v1/alerts/$first" | pick 'd["status"]')" = confirmed
check "so is its history" test "$(api "$after/api/v1/alerts/$first" | pick 'any("seen before the upgrade" in json.dumps(h) for h in d["history"])')" = True
check "the silence is there" test "$(api "$after/api/v1/silences" | pick 'd["items"][0]["watchId"]')" = port
check "both watches are there" test "$(api "$after/api/v1/watches?limit=200" | pick 'sum(w["id"] in ("port", "late") for w in d["items"])')" = 2
check "the new version logs no error" no_error_in "$work/new.log"
echo; echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
