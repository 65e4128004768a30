#!/bin/sh
# Copies the records of $KPI_STORE into $KPI_BACKUP/YYYY-MM-DD, each under its own lock, checks the copy, and keeps thirty days.
# Snapshots are not copied: `publish` makes them again. The copy holds persons' data: keep it on an encrypted disk.
set -eu
umask 077
store=${KPI_STORE:?name the store\'s folder}
backup=${KPI_BACKUP:?name the folder for backups}
python=${KPI_PYTHON:-$(dirname "$0")/../.venv/bin/python}
day=$(date +%F)
unfinished=$backup/.$day.part

rm -rf "$unfinished"
mkdir -p "$unfinished/access"
for book in record people access/access; do
    test -e "$store/$book.duckdb" || continue
    # The lock that every writer takes; what a killed one left in DuckDB's log belongs to the book.
    flock --timeout 300 "$store/$(basename "$book").lock" sh -c \
        'for file in "$1".duckdb "$1".duckdb.wal; do test ! -e "$file" || cp -p "$file" "$2"; done' \
        copy "$store/$book" "$unfinished/$(dirname "$book")/"
done
test ! -d "$store/access/log" || cp -Rp "$store/access/log" "$unfinished/access/"

"$python" -m kpi check --store "$unfinished"
rm -rf "${backup:?}/$day"
mv "$unfinished" "$backup/$day"
find "$backup" -mindepth 1 -maxdepth 1 -type d -name '20??-??-??' -mtime +30 -exec rm -rf {} +
