#!/usr/bin/env bash
# Runs every test. Installs what it needs on a Debian machine: PostgreSQL from apt, cargo-deny from crates.io.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$1"; }

install_apt() {
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get -o DPkg::Lock::Timeout=300 update && $sudo apt-get -o DPkg::Lock::Timeout=300 install -y "$@"
}

if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && [ -z "${SERAP_TEST_POSTGRES:-}" ]; then
  say "Installing PostgreSQL"
  install_apt postgresql || { sleep 20; install_apt postgresql; }
fi

export INSTA_UPDATE=no CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"

say "Format"
cargo fmt --all --check

say "The engine and its words compile alone, without any server crate"
cargo check --lib --no-default-features
alone=$(cargo tree --no-default-features -e normal --prefix none -p serap)
if grep -E '^(actix|sea-orm|sqlx|tokio|serde|clap|calamine)' <<<"$alone"; then
  echo "the engine pulls in a server crate" >&2
  exit 1
fi

say "Lints"
cargo clippy --workspace --all-targets -- -D warnings

say "Tests"
cargo test --workspace --no-fail-fast

say "Licences, bans, sources"
command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny
cargo deny --all-features check bans licenses sources
