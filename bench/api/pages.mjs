// A page of 50 rows after a cursor out of 1,000 and out of 1,000,000 patients at hand in SQLite, in turn: see bench/README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteRecords } from '../../dist/records/sqlite/open.js';

const folder = mkdtempSync(join(tmpdir(), 'carelake-pages-'));
const keyOf = (n) => `P${String(n).padStart(8, '0')}`;

async function filled(count) {
  const records = await openSqliteRecords({ file: join(folder, `${count}.sqlite`), workspace: 'default' });
  async function* changes() {
    for (let first = 0; first < count; first += 1000) {
      yield Array.from({ length: 1000 }, (_, index) => {
        const key = keyOf(first + index);
        const row = {
          patient_id: key,
          source: 'default',
          name: `Patient ${key}`,
          age: index % 90,
          gender: 'Female',
          location: 'Leeds',
        };
        return { table: 'patients', key, source: 'default', row };
      });
    }
  }
  await records.runRows.bringIn({ run: 'one', from: null, changes: changes() });
  const page = () => {
    const after = { key: keyOf(Math.floor(Math.random() * (count - 60))), source: 'default' };
    return records.runRows.page('one', 'patients', { after, limit: 51 });
  };
  return { count, page, times: [], cpu: 0, close: records.close };
}

try {
  const stores = [await filled(1_000), await filled(1_000_000)];
  for (let round = -20; round < 400; round++) {
    for (const store of stores) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      const rows = await store.page();
      const { user, system } = process.cpuUsage(before);
      if (rows?.length !== 51) throw new Error(`${rows?.length} rows`);
      if (round < 0) continue;
      store.times.push(performance.now() - start);
      store.cpu += user + system;
    }
  }
  const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  for (const { count, times, cpu } of stores) {
    process.stdout.write(
      `| ${count} patients | median ${median(times).toFixed(3)} ms | processor ${(cpu / times.length / 1000).toFixed(3)} ms |\n`,
    );
  }
  for (const store of stores) await store.close();
} finally {
  rmSync(folder, { recursive: true });
}
