// What a step's hash is made of: it is the same wherever and whenever it is worked out, and changes with what the step is
// made from and with nothing else.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tableNamed, tables } from '../../src/catalog/catalog.js';
import type { Field, Table } from '../../src/catalog/field.js';
import { type Step, stepHash } from '../../src/engine/step.js';
import type { Batch } from '../../src/pipeline/batch.js';
import { cleanStep } from '../../src/pipeline/clean/clean.js';
import { planRun, stepsOf } from '../../src/pipeline/plan.js';
import { inOrder } from '../../src/pipeline/runner.js';
import { outputOf, start } from '../child/run.js';
import { fixedBatches } from './fixed-batches.js';

const hashesOf = (batches: readonly Batch[]): Record<string, string> =>
  Object.fromEntries(inOrder(stepsOf(planRun(batches))).map((step) => [step.name, stepHash(step)]));

/** The names of the steps whose hash differs, and of those that only one plan has. */
function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

const fixed = hashesOf(fixedBatches);
const replaced = (sequence: number, part: Partial<Batch>): Batch[] =>
  fixedBatches.map((batch) => (batch.sequence === sequence ? { ...batch, ...part } : batch));

describe('the hashes of a plan', () => {
  test('are the same in another process', async () => {
    const worker = start(join(import.meta.dirname, 'plan-worker.ts'), []);
    expect(JSON.parse(await outputOf(worker))).toEqual(fixed);
  });

  test('are all different: no two steps would share their output', () => {
    expect(new Set(Object.values(fixed)).size).toBe(Object.keys(fixed).length);
  });

  test('do not know who landed a batch, at what hour and from how large a file', () => {
    const files = fixedBatches[0]?.files.map((file) => ({ ...file, bytes: 5, sha256: 'f'.repeat(64) })) ?? [];
    expect(
      changed(fixed, hashesOf(replaced(1, { by: 'another', landedAt: '2024-06-15T23:00:00.000Z', files }))),
    ).toEqual([]);
  });

  test('change for what as_of decides, and for nothing else, where a later batch holds another table', () => {
    const [first, , third] = fixedBatches;
    if (!first || !third) throw new Error('The fixed batches are gone.');
    const observations = first.tables.filter(({ name }) => name === 'observations');
    const later: Batch = { ...first, sequence: 4, id: 'batch4', landed: '2024-07-01', tables: observations, files: [] };
    expect(changed(fixed, hashesOf([...fixedBatches, later]))).toEqual([
      'clean/observations@4.observations.0',
      'deduplicate/observations',
      'dispositions',
      'issues',
      'link/observations',
      'marts/data_end',
      'marts/months', // from the stays
      'marts/patient_summary',
      'marts/stays',
      // Checks ask about dates that lie after as_of.
      ...[...Object.keys(tables), 'months']
        .sort()
        .flatMap((table) => [`quality/${table}/counts`, `quality/${table}/findings`]),
    ]);
  });

  test('change for a batch whose content is another, and for what rests on it', () => {
    const names = changed(fixed, hashesOf(replaced(3, { id: 'other' })));
    expect(names).toContain('clean/visits@3.visits.0');
    expect(names).toContain('link/visits');
    expect(names).toContain('marts/stays');
    expect(names.filter((name) => /^(clean|unread|conflicts)\/.*@[12]/.test(name))).toEqual([]);
    expect(names).not.toContain('deduplicate/procedures');
  });

  test('change with the date on which a batch landed, since cleaning judges the future by it', () => {
    const names = changed(fixed, hashesOf(replaced(1, { landed: '2024-06-14' })));
    expect(names.filter((name) => name.startsWith('clean/')).every((name) => name.includes('@1.'))).toBe(true);
    expect(names).toContain('clean/visits@1.visits.0');
  });

  test.each<[what: string, sequence: number, part: Partial<Batch>]>([
    ['how a mapping reads dates', 3, { mapping: { columns: {}, dates: 'mdy' } }],
    ['the name-space', 3, { source: 'south' }],
  ])('change with %s', (_, sequence, part) => {
    expect(changed(fixed, hashesOf(replaced(sequence, part)))).toContain('clean/visits@3.visits.0');
  });

  test('change with the mode: after a full extract other rows are gone', () => {
    const names = changed(fixed, hashesOf(replaced(3, { mode: 'upsert' })));
    expect(names).toContain('deduplicate/patients');
    expect(names.filter((name) => name.startsWith('clean/'))).toEqual([]);
  });

  test('do not depend on the engine, only on what the step says', () => {
    const step: Step = { kind: 'step', name: 's', version: 1, inputs: {}, sql: () => 'select 1 as x' };
    const raw = { kind: 'raw', hash: 'content', keys: ['a'] } as const;
    expect(stepHash({ ...step })).toBe(stepHash(step));
    const others: Step[] = [
      { ...step, name: 't' },
      { ...step, version: 2 },
      { ...step, sql: () => 'select 2 as x' },
      { ...step, inputs: { raw: [raw] } },
      { ...step, inputs: { raw: [raw, raw] } },
      { ...step, inputs: { other: [raw] } },
      { ...step, inputs: { raw: [{ ...raw, hash: 'another' }] } },
      { ...step, inputs: { raw: [step] } },
    ];
    expect(new Set([step, ...others].map(stepHash)).size).toBe(others.length + 1);
    // Where files lie is no part of what they hold.
    expect(stepHash({ ...step, inputs: { raw: [{ ...raw, keys: ['b'] }] } })).toBe(
      stepHash({ ...step, inputs: { raw: [raw] } }),
    );
  });
});

describe('the slice of the catalog that a clean step rests on', () => {
  const plan = planRun(fixedBatches).clean.find(({ step }) => step.name === 'clean/visits@1.visits.0');
  if (!plan) throw new Error('The plan does not clean visits.');
  const { reading, batch } = plan;
  const hashWith = (table: Table) => stepHash(cleanStep(reading, table, batch, {}));
  const visits = tableNamed('visits');
  const withField = (name: string, part: Partial<Field>): Table => ({
    ...visits,
    fields: visits.fields.map((field) => (field.name === name ? { ...field, ...part } : field)),
  });
  const before = hashWith(visits);

  test.each<[what: string, table: Table]>([
    ['a bound', withField('heart_rate', { max: 250 })],
    ['a scale', withField('severity_score', { scale: 1 })],
    ['what is done with a bad value', withField('heart_rate', { invalid: 'reject' })],
    ['a synonym of a code', withField('admission_type', { values: [{ value: 'emergency', synonyms: ['911'] }] })],
    ['a foreign unit', withField('heart_rate', { foreignUnits: [] })],
    ['what a row needs', { ...visits, oneOf: [] }],
  ])('is changed by %s', (_, table) => {
    expect(hashWith(table)).not.toBe(before);
  });

  test.each<[what: string, table: Table]>([
    ['a description', withField('heart_rate', { description: 'Pulse.' })],
    ['a header synonym, which only says where a value stands', withField('heart_rate', { synonyms: ['beats'] })],
    ['a FHIR path', withField('heart_rate', { fhir: null })],
  ])('is not changed by %s', (_, table) => {
    expect(hashWith(table)).toBe(before);
  });
});
