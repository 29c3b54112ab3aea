# A PostgreSQL cluster of our own under target/bench, on a free port, stopped when the script ends. Sourced by match.sh.

postgres_up() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { say "Installing PostgreSQL"; again install_apt postgresql; }
  PG_BIN=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
  PG_DATA=$BENCH/pg
  # PostgreSQL does not run as root, and its own user may not be able to reach this folder.
  PG_AS=()
  if [ "$(id -u)" -eq 0 ]; then
    PG_AS=(runuser -u postgres --)
    "${PG_AS[@]}" test -x "$BENCH" || PG_DATA=/var/tmp/serap-bench-pg
  fi
  if [ ! -e "$PG_DATA/PG_VERSION" ]; then
    say "A PostgreSQL cluster in $PG_DATA"
    rm -rf "$PG_DATA" "$BENCH"/pg.*.made
    mkdir -p "$PG_DATA"
    [ "$(id -u)" -ne 0 ] || chown postgres "$PG_DATA"
    "${PG_AS[@]}" "$PG_BIN/initdb" -D "$PG_DATA" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    printf '%s\n' "shared_buffers=3GB" "work_mem=256MB" "effective_cache_size=8GB" "random_page_cost=1.1" "jit=off" "fsync=off" \
      "max_wal_size=8GB" "listen_addresses='127.0.0.1'" "unix_socket_directories=''" | "${PG_AS[@]}" tee -a "$PG_DATA/postgresql.conf" >/dev/null
  fi
  PG_PORT=$("$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  "${PG_AS[@]}" "$PG_BIN/pg_ctl" -D "$PG_DATA" -o "-p $PG_PORT" -l "$PG_DATA/log" -w start >/dev/null
  trap '"${PG_AS[@]}" "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast stop >/dev/null' EXIT
}

postgres_dsn() { echo "host=127.0.0.1 port=$PG_PORT user=postgres dbname=w$1"; }

postgres_database() {
  "$PYTHON" -c 'import psycopg, sys
with psycopg.connect(sys.argv[1], autocommit=True) as at:
    at.execute(f"DROP DATABASE IF EXISTS {sys.argv[2]}")
    at.execute(f"CREATE DATABASE {sys.argv[2]}")' "host=127.0.0.1 port=$PG_PORT user=postgres dbname=postgres" "w$1"
}
