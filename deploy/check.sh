#!/usr/bin/env bash
# Checks every file in deploy/ with the tool that will read it. A tool that is not installed is named and passed over, so that the
# script runs anywhere; CHECK_STRICT=1 makes that a failure. Takes a few seconds and needs no network.
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0 failed=0 absent=0

check() { # name, command...
  local name=$1; shift
  if "$@" >"$work/said" 2>&1; then passed=$((passed + 1)); echo "ok      $name"
  else failed=$((failed + 1)); echo "FAILED  $name"; sed 's/^/        /' "$work/said"; fi
}

needs() { # tool, what it checks; false where it is not installed
  PATH=$PATH:/usr/sbin command -v "$1" >/dev/null && return
  absent=$((absent + 1)); echo "absent  $1: $2 not checked"; return 1
}

scripts() { for f in deploy/*.sh deploy/*/*.sh; do bash -n "$f" || return; done; }
check "scripts parse" scripts

if docker compose version >/dev/null 2>&1; then compose() { docker compose "$@"; }
elif command -v docker-compose >/dev/null; then compose() { docker-compose "$@"; }
else compose() { false; }; fi
if compose version >/dev/null 2>&1; then
  check "docker-compose.yml" compose config -q
  check "docker-compose.yml with compose.secrets.yml" compose -f docker-compose.yml -f deploy/compose.secrets.yml config -q
else needs docker-compose docker-compose.yml; fi

# Every file that the image is built from is there, and the project files are copied before the sources.
dockerfile() {
  local path
  while read -r path; do [ -e "$path" ] || { echo "COPY names $path, which is not there"; return 1; }; done \
    < <(grep -E '^COPY [^-]' deploy/Dockerfile | sed 's/^COPY //' | awk '{for (i = 1; i < NF; i++) print $i}')
  for path in src/*/*.csproj; do grep -q "^COPY $path ${path%/*}/packages.lock.json " deploy/Dockerfile || { echo "$path with its lock file is not copied before the restore"; return 1; }; done
}
check "Dockerfile copies what is there" dockerfile

if needs python3 "YAML and JSON"; then
  check "YAML and JSON parse" python3 deploy/check.py
fi

if needs kubectl "kubernetes/"; then
  kubernetes() {
    kubectl kustomize deploy/kubernetes >"$work/all.yaml" || return
    # Decoded into the API's own types without a cluster: a wrong type is refused; then what was not understood is missing.
    python3 deploy/check.py --workloads "$work/all.yaml" "$work" || return
    for f in "$work"/workload-*.json; do
      kubectl set env --local -f "$f" CHECK=1 -o json >"$f.read" || return
      python3 deploy/check.py --kept "$f" "$f.read" || return
    done
  }
  check "kubernetes/" kubernetes
fi

if needs systemd-analyze "the systemd unit"; then
  unit() {
    sed 's#/opt/news-monitor/monitor run#/bin/true#; s#/opt/news-monitor#/#' deploy/systemd/news-monitor.service >"$work/news-monitor.service"
    systemd-analyze verify "$work/news-monitor.service" 2>&1 | tee "$work/unit" | grep -F news-monitor.service && return 1
    true
  }
  check "systemd/news-monitor.service" unit
fi

if needs nginx "the nginx example" && needs openssl "the nginx example"; then
  nginx_example() {
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=monitor.example.org -days 1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
    sed "s#/etc/letsencrypt/live/monitor.example.org/fullchain.pem#$work/cert.pem#; s#/etc/letsencrypt/live/monitor.example.org/privkey.pem#$work/key.pem#" \
      deploy/nginx/news-monitor.conf >"$work/site.conf"
    echo "pid $work/pid; error_log stderr; events {} http { access_log off; include $work/site.conf; }" >"$work/nginx.conf"
    PATH=$PATH:/usr/sbin nginx -t -c "$work/nginx.conf"
  }
  check "nginx/news-monitor.conf" nginx_example
fi

if needs caddy "the Caddy example"; then
  check "caddy/Caddyfile" env HOME="$work" caddy validate --config deploy/caddy/Caddyfile
fi

if needs promtool "prometheus/"; then
  check "prometheus/prometheus.yml" promtool check config deploy/prometheus/prometheus.yml
  check "prometheus/alerts.yml fires when it should" promtool test rules deploy/prometheus/alerts.test.yml
fi

echo "$passed passed, $failed failed, $absent tools absent"
[ "$failed" = 0 ] && { [ -z "${CHECK_STRICT:-}" ] || [ "$absent" = 0 ]; }
