// What was typed, as the program sees it: it waits, the next run reads it, and whoever has no key to it is told so.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { written } from '../contracts/written.js';
import { Place, type StatusDocument } from './place.js';

const key = 'a key of more than thirty-two characters';
const environment = { CARELAKE_RECORDS_KEY: key };
let place: Place;
beforeAll(async () => {
  place = await Place.make();
  await writeFile(join(place.path, 'patients.csv'), 'patient_id,name,age\nP1,Ann,50\nP2,Bob,60\n');
  await place.json(['ingest', 'patients.csv'], { environment });
  await place.json(['run'], { environment });
});
afterAll(() => place.remove());

test('what was typed waits for a run, which publishes it and accounts for it', async () => {
  const status = () => place.json<StatusDocument>(['status'], { environment });
  expect((await status()).pending_entries).toBe(0);
  const file = join(place.path, 'carelake-data/records.sqlite');
  const records = await openSqliteRecords({ file, workspace: 'default', key });
  const before = { patient_id: 'P1', name: 'Ann', age: 50 };
  await records.entries.append(written('P1', { ...before, name: 'Anna' }, { kind: 'change', before }));
  await records.entries.append(written('P3', { patient_id: 'P3', name: 'Cid', age: 70 }));
  await records.entries.append(written('P2', null, { kind: 'delete', before: { patient_id: 'P2', age: 60 } }));
  await records.close();
  expect((await status()).pending_entries).toBe(3);

  const { accounting, pending_entries } = await place.json<StatusDocument>(['run'], { environment });
  expect(pending_entries).toBe(0);
  expect(accounting).toMatchObject([
    { file: 'patients.csv', lines: 3, header: 1, used: 0, duplicates: 2 },
    { file: 'entries/patients', records: { total: 3, used: 2, duplicates: 0, rejected: 0, not_used: 1 } },
  ]);
  expect(accounting[1]).not.toHaveProperty('lines');
  const sql = 'select patient_id, name from patients order by patient_id';
  expect((await place.json<{ rows: unknown[][] }>(['query', sql], { environment })).rows).toEqual([
    ['P1', 'Anna'],
    ['P3', 'Cid'],
  ]);
  const { stdout } = await place.run(['status'], { environment });
  expect(stdout).toContain('entries/patients (batch 2)');
  const { code, stdout: said } = await place.run(['doctor', '--deep'], { environment });
  expect(said).toContain('None of these checks failed');
  expect(code).toBe(0);
  expect(await place.failure(['run'])).toMatchObject({ code: 'RECORDS_KEY', exit: 1 });
});
