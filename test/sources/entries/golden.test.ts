// The SQL of what was typed, pinned for both dialects: how it is read, and how it stands against files.
import { expect, test } from 'vitest';
import { planRun, stepsOf } from '../../../src/pipeline/plan.js';
import { inOrder } from '../../../src/pipeline/runner.js';
import { columnsOf } from '../../../src/sources/entries/source.js';
import { expectGoldenSql } from '../../golden.js';
import { fixedBatches } from '../../pipeline/fixed-batches.js';
import { faultsOf, lintDialect } from '../../pipeline/portable-sql.js';

const tables = ['patients', 'visits', 'prescriptions'].map((name) => ({
  ...{ name, part: 0, columns: columnsOf(name), delimiter: ',', files: [`entries/${name}`] },
  ...{ parquet: [`${name}-0-0-records-0.parquet`], rows: 10 },
}));
const [first, ...others] = fixedBatches;
if (!first) throw new Error('There is no batch.');
const typed = {
  ...first,
  sequence: 5,
  id: 'batch5',
  from: 'entries',
  through: { log: 'log', sequence: 30 },
  tables,
  files: [],
};
const before = new Map(inOrder(stepsOf(planRun(fixedBatches))).map((step) => [step.name, step.sql(lintDialect)]));
const steps = inOrder(stepsOf(planRun([first, ...others, typed])));
const own = steps.filter((step) => before.get(step.name) !== step.sql(lintDialect));

test('what is typed changes no step but those that read it, compare it and count', () => {
  expect(own.map(({ name }) => name).sort()).toEqual(
    [
      ...['patients', 'visits', 'prescriptions'].flatMap((name) => [
        `clean/${name}@5.${name}.0`,
        `tombstones/${name}@5.${name}.0`,
        `deduplicate/${name}`,
        `quality/${name}/findings`,
      ]),
    ].sort(),
  );
});

test.each(own.map((step) => [step.name, step] as const))('%s', (name, step) => {
  expectGoldenSql(`entries/${name.replaceAll('/', '-')}`, (dialect) => step.sql(dialect));
  expect(faultsOf(step.sql(lintDialect))).toEqual([]);
});
