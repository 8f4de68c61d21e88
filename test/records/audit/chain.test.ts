// How lines come into the audit chain: in order, once, several at a time, from the log of entries too.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Audit, openAudit } from '../../../src/records/audit/chain.js';
import { auditCollection } from '../../../src/records/audit/line.js';
import { verifyChain } from '../../../src/records/audit/verify.js';
import type { Collection } from '../../../src/records/documents.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import type { Records } from '../../../src/records/records.js';
import { openSqliteRecords } from '../../../src/records/sqlite/open.js';
import { written } from '../../contracts/written.js';
import { read } from './events.js';

describe.each(['memory', 'sqlite'])('the audit chain in %s', (driver) => {
  let folder: string;
  let records: Records;
  let audit: Audit;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-audit-'));
    const file = join(folder, 'records.sqlite');
    records = driver === 'memory' ? openMemoryRecords() : await openSqliteRecords({ file, workspace: 'default' });
    audit = openAudit(records.directory, { keys: [] });
  });
  afterEach(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });

  const lines = async () => (await audit.lines.list({ limit: 1000 })).map(({ body }) => body);
  const verified = async () => expect((await verifyChain(audit.lines, audit.seals)).faults).toEqual([]);

  test('keeps what happened, in the order in which it was told', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => audit.append(read({ ids: [`P${n}`], request: `r${n}` }))));
    const kept = await lines();
    expect(kept.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(kept.map(({ ids }) => ids[0])).toEqual(Array.from({ length: 40 }, (_, n) => `P${n}`));
    expect(kept[7]).toMatchObject({ ...read({ ids: ['P7'], request: 'r7' }), part: '1/1', log: null, entry: null });
    await verified();
  });

  test('names every row, in as many lines as it takes', async () => {
    const ids = Array.from({ length: 2500 }, (_, n) => `V${n}`);
    await audit.append(read({ table: 'visits', ids, patients: ['P1', 'P2', 'P1'] }));
    await audit.append(read({ ids: Array.from({ length: 900 }, (_, n) => `${n}-${'x'.repeat(900)}`) }));
    const kept = await lines();
    expect(kept.slice(0, 3).map(({ part }) => part)).toEqual(['1/3', '2/3', '3/3']);
    expect(kept.slice(0, 3).flatMap((line) => line.ids)).toEqual(ids);
    expect(kept.flatMap(({ patients }) => patients)).toEqual(['P1', 'P2']);
    expect(kept.slice(3).flatMap((line) => line.ids)).toHaveLength(900);
    expect(kept.length).toBe(8);
    await verified();
  });

  test('takes texts that are too long or broken as far as they go', async () => {
    await audit.append(read({ by: 'x'.repeat(10_000), detail: 'half \ud83d of a character', from: '\u0000' }));
    const [line] = await lines();
    expect(line?.by).toHaveLength(500);
    expect(line?.detail).toBe('half \ufffd of a character');
    await verified();
  });

  test('goes on after another that writes to the same place', async () => {
    const other = openAudit(records.directory, { keys: [] });
    for (let round = 0; round < 5; round++) {
      await Promise.all([audit, other, audit, other].map((one, n) => one.append(read({ request: `${round}-${n}` }))));
    }
    const requests = (await lines()).map(({ request }) => request);
    expect(new Set(requests).size).toBe(20);
    expect(requests).toHaveLength(20);
    await verified();
  });

  test('never goes back in time, though the clock does', async () => {
    const times = ['2026-03-01T10:00:00.000Z', '2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z'];
    const clock = () => new Date(times.shift() ?? '');
    const own = openAudit(records.directory, { keys: [], clock });
    for (let n = 0; n < 3; n++) await own.append(read());
    expect((await lines()).map(({ at }) => at.slice(11, 13))).toEqual(['10', '10', '11']);
  });

  test('takes over writes from the log of entries, each once, whoever does it how often', async () => {
    for (let n = 0; n < 7; n++) await records.entries.append(written(`P${n}`, { patient_id: `P${n}` }));
    const others = Array.from({ length: 3 }, () => openAudit(records.directory, { keys: [] }));
    await Promise.all([audit, ...others, audit].map((one) => one.takeOver('default', records.entries)));
    await audit.append(read());
    const change = written('P1', { patient_id: 'P1', age: 4 }, { kind: 'change', expected: 1, before: {} });
    const { entry } = await records.entries.append(change);
    await Promise.all([...others, audit].map((one) => one.takeOver('default', records.entries)));
    const kept = await lines();
    expect(kept.map(({ action }) => action)).toEqual([...Array(7).fill('create'), 'read', 'change']);
    const { log } = await records.entries.end();
    const { sequence, at, audit: own } = entry;
    const last = { by: own.by, from: own.from, request: own.request, workspace: 'default', table: 'patients' };
    expect(kept.at(-1)).toMatchObject({ ...last, ids: ['P1'], log, entry: sequence, entry_at: at });
    await verified();
  });

  test('puts the lines of writes that it is told of before what is told it next', async () => {
    for (let n = 0; n < 600; n++) await records.entries.append(written(`P${n}`, {}));
    audit.owes('default', records.entries);
    await Promise.all([audit.append(read()), audit.append(read())]);
    expect((await lines()).map(({ action }) => action)).toEqual([...Array(600).fill('create'), 'read', 'read']);
    await verified();
  });

  test('takes over more entries than are written at once, while others write', async () => {
    for (let n = 0; n < 600; n++) await records.entries.append(written(`P${n}`, {}));
    const other = openAudit(records.directory, { keys: [] });
    const reads = Array.from({ length: 20 }, () => other.append(read()));
    await Promise.all([audit.takeOver('default', records.entries), ...reads]);
    await other.takeOver('default', records.entries);
    const kept = await lines();
    expect(kept).toHaveLength(620);
    await verified();
  });
});

test('what cannot be written is an error of its own, and the next one is written again', async () => {
  const { directory } = openMemoryRecords();
  let broken = true;
  const lines = directory.collection(auditCollection);
  const breaking: Collection<never> = {
    ...(lines as unknown as Collection<never>),
    insertAll: async (given) => {
      if (broken) throw new Error('The disk is gone.');
      return lines.insertAll(given);
    },
  };
  const audit = openAudit({ collection: () => breaking as never }, { keys: [] });
  const refusals = await Promise.allSettled([audit.append(read()), audit.append(read())]);
  for (const refusal of refusals) expect(refusal).toMatchObject({ reason: { code: 'AUDIT_FAILED' } });
  broken = false;
  await audit.append(read());
  expect((await verifyChain(audit.lines, audit.seals)).lines).toBe(1);
});
