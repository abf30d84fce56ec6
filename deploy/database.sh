#!/bin/sh
# Runs once, as the database is made: a user for the desk, who owns all, and one for the dashboard, who reads.
set -eu
secrets=${SECRETS:-/run/secrets}
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-incidents}" \
  -v desk="$(cat "$secrets/desk_password")" -v readers="$(cat "$secrets/readers_password")" <<'SQL'
CREATE ROLE desk LOGIN PASSWORD :'desk';
CREATE ROLE readers LOGIN PASSWORD :'readers';
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO desk;
GRANT USAGE ON SCHEMA public TO readers;
ALTER DEFAULT PRIVILEGES FOR ROLE desk IN SCHEMA public GRANT SELECT ON TABLES TO readers;
ALTER ROLE readers SET default_transaction_read_only = on;
ALTER ROLE readers SET statement_timeout = '60s';
SQL
