// Full extracts: what a newer one no longer holds is gone, until a later file brings it back.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LandOptions, openWorkspace, type Workspace } from '../harness.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.close());

let files = 0;
/** Lands `id,name` pairs as one file of its own name. */
const land = (rows: readonly string[], options: LandOptions = {}) =>
  workspace.land(
    { [`p${++files}.csv`]: ['patient_id,name,age', ...rows.map((row) => `${row},40`), ''].join('\n') },
    options,
  );
const snapshot = (rows: readonly string[], options: LandOptions = {}) => land(rows, { mode: 'snapshot', ...options });
const published = async () => {
  await workspace.run();
  const rows = await workspace.rows<{ patient_id: string; name: string }>('patients');
  return rows.map(({ patient_id, name }) => `${patient_id},${name}`);
};
const gone = () =>
  workspace.rows(
    'deduplicate/patients',
    `select patient_id, _batch, _winner_batch from t where _reason = 'gone_from_snapshot' and _disposition = 'not_used' order by all`,
  );

test('an id that the newest full extract does not hold is gone, and comes back with a later file', async () => {
  await snapshot(['a,1', 'b,1', 'c,1']);
  await snapshot(['a,2', 'c,2']);
  expect(await published()).toEqual(['a,2', 'c,2']);
  expect(await gone()).toEqual([{ patient_id: 'b', _batch: 1, _winner_batch: null }]);
  await land(['b,3']);
  expect(await published()).toEqual(['a,2', 'b,3', 'c,2']);
  await snapshot(['b,4']);
  expect(await published()).toEqual(['b,4']);
  await snapshot(['a,5']);
  expect(await published()).toEqual(['a,5']);
});

test('what was uploaded before a full extract is gone where the extract does not hold it', async () => {
  await land(['a,1', 'b,1']);
  await snapshot(['b,2']);
  expect(await published()).toEqual(['b,2']);
});

test('a full extract speaks for its own source and its own table alone', async () => {
  await land(['a,1'], { source: 'south' });
  await land(['a,1', 'b,1']);
  await workspace.land({ 'visits.csv': 'visit_id,patient_id,visit_date\nv1,b,2024-01-05\n' });
  await snapshot(['a,2'], { source: 'north' });
  await snapshot(['a,3']);
  expect(await published()).toEqual(['a,3', 'north:a,2', 'south:a,1']);
  expect(await workspace.rows('visits', 'select visit_id, patient_known from t')).toEqual([
    { visit_id: 'v1', patient_known: false },
  ]);
});

test('the same full extract again changes nothing; an older one again is a new state', async () => {
  const first = { 'p.csv': 'patient_id,name,age\na,1,40\nb,1,40\n' };
  const second = { 'p.csv': 'patient_id,name,age\na,2,40\n' };
  await workspace.land(first, { mode: 'snapshot' });
  const again = await workspace.land(first, { mode: 'snapshot' });
  expect(again.batches[0]?.files).toMatchObject([{ already_there: true }]);
  await workspace.land(second, { mode: 'snapshot' });
  expect(await published()).toEqual(['a,2']);
  await workspace.land(first, { mode: 'snapshot' });
  expect(await published()).toEqual(['a,1', 'b,1']);
});

test('an id whose row in the extract is rejected is not gone: the row before stays', async () => {
  await snapshot(['a,1', 'b,1']);
  await workspace.land({ 'p.csv': 'patient_id,name,age\na,2,40\nb,2,412\n' }, { mode: 'snapshot' });
  expect(await published()).toEqual(['a,2', 'b,1']);
  expect(await gone()).toEqual([]);
});
