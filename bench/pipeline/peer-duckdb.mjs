// Peer (a): DuckDB alone. A typed read, duplicates removed (the last row wins), the same tables and marts as Parquet.
// Nothing is landed, judged or accounted for, and the files are believed.
// node bench/pipeline/peer-duckdb.mjs HOSPITAL OUT AS_OF MEMORY
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [hospital, out, asOf, memory] = process.argv.slice(2);
const readText = (name) => readFile(new URL(name, import.meta.url), 'utf8');
const instance = await DuckDBInstance.create(':memory:', {
  threads: '2',
  memory_limit: memory,
  temp_directory: join(out, 'spill'),
});
const connection = await instance.connect();

for (const [table, types] of Object.entries(JSON.parse(await readText('columns.json')))) {
  const typed = Object.entries(types).map(([name, type]) => `${name}: '${type}'`);
  // Rows of a table keep the order of the file: the last of an id is the one with the greatest rowid. By processor
  // time, a list of the duplicates and a Parquet file in between cost the same, row_number() over the read 1.4 × as much.
  await connection.run(`
    create table loaded_${table} as select * from read_csv('${join(hospital, `${table}.csv`)}',
      auto_detect = false, header = true, columns = { ${typed.join(', ')} });
    create view raw_${table} as select * from loaded_${table}
      where rowid in (select max(rowid) from loaded_${table} group by ${Object.keys(types)[0]})`);
}
await connection.run('set preserve_insertion_order = false');
for (const table of ['patients', 'visits', 'prescriptions', 'stays', 'patient_summary', 'months']) {
  const file = join(out, `${table}.parquet`);
  const sql = (await readText(`sql/${table}.sql`)).replaceAll('{as_of}', asOf);
  await connection.run(`copy (${sql}) to '${file}' (format parquet, compression zstd)`);
  await connection.run(`create view ${table} as select * from '${file}'; drop table if exists loaded_${table}`);
}
instance.closeSync();
