// What a line of the audit log costs in SQLite, alone and among others, and how long many of them take to verify:
// node bench/audit.mjs [lines]
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudit } from '../dist/records/audit/chain.js';
import { findLines } from '../dist/records/audit/find.js';
import { verifyChain } from '../dist/records/audit/verify.js';
import { openSqliteRecords } from '../dist/records/sqlite/open.js';

const lines = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'carelake-bench-'));
const records = await openSqliteRecords({ file: join(folder, 'records.sqlite'), workspace: 'default' });
const audit = openAudit(records.directory, { keys: ['k'.repeat(40)] });

const eventOf = (ids) => ({
  ...{ action: 'read', outcome: 'done', by: 'ann', kind: 'user', from: '127.0.0.1', request: randomUUID() },
  ...{ workspace: 'default', table: 'patients', ids, patients: [], detail: 'GET /api/patients/:id 200' },
});
const rows = (count) => Array.from({ length: count }, (_, n) => `P${n}`);

async function measured(name, count, work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  const wall = (performance.now() - start) * 1000;
  const [processor, waited] = [(user + system) / count, wall / count].map(Math.round);
  process.stdout.write(`${name}: ${processor} µs of processor, ${waited} µs a line\n`);
}

async function append(count, atOnce, ids) {
  for (let done = 0; done < count; done += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, () => audit.append(eventOf(ids))));
  }
}

await append(1, 1, rows(1));
for (const named of [1, 50]) {
  await measured(`one after the other, ${named} rows`, 500, () => append(500, 1, rows(named)));
  for (const atOnce of [10, 50]) {
    await measured(`${atOnce} at once, ${named} rows`, 5000, () => append(5000, atOnce, rows(named)));
  }
}
await append(lines, 500, rows(1));
await measured(`one after the other, where ${lines} are there`, 300, () => append(300, 1, rows(1)));
await measured(`verify ${lines}`, lines, () => verifyChain(audit.lines, audit.seals));
await measured('search', 20_000, async () =>
  findLines(audit.lines, await audit.head(), { query: { id: 'x' }, limit: 1 }),
);
await records.close();
rmSync(folder, { recursive: true });
