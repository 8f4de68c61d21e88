// Stays of random histories are those that the rules give when they are told one visit after the other.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';
import type { Step } from '../../../src/engine/step.js';
import { dataEndStep } from '../../../src/pipeline/marts/data-end.js';
import { staysStep } from '../../../src/pipeline/marts/stays.js';
import { type Visit, visitsSql } from './histories.js';
import { type Stay, staysOf } from './stays-oracle.js';

const asOf = '2024-06-15';
const day = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
const seldom = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 3, arbitrary: fc.constantFrom(...others) });

/** Crowded on purpose: stays of few days within seven weeks, so that every rule meets every other. */
const visit = fc
  .record({
    begins: fc.integer({ min: 0, max: 50 }),
    lasts: fc.integer({ min: -2, max: 9 }),
    end: seldom<'date' | 'length' | 'none'>('date', 'length', 'none'),
    type: seldom('inpatient', 'emergency', 'outpatient'),
    as: seldom<string | null>('emergency', 'elective', 'newborn', 'urgent', null),
    to: seldom<string | null>('home', 'transfer', 'died', 'left against advice', 'facility', null),
    at: fc.constantFrom('North', 'South'),
    dx: fc.constantFrom('I50.9', 'J18.9'),
  })
  .map(
    ({ begins, lasts, end, ...rest }): Omit<Visit, 'id'> => ({
      in: day(begins),
      ...(end === 'date' && { out: day(begins + lasts) }),
      ...(end === 'length' && { days: Math.abs(lasts) + 0.75 }),
      ...rest,
    }),
  );

const patients = fc
  .array(fc.array(visit, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 25 })
  .map((histories) =>
    Object.fromEntries(
      histories.map((history, p) => [`p${p}`, history.map((one, v): Visit => ({ id: `p${p}-${v}`, ...one }))]),
    ),
  );

let engine: Engine;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-stays-'));
  engine = await openDuckdb({ memory: 1e9, threads: 2, temporary: folder });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const anyVisits: Step = { kind: 'step', name: 'visits', version: 1, inputs: {}, sql: () => '' };

async function staysInSql(histories: Readonly<Record<string, readonly Visit[]>>): Promise<Stay[]> {
  const sql = `with visits as (${visitsSql(histories)}),
followed as (${dataEndStep(anyVisits, asOf).sql(engine.dialect)})
select stay_id, last_visit_id, visits, discharged_on, exclusion_reason, next_stay_id, days_to_next_stay, next_stay_planned,
  readmitted_within_30_days
from (${staysStep(anyVisits, asOf).sql(engine.dialect)}) as stays`;
  return rowsOf<Stay>(engine, { name: 'stays', sql, inputs: {} });
}

const byId = (a: Stay, b: Stay): number => (a.stay_id < b.stay_id ? -1 : 1);

test('stays are what the rules say, for any history', async () => {
  await fc.assert(
    fc.asyncProperty(patients, fc.integer({ min: 50, max: 100 }), async (histories, end) => {
      const watcher: Visit[] = [{ id: 'end', in: day(end), type: 'outpatient' }];
      const ending = { ...histories, watcher };
      const dates = Object.values(ending).flatMap((visits) => visits.flatMap((one) => [one.in, one.out ?? one.in]));
      const dataEnd = dates.reduce((latest, date) => (date > latest ? date : latest));
      const expected = Object.values(histories).flatMap((history) => staysOf(history, dataEnd));
      const found = await staysInSql(ending);
      expect(found.sort(byId)).toEqual(expected.sort(byId));
      const inpatient = Object.values(histories).flatMap((visits) => visits.filter(({ type }) => type === 'inpatient'));
      expect(found.reduce((sum, { visits }) => sum + visits, 0)).toBe(inpatient.length);
    }),
    { numRuns: 60 },
  );
});
