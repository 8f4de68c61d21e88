// The SQL of every model's table, pinned for both dialects and portable. UPDATE_GOLDEN=1 writes the files anew.
import { expect, test } from 'vitest';
import { modelSql, trainingStep } from '../../src/models/features/compile.js';
import { expectGoldenSql } from '../golden.js';
import { faultsOf, lintDialect } from '../pipeline/portable-sql.js';
import { fixedPlans } from './fixed-facts.js';

const named = fixedPlans.map((plan) => [`${plan.model}-${plan.source}`, plan] as const);
const inputs = { patients: [], visits: [], stays: [], diagnoses: [], prescriptions: [] };

test.each(named)('%s', (name, plan) => {
  const step = trainingStep(plan, inputs);
  expectGoldenSql(`models/${name}`, (dialect) => step.sql(dialect));
});

test.each(named)('%s is portable, to learn and to predict', (_name, plan) => {
  expect(faultsOf(modelSql(plan, 'learn', lintDialect))).toEqual([]);
  expect(faultsOf(modelSql(plan, 'predict', lintDialect, 2))).toEqual([]);
});
