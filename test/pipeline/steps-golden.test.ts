// The SQL of every step of a plan, pinned for both dialects. UPDATE_GOLDEN=1 writes the files anew.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planRun, stepsOf } from '../../src/pipeline/plan.js';
import { inOrder } from '../../src/pipeline/runner.js';
import { dialects, expectGoldenSql } from '../golden.js';
import { fixedBatches } from './fixed-batches.js';

const steps = inOrder(stepsOf(planRun(fixedBatches)));
const fileOf = (name: string): string => `steps/${name.replaceAll('/', '-')}`;

test.each(steps.map((step) => [step.name, step] as const))('%s', (name, step) => {
  expectGoldenSql(fileOf(name), (dialect) => step.sql(dialect));
});

test('every golden file is that of a step', () => {
  const expected = steps.flatMap(({ name }) => dialects.map((dialect) => `${fileOf(name)}.${dialect.name}.sql`));
  const found = readdirSync(new URL('../golden/steps', import.meta.url)).map((file) => `steps/${file}`);
  expect(found.sort()).toEqual(expected.sort());
});
