# Shared by backup.sh and restore.sh: finds the database and runs PostgreSQL's client programs against it. Sourced, not run.
#
# Where the database is:
#   --url URL          a PostgreSQL connection URL or string (also DATABASE_URL)
#   --data FOLDER      local mode: the service's data folder (also Monitor__DataDirectory)
#   --compose          the container of the service named postgres in docker-compose.yml
#   none of them       ./data or the container, whichever of the two is there

die() { echo "$(basename "$0"): $*" >&2; exit 1; }

compose() { if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi; }

# Debian keeps the server's programs out of PATH; for a private cluster they must be of its own version.
program() {
  local version=${2:-*} found
  found=$(command -v "$1" || true)
  [ "$version" = '*' ] && [ -n "$found" ] && { echo "$found"; return; }
  for found in /usr/lib/postgresql/$version/bin/"$1" /usr/pgsql-"$version"/bin/"$1" "$(command -v "$1" || true)"; do
    [ -x "$found" ] && { echo "$found"; return; }
  done
  die "$1${2:+ of PostgreSQL $2} is not installed: apt-get install postgresql-client"
}

find_database() {
  local container; container=$(compose ps -q postgres 2>/dev/null || true)
  if [ -z "${mode:-}" ]; then
    url=${url:-${DATABASE_URL:-}}
    data=${data:-${Monitor__DataDirectory:-}}
    if [ -z "$url$data" ] && [ -f data/postgres/PG_VERSION ]; then
      # The wrong one of two, saved for months, would be noticed on the day it is needed.
      [ -z "$container" ] || die "both ./data and the compose project hold a database: say --data data or --compose"
      data=data
    fi
    if [ -n "$url" ]; then mode=url; elif [ -n "$data" ]; then mode=local; else mode=compose; fi
  fi
  case $mode in
    local)
      [ -f "$data/postgres/PG_VERSION" ] ||
        die "there is no cluster in $data/postgres: start the service once, or name the right folder with --data"
      version=$(cat "$data/postgres/PG_VERSION") ;;
    compose)
      [ -n "$container" ] ||
        die "no database found: start the compose project (docker-compose up -d postgres), or give --url or --data" ;;
  esac
}

# What was found, for the last line: a password in a URL stays out of it.
database() { case $mode in url) echo "the database of --url" ;; local) echo "$data" ;; compose) echo "the compose project" ;; esac; }

# The private cluster listens on a socket in its own folder only, and lets in the service's account. The folder is entered, since
# its full path may be longer than a socket's path can be.
run_client() { # program, arguments; standard input and output pass through
  local name=$1; shift
  case $mode in
    url) "$(program "$name")" "$@" --dbname "$url" ;;
    local) (name=$(program "$name" "$version") && cd "$data/postgres" && "$name" "$@" --host /proc/self/cwd --username monitor --dbname monitor) ;;
    compose) compose exec -T postgres "$name" "$@" --username "${POSTGRES_USER:-monitor}" --dbname "${POSTGRES_DB:-monitor}" ;;
  esac
}

# Local mode's server runs only while the service does; these run it for as long as a script needs it.
as_owner() {
  local owner; owner=$(stat -c %U "$data/postgres")
  if [ "$(id -un)" = "$owner" ]; then "$@"; else setpriv --reuid "$owner" --regid "$(stat -c %G "$data/postgres")" --init-groups "$@"; fi
}

running() { run_client psql -XAtq -c 'SELECT 1' </dev/null >/dev/null 2>&1; }

with_server() {
  if [ "$mode" != local ] || running; then return; fi
  pg_ctl=$(program pg_ctl "$version")
  exec 9<"$data/postgres" # reached by its number, so that the folders above need not be open to the owner
  as_owner "$pg_ctl" start -D /proc/self/fd/9 -w -s -l /dev/null || die "the cluster in $data/postgres did not start: see its log folder"
  trap 'as_owner "$pg_ctl" stop -D /proc/self/fd/9 -m fast -w -s' EXIT
}
