// Random histories of files and of what people typed between them, against the rule of winners said another way; and the
// same history on Spark.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digest } from '../../../src/engine/digest.js';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { type Step, stepHash } from '../../../src/engine/step.js';
import { runSteps, stepFiles } from '../../../src/pipeline/runner.js';
import { hasSpark, spark } from '../../engine/spark/server.js';
import { openWorkspace, type Workspace } from '../harness.js';
import { typingInto } from '../typing.js';

const keys = fc.constantFrom('a', 'b', 'c', 'd');
const values = fc.constantFrom('v1', 'v2');
const event = fc.oneof(
  fc.record({ file: fc.dictionary(keys, values, { minKeys: 1 }), full: fc.constant(false) }),
  fc.record({ file: fc.dictionary(keys, values, { minKeys: 1 }), full: fc.boolean() }),
  fc.record({ key: keys, typed: fc.option(values, { nil: null }) }),
);
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

/** What the key is in the end: each event changes it or not, by the rule as a person would say it. */
function outcome(events: readonly Event[]): Record<string, string> {
  const rows = new Map<string, { shown: string | null; typed: boolean; file: string | undefined; isThere: boolean }>();
  for (const one of events) {
    if ('file' in one) {
      for (const [key, value] of Object.entries(one.file)) {
        const row = rows.get(key);
        const holds = row?.typed && row.file === value;
        const now = holds ? row : { shown: value, typed: false };
        rows.set(key, { shown: now.shown, typed: now.typed, file: value, isThere: true });
      }
      if (!one.full) continue;
      for (const [key, row] of rows) if (!(key in one.file) && !row.typed) rows.set(key, { ...row, isThere: false });
    } else {
      rows.set(one.key, { shown: one.typed, typed: true, file: rows.get(one.key)?.file, isThere: true });
    }
  }
  const present = [...rows].filter(([, { isThere, shown }]) => isThere && shown !== null);
  return Object.fromEntries(present.map(([key, { shown }]) => [key, String(shown)]).sort());
}

/** As the program does it: what was typed lands before a file does. */
async function live(workspace: Workspace, events: readonly Event[]): Promise<ReturnType<typeof typingInto>> {
  const typing = typingInto(workspace);
  for (const [index, one] of events.entries()) {
    if ('file' in one) {
      await typing.land();
      // A column of its own makes the content of every file its own, and is no field of the row.
      const rows = Object.entries(one.file).map(([key, value]) => `${key},${value},40,${index}`);
      const text = ['patient_id,name,age,unread', ...rows, ''].join('\n');
      await workspace.land({ 'patients.csv': text }, { mode: one.full ? 'snapshot' : 'upsert' });
    } else if (one.typed === null) {
      const row = await typing.records.rows.get('patients', one.key);
      if (!row?.deleted) await typing.remove('patients', one.key);
    } else await typing.type('patients', { patient_id: one.key, name: one.typed, age: 40 });
  }
  return typing;
}

/** The patients that a run would publish, made by themselves; the digest of all that they hold. */
async function patients({ lake, engine, plan }: Workspace, maker: Engine): Promise<{ names: object; digest: string }> {
  const step = (await plan()).published.patients as Step;
  await runSteps([step], { lake, engine: maker });
  const files = await stepFiles(lake, stepHash(step));
  const sql = 'select patient_id, name from t order by 1';
  const rows = await rowsOf<{ patient_id: string; name: string }>(engine, { name: 'read', sql, inputs: { t: files } });
  const names = Object.fromEntries(rows.map(({ patient_id, name }) => [patient_id, name]));
  return { names, digest: await digest(engine, files) };
}

test('random histories end as the rule says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 8 }), async (events) => {
      const workspace = await openWorkspace();
      try {
        await (await live(workspace, events)).land();
        expect((await patients(workspace, workspace.engine)).names).toEqual(outcome(events));
      } finally {
        await workspace.close();
      }
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

describe.skipIf(!hasSpark)('on Spark (CARELAKE_TEST_SPARK)', { timeout: 180_000 }, () => {
  test('a history comes to the same patients', async () => {
    const events: Event[] = [
      { file: { a: 'v1', b: 'v1', c: 'v1' }, full: false },
      { key: 'a', typed: 'v2' },
      { key: 'b', typed: null },
      { key: 'd', typed: 'v1' },
      { file: { a: 'v1', b: 'v2' }, full: false },
      { key: 'c', typed: null },
    ];
    const [here, there] = [await openWorkspace({ lake: 'local' }), await openWorkspace({ lake: 'local' })];
    const engine = await openSpark({ address: spark as `sc://${string}` });
    try {
      for (const place of [here, there]) await (await live(place, events)).land();
      const made = await patients(there, engine);
      expect(made).toEqual(await patients(here, here.engine));
      expect(made.names).toEqual({ a: 'v2', b: 'v2', d: 'v1' });
    } finally {
      await engine.close();
      await here.close();
      await there.close();
    }
  });
});
