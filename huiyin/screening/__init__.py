"""The screening of voter rolls: what is wrong, missing and double (错、漏、重). No Django, no database.

    screen.screen(lists, directory, settings)     the whole screening, as `huiyin screen` runs it
    links.link(file_a, file_b, out, settings)     two lists without identity numbers

**Engines** (`engines.open_engine(name, folder, threads=, memory=)`): tables by name, SQL in
DuckDB's dialect as far as Spark 4 has it too.

    create(name, select) · view(name, select) · execute(sql) · drop(*names)
    query(sql) -> pyarrow.Table · table(name) -> pyarrow.Table · batches(sql) -> record batches
    count(name) -> int · has(name) -> bool
    register(name, arrow_table) · ingest(name, schema, batches)
    map_batches(source_sql, kernel, schema, into)     kernel: RecordBatch -> RecordBatch

**Lists** (`lists.read_list(engine, kind, paths, today=election_day)`): each list given is one table
named like its kind (`columns.OWN` has the kinds), every typed column VARCHAR with NULL for blank,
trimmed, named as in `columns.kept(kind)`, and `file` (from 1), `line` (row of the file, the header
counted); `current_address` is NULL where it only repeats `address`. Registrations are read into
`records`. `ListRead.absent` names the columns that no file has.

**Normalised columns**, the same on every list whose people are looked for (`records.ADDED`):

    name_key        NFKC, simplified, dots and inner spaces of long names as U+00B7
    number          18 characters when it can be read so (15 are upgraded), else what was typed,
                    without spaces and dashes, in capitals; NULL when blank
    number_problem  NULL | length | characters | birth_date | checksum
    number_is_old   typed with 15 digits
    number_born     DATE in the number (also when only the check character is wrong)
    number_sex      male | female, as number_born
    born            DATE typed; born_problem: NULL | unreadable | impossible | partial | lunar
    sex_key         male | female | NULL
    phone_key       digits without the country code; NULL below seven digits
    address_key     of the current address, else of the household's
    home_key        of the household's address where that is another
    household_key   a long household number, or community/number
    n               BIGINT key of the row: a hash of its id, so that no order of rows can matter

**Findings**: `pairs(a, b, score, rule, certain, evidence)`, `clusters(cluster_id, record_id,
certainty, score, rule, explanation)`, `missing(person_id, reason, explanation)` and
`findings(list, record_id, code, category, severity, group_key, explanation_zh, explanation_en,
evidence)`.
"""
