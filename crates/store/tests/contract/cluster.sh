# Holds a PostgreSQL server until standard input ends. Arguments: the folder of the programs; fsync on or off.
# Says the folder once the server answers, then `done` after each word: crash, start.
set -e
trap '' INT
programs=$1
fsync=$2
folder=$(mktemp -d -t cityhall-postgres-XXXXXX)
finish() {
  "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
chmod 755 "$folder"
# A locale that sorts unlike bytes do, so that the tests notice where the order depends on it.
"$programs/initdb" -D "$folder/data" -U cityhall -A trust -E UTF8 \
  --locale=C.UTF-8 --locale-provider=icu --icu-locale=en --no-sync >"$folder/log" 2>&1 ||
  { cat "$folder/log" >&2; exit 1; }
start() {
  "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 120 start </dev/null >/dev/null \
    -o "-k $folder -c listen_addresses= -c fsync=$fsync -c full_page_writes=$fsync -c max_connections=300" ||
    { cat "$folder/log" >&2; exit 1; }
}
start
echo "$folder"
while read -r word; do
  case $word in
    crash) "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null ;;
    start) start ;;
  esac
  echo done
done
