// A collection and a landing of the same content at the same time, stopped at every pair of their steps.
import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { readBatches } from '../../src/pipeline/batch.js';
import { collectGarbage } from '../../src/pipeline/gc.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { openWorkspace, type Workspace } from './harness.js';

const content = 'patient_id,age\np1,40\n';
const rawFolder = `raw/files/${createHash('sha256').update(content).digest('hex')}`;

let workspace: Workspace;
let folder: string;
beforeEach(async () => {
  workspace = await openWorkspace();
  folder = await mkdtemp(join(tmpdir(), 'carelake-gc-'));
  await writeFile(join(folder, 'patients.csv'), content);
});
afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

const collect = (lake: Lake) => collectGarbage(lake, { keep: 1, grace: 0, dry: false });
const land = (lake: Lake) =>
  ingest({ paths: [join(folder, 'patients.csv')] }, { lake, lander: workspace.engine, clock: () => new Date() });

async function keysOf(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of workspace.lake.list(prefix)) keys.push(key);
  return keys;
}

interface Stopped {
  /** Whether it came to its stop; false where it ended before. */
  readonly stopped: boolean;
  /** Lets it go on, to its end. */
  finish(): Promise<unknown>;
}

/** Works until just before its `steps`-th call of the lake. */
async function until(steps: number, work: (lake: Lake) => Promise<unknown>): Promise<Stopped> {
  const moments = new EventEmitter();
  const reached = once(moments, 'reached');
  const resumed = once(moments, 'resumed');
  let calls = 0;
  const step = async (): Promise<void> => {
    if (calls++ !== steps) return;
    moments.emit('reached');
    await resumed;
  };
  const { lake } = workspace;
  const stepping: Lake = {
    ...lake,
    get: (key) => step().then(() => lake.get(key)),
    put: (key, body) => step().then(() => lake.put(key, body)),
    putIf: (key, body, condition) => step().then(() => lake.putIf(key, body, condition)),
    remove: (keys) => step().then(() => lake.remove(keys)),
    commit: (from, key, last) => step().then(() => lake.commit(from, key, last)),
    async *list(prefix) {
      await step();
      yield* lake.list(prefix);
    },
  };
  const working = work(stepping);
  const stopped = await Promise.race([reached.then(() => true), working.then(() => false)]);
  return {
    stopped,
    finish: () => {
      moments.emit('resumed');
      return working;
    },
  };
}

test.each([
  ['the collection begins', collect, land],
  ['the landing begins', land, collect],
] as const)('never loses the raw file of a batch that landed, where %s', async (_, first, second) => {
  const lost: string[] = [];
  let rounds = 0;
  for (let a = 0, more = true; more; a++) {
    for (let b = 0, moreOfSecond = true; more && moreOfSecond; b++) {
      await workspace.lake.remove(await keysOf('raw'));
      // As a landing leaves it that was killed, so that the next may use it and a collection may remove it.
      await workspace.lake.put(`${rawFolder}/patients.csv`, content);
      const one = await until(a, first);
      more = one.stopped;
      const other = await until(b, second);
      moreOfSecond = other.stopped;
      await one.finish();
      await other.finish();
      rounds++;
      expect(await readBatches(workspace.lake)).toHaveLength(1);
      if ((await keysOf(rawFolder)).length === 0) lost.push(`${a}/${b}`);
    }
  }
  expect(lost).toEqual([]);
  expect(rounds).toBeGreaterThan(30);
  expect(await keysOf('raw/collecting')).toEqual([]);
});

test('files that are there already are stored again where their raw file is gone', async () => {
  await land(workspace.lake);
  await workspace.lake.remove(await keysOf(rawFolder));
  await land(workspace.lake);
  expect(await readBatches(workspace.lake)).toHaveLength(1);
  expect(await keysOf(rawFolder)).toEqual([`${rawFolder}/patients.csv`]);
});
