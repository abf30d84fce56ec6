#!/bin/sh
# Makes the passwords that compose.yaml hands to the containers, in secrets/; what is there already stays.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
make() { # make NAME TEXT: a file that containers may read, in a folder that only its owner may open
  [ -e "secrets/$1" ] || printf '%s\n' "$2" >"secrets/$1"
  chmod 444 "secrets/$1"
}
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
for name in postgres desk readers; do make "${name}_password" "$(random)"; done
make store_for_desk "postgresql://desk:$(cat secrets/desk_password)@database/incidents"
make store_for_readers "postgresql://readers:$(cat secrets/readers_password)@database/incidents"
make sign_in.toml '# identity providers, see docs/deploying.md; empty: people sign in with their passwords'
