#!/bin/sh
# The cell as it was at a moment, in a folder of its own beside the running one: as postgres, on a machine of the cell,
#   restore.sh CONFIGURATION NAME "2026-12-03 07:00:00+00" FOLDER PORT
# CONFIGURATION is the folder that fill.py wrote, NAME the cell's. Nothing of the cell is changed. The copy listens at
# FOLDER/.s.PGSQL.PORT alone, archives nothing, and follows nobody. deploy/cell/README.md says what to do with it.
set -eu
umask 077
configuration=$1 name=$2 moment=$3 folder=$4 port=$5
programs=$(sed -n 's/^  bin_dir: //p' "$configuration/patroni.yml")
[ ! -e "$folder/PG_VERSION" ] || { echo "$folder is not empty" >&2; exit 1; }
mkdir -p "$folder"
pgbackrest --config="$configuration/pgbackrest.conf" --stanza="$name" --pg1-path="$folder" --archive-mode=off \
    --type=time --target="$moment" --target-action=promote restore
rm -f "$folder/standby.signal" "$folder/patroni.dynamic.json"
# Later lines win: what the cell's own configuration says of addresses, standbys and access does not count here.
cat >> "$folder/postgresql.auto.conf" <<CONF
port = $port
listen_addresses = ''
unix_socket_directories = '$folder'
hba_file = '$folder/copy_hba.conf'
ident_file = '$folder/copy_ident.conf'
synchronous_standby_names = ''
primary_conninfo = ''
primary_slot_name = ''
archive_mode = off
shared_buffers = 64MB
ssl = off
CONF
echo "local all all peer map=copy" > "$folder/copy_hba.conf"
printf 'copy %s %s\n' "$(id -un)" postgres "$(id -un)" lapor_owner "$(id -un)" lapor > "$folder/copy_ident.conf"
"$programs/pg_ctl" --pgdata="$folder" --log="$folder/log" --wait --timeout=600 start >/dev/null
until [ "$("$programs/psql" -h "$folder" -p "$port" -U postgres -Atc 'SELECT pg_is_in_recovery()' postgres)" = f ]; do
    sleep 1
done
echo "postgresql://postgres@/lapor?host=$folder&port=$port"
