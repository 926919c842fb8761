#!/usr/bin/env bash
# Saves the whole database (feeds, articles, stories, watches, alerts, deliveries, keys, history) into one compressed file.
#
#   deploy/backup.sh [--url URL | --data FOLDER | --compose] [FILE]      FILE: default news-monitor-DATE.dump
#
# Runs beside the working service. See database.sh for how the database is found. Keep the secret key with it (Monitor__SecretKey,
# or the file secret-key in the data folder): without it the stored webhook secrets and passwords cannot be read.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); . "$here/database.sh"

file= mode=
while [ $# -gt 0 ]; do
  case $1 in
    --url) url=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    --compose) mode=compose; shift ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) die "unknown option $1 (see --help)" ;;
    *) file=$1; shift ;;
  esac
done
file=${file:-news-monitor-$(date -u +%Y%m%d-%H%M%S).dump}

find_database
with_server
umask 077
# Written beside its place and moved there when whole: a backup that broke off is never taken for one.
run_client pg_dump --format custom --no-owner --no-privileges >"$file.part" || failed=1
if [ -n "${failed:-}" ] || [ "$(head -c 5 "$file.part")" != PGDMP ]; then
  # Docker says on standard output what kept it from starting the program.
  head -c 300 "$file.part" | grep -a -m1 -v ^PGDMP >&2 || true
  rm -f "$file.part"; die "the backup of $(database) failed"
fi
mv "$file.part" "$file"
echo "saved $(database), $(du -h "$file" | cut -f1), to $file"
