// How Spark would run every step: nothing brings the rows of a table to one place, and every join is by equality.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { openSpark } from '../../src/engine/spark/engine.js';
import { type Step, stepHash } from '../../src/engine/step.js';
import { inParallel } from '../../src/in-parallel.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { stepsOf } from '../../src/pipeline/plan.js';
import { inOrder, stepFiles } from '../../src/pipeline/runner.js';
import { generate } from '../../src/sources/generator/generate.js';
import { hasSpark, spark } from '../engine/spark/server.js';
import { openWorkspace, type Workspace } from './harness.js';

describe.skipIf(!hasSpark)('with Spark (CARELAKE_TEST_SPARK)', () => {
  let folder: string;
  let workspace: Workspace;
  let engine: Engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-plans-'));
    workspace = await openWorkspace({ lake: 'local' });
    engine = await openSpark({ address: spark });
    await generate({ patients: 30, seed: 7, out: folder, dirty: 0.1 });
    const paths = ['patients', 'visits', 'prescriptions', 'diagnoses'].map((table) => join(folder, `${table}.csv`));
    const clock = () => new Date('2031-01-01T12:00:00Z');
    await ingest({ paths }, { lake: workspace.lake, lander: workspace.engine, clock });
    await workspace.run();
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await workspace.close();
    await rm(folder, { recursive: true });
  });

  const filesOf = async (source: Step['inputs'][string][number]) =>
    source.kind === 'step' ? stepFiles(workspace.lake, stepHash(source)) : workspace.lake.checkout(source.keys);

  test('no step has a plan that a large table would not survive', async () => {
    const steps = inOrder(stepsOf(await workspace.plan()));
    const faults = await inParallel(steps, 4, async (step) => {
      const inputs: Record<string, string[]> = {};
      for (const [name, sources] of Object.entries(step.inputs)) {
        inputs[name] = (await Promise.all(sources.map(filesOf))).flat();
      }
      const plan = await engine.explain({ name: step.name, sql: step.sql(engine.dialect), inputs });
      expect(plan).toContain('Physical Plan');
      return faultsOf(plan.split('\n')).map((fault) => `${step.name}: ${fault}`);
    });
    expect(steps.length).toBeGreaterThan(30);
    expect(faults.flat()).toEqual([]);
  }, 180_000);

  test.each([
    ['select a.id from range(10) as a join range(10) as b on a.id < b.id', /NestedLoopJoin|CartesianProduct/],
    ['select id % 3 as x from range(10) order by x', /Sort/],
    ['select id, row_number() over (order by id) as n from range(10)', /SinglePartition/],
  ])('a plan that does is found: %s', async (sql, fault) => {
    const plan = await engine.explain({ name: 'test', sql, inputs: {} });
    expect(faultsOf(plan.split('\n')).join()).toMatch(fault);
  });
});

/** Lines of a plan that tell of work in one place, or of every row met with every other. */
function faultsOf(plan: readonly string[]): string[] {
  return plan.filter((line, at) => {
    // Of a sum over a whole table only the sums of its parts come together.
    if (/Exchange SinglePartition/.test(line)) return !childrenOf(plan, at).every((child) => isOneRow(plan, child));
    if (/BroadcastNestedLoopJoin|CartesianProduct/.test(line)) {
      return !childrenOf(plan, at).every((child) => isOneRow(plan, child));
    }
    return /\bSort \[.*\], true,/.test(line);
  });
}

/** Whether it is a sum over all rows: of each part before they come together, then of the whole. */
function isOneRow(plan: readonly string[], at: number): boolean {
  if (/Aggregate\(keys=\[\],/.test(plan[at] ?? '')) return true;
  const passesOn = /[-] [*(0-9) ]*(Project|BroadcastExchange|Exchange SinglePartition|Filter)\b/.test(plan[at] ?? '');
  return passesOn && childrenOf(plan, at).every((child) => isOneRow(plan, child));
}

/** The lines of the operators below one, which stand three signs further in. */
function childrenOf(plan: readonly string[], at: number): number[] {
  const depth = depthOf(plan[at] ?? '');
  const children: number[] = [];
  for (let below = at + 1; below < plan.length && depthOf(plan[below] ?? '') > depth; below++) {
    if (depthOf(plan[below] ?? '') === depth + 3) children.push(below);
  }
  return children;
}

const depthOf = (line: string): number => line.search(/[^ :+-]/);
