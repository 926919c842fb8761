#!/usr/bin/env bash
# The API under load: fills a private database (1,000,000 articles and 100,000 alerts unless told otherwise), then prints search latencies,
# backtest speed, and wrk's requests/s and p99. Needs wrk and PostgreSQL's programs.
# load.sh [--articles N] [--alerts N] [--folder F, which is kept] [--only fill,search,backtest,wrk,paced]
set -euo pipefail
cd "$(dirname "$0")"
command -v wrk >/dev/null || { echo "install wrk first (Debian: apt-get install wrk)"; exit 1; }
exec dotnet run -c Release -- load "$@"
