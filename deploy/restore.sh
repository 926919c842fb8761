#!/usr/bin/env bash
# Puts a file of backup.sh back. What the database holds now is replaced, all or nothing.
#
#   deploy/restore.sh [--url URL | --data FOLDER | --compose] [--yes] FILE
#
# Stop the service first (docker-compose stop monitor gateway; systemctl stop news-monitor) and start it afterwards: it brings
# the restored data up to its own version, so a backup of an older version may be restored into a newer one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); . "$here/database.sh"

file= yes= mode=
while [ $# -gt 0 ]; do
  case $1 in
    --url) url=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    --compose) mode=compose; shift ;;
    --yes) yes=1; shift ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) die "unknown option $1 (see --help)" ;;
    *) file=$1; shift ;;
  esac
done
[ -n "$file" ] || die "which file? (see --help)"
[ "$(head -c 5 "$file")" = PGDMP ] || die "$file is no file of backup.sh"
file=$(realpath "$file")

find_database
if [ "$mode" = local ] && running; then die "the service still runs on $data: stop it first"; fi
with_server

others=$(run_client psql -XAtq -c "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'" </dev/null) # the answer below is not psql's to read
[ "$others" = 0 ] || die "$others connections are still open: stop the service first"
if [ -z "$yes" ]; then
  read -rp "Replace everything in $(database) by $(basename "$file")? Type yes: " answer || true
  [ "$answer" = yes ] || die "nothing was changed"
fi

# As SQL on standard output. In compose the container has the programs that fit its server; elsewhere this machine has them.
as_sql() {
  case $mode in
    compose) compose exec -T postgres pg_restore --no-owner --no-privileges --file - <"$file" ;;
    *) "$(program pg_restore "${version:-*}")" --no-owner --no-privileges --file - "$file" ;;
  esac
}

# Every schema goes as a whole, so that tables of a newer version do not stay behind.
empty="DO \$\$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP; END \$\$; CREATE SCHEMA public;"

# One transaction, and COMMIT is sent only after the last line: whatever breaks off before that changes nothing.
{ echo "BEGIN; SET client_min_messages = warning; $empty" && as_sql && echo 'COMMIT;'; } |
  run_client psql -Xq --set ON_ERROR_STOP=1 --output /dev/null || die "nothing was changed: see the message above"
echo "restored $(basename "$file") into $(database); start the service now"
