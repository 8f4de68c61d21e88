// What a collection removes and what it never touches.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Lake } from '../../src/lake/lake.js';
import { collectGarbage } from '../../src/pipeline/gc.js';
import { holdRuns } from '../../src/pipeline/holding.js';
import { traceRow } from '../../src/pipeline/lineage.js';
import { takeLock } from '../../src/pipeline/lock.js';
import { readRuns } from '../../src/pipeline/publish/manifest.js';
import { stepFiles } from '../../src/pipeline/runner.js';
import { openWorkspace, type Workspace } from './harness.js';

let workspace: Workspace;
afterEach(() => workspace.close());

const everything = { keep: 1, grace: 0, dry: false };

async function keysOf(lake: Lake, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list(prefix)) keys.push(key);
  return keys;
}

/** Three runs, of which each has a row more than the one before. */
async function threeRuns(): Promise<void> {
  workspace = await openWorkspace({ lake: 'local' });
  for (const n of [1, 2, 3]) {
    await workspace.land({ [`patients-${n}.csv`]: `patient_id,age\np${n},40\nbroken\n` }, { on: `2024-06-0${n}` });
    await workspace.run();
  }
}

/** The lake, with the keys of every removal in their order. */
function watched(lake: Lake): { lake: Lake; removed: string[] } {
  const removed: string[] = [];
  return {
    removed,
    lake: {
      ...lake,
      remove: (keys) => {
        removed.push(...keys);
        return lake.remove(keys);
      },
    },
  };
}

describe('gc', () => {
  test('keeps all that the kept runs rest on', async () => {
    await threeRuns();
    const before = await workspace.digests();
    const raw = await keysOf(workspace.lake, 'raw');
    await collectGarbage(workspace.lake, { ...everything, keep: 2 });
    expect((await readRuns(workspace.lake)).map(({ id }) => id.slice(0, 6))).toEqual(['000003', '000002']);
    expect(await workspace.digests()).toEqual(before);
    expect(await workspace.ask('select patient_id from patients order by 1')).toHaveLength(3);
    expect(await workspace.rejects()).toHaveLength(3);
    expect((await traceRow(workspace.lake, workspace.engine, 'patients', 'p1')).rows).toHaveLength(1);
    expect(await keysOf(workspace.lake, 'raw')).toEqual(raw);
    const again = await workspace.run();
    expect(again).toMatchObject({ published: false });
    expect(again.steps.filter(({ reused }) => !reused)).toEqual([]);
  });

  test('removes the runs beyond those to keep, with the steps that only they needed', async () => {
    await threeRuns();
    const needed = Object.values((await workspace.manifest()).steps);
    const bytes = (await sizes(workspace.lake)).total;
    const result = await collectGarbage(workspace.lake, everything);
    const steps = new Set((await keysOf(workspace.lake, 'steps')).map((key) => key.split('/')[1]));
    expect(steps).toEqual(new Set(needed));
    expect(result.runs).toBe(2);
    expect(result.steps).toBeGreaterThan(0);
    expect(bytes - (await sizes(workspace.lake)).total).toBe(result.bytes);
    expect(await collectGarbage(workspace.lake, everything)).toEqual({
      runs: 0,
      steps: 0,
      raw: 0,
      scratch: 0,
      files: 0,
      bytes: 0,
    });
  });

  test('keeps every run while somebody holds them, who is alive', async () => {
    await threeRuns();
    const { lake } = workspace;
    const letGo = await holdRuns(lake);
    expect(await collectGarbage(lake, everything)).toMatchObject({ runs: 0, steps: 0 });
    expect(await collectGarbage(lake, { ...everything, dry: true })).toMatchObject({ runs: 0, steps: 0 });
    await letGo();
    await holdRuns(lake);
    const [note = ''] = await keysOf(lake, 'holding');
    await lake.remove([note]);
    // The same process, had it started at another time: its pid is somebody else's now.
    await lake.put(note.replace(/-[0-9]+-/, '-1-'), '');
    expect(await collectGarbage(lake, { ...everything, dry: true })).toMatchObject({ runs: 2 });
    expect(await collectGarbage(lake, everything)).toMatchObject({ runs: 2 });
    expect(await keysOf(lake, 'holding')).toEqual([]);
  });

  test('removes the file that says a folder is whole before the others', async () => {
    await threeRuns();
    const { lake, removed } = watched(workspace.lake);
    await collectGarbage(lake, everything);
    const seen = new Set<string>();
    for (const key of removed.filter((one) => one.startsWith('steps/'))) {
      const folder = key.split('/').slice(0, 2).join('/');
      if (!seen.has(folder)) expect(key).toBe(`${folder}/step.json`);
      seen.add(folder);
    }
    expect(seen.size).toBeGreaterThan(0);
    expect(removed.findIndex((key) => key.startsWith('steps/'))).toBeGreaterThan(
      removed.findLastIndex((key) => key.startsWith('runs/')),
    );
  });

  test('leaves alone what is younger than the grace time', async () => {
    await threeRuns();
    const steps = await keysOf(workspace.lake, 'steps');
    await workspace.lake.put('steps/cut-off/part-0.parquet', 'x');
    await workspace.lake.scratch();
    const result = await collectGarbage(workspace.lake, { ...everything, grace: 3_600_000 });
    expect(result).toMatchObject({ steps: 0, raw: 0, scratch: 0 });
    expect(await keysOf(workspace.lake, 'steps')).toEqual([...steps, 'steps/cut-off/part-0.parquet'].sort());
  });

  test('only says what it would remove where it is asked to', async () => {
    await threeRuns();
    const keys = await keysOf(workspace.lake);
    const said = await collectGarbage(workspace.lake, { ...everything, dry: true });
    expect(await keysOf(workspace.lake)).toEqual(keys);
    expect(await collectGarbage(workspace.lake, everything)).toEqual(said);
  });

  test('finds what crashes left: part of a step, part of a batch, a raw file of no batch; not what a process works at', async () => {
    await threeRuns();
    const keys = await keysOf(workspace.lake);
    await workspace.lake.put('steps/cut-off/part-0.parquet', 'x');
    await workspace.lake.put('raw/batches/000009-cut-off/patients-0-0-records-0.parquet', 'x');
    await workspace.lake.put('raw/files/0000/patients.csv', 'x');
    const scratch = await workspace.lake.scratch();
    await mkdir(join(scratch, 'in'));
    await writeFile(join(scratch, 'in', 'part-0.parquet'), 'x');
    const result = await collectGarbage(workspace.lake, { keep: 10, grace: 0, dry: false });
    expect(result).toMatchObject({ runs: 0, steps: 1, raw: 2, scratch: 0, files: 3 });
    expect(await keysOf(workspace.lake)).toEqual(keys);
    expect(await readdir(scratch)).toEqual(['in']);
  });

  test('finds the attempts at a step that is kept which the step does not name, whole or in buckets', async () => {
    await threeRuns();
    await collectGarbage(workspace.lake, everything);
    const steps = `steps/${Object.values((await workspace.manifest()).steps)[0]}`;
    const before = await keysOf(workspace.lake, 'steps');
    for (const file of ['made-1/part-0.parquet', 'made-2/_bucket=0of2/part-0.parquet', 'again-3/part-0.parquet']) {
      await workspace.lake.put(`${steps}/${file}`, 'unfinished');
    }
    expect(await collectGarbage(workspace.lake, { ...everything, grace: 60_000 })).toMatchObject({ files: 0 });
    expect(await collectGarbage(workspace.lake, everything)).toMatchObject({ steps: 0, files: 3, bytes: 30 });
    expect(await keysOf(workspace.lake, 'steps')).toEqual(before);
  });

  test('never takes what a full run has put in the place of a step', async () => {
    await threeRuns();
    const { step } = (await workspace.manifest()).tables.patients ?? { step: '' };
    const [path = ''] = await stepFiles(workspace.lake, step);
    await writeFile(path, 'no Parquet');
    await workspace.run({ full: true });
    const before = await workspace.digests();
    expect(await collectGarbage(workspace.lake, everything)).toMatchObject({ files: expect.any(Number) });
    expect(await workspace.digests()).toEqual(before);
    expect((await keysOf(workspace.lake, `steps/${step}`)).map((key) => key.split('/')[2])).toEqual([
      expect.stringMatching(/^again-/),
      'step.json',
    ]);
  });

  test('never takes a batch that landed while it was at work for one that a crash left', async () => {
    await threeRuns();
    let landed = false;
    const lake: Lake = {
      ...workspace.lake,
      async *list(prefix) {
        if (prefix === 'raw/batches' && !landed) {
          landed = true;
          yield* workspace.lake.list(prefix);
          await workspace.land({ 'late.csv': 'patient_id,age\np4,40\n' });
        } else yield* workspace.lake.list(prefix);
      },
    };
    await collectGarbage(lake, everything);
    expect(landed).toBe(true);
    await workspace.run();
    expect(await workspace.ask('select count(*) as patients from patients')).toEqual([{ patients: 4 }]);
    expect((await keysOf(workspace.lake, 'raw/files')).filter((key) => key.endsWith('/late.csv'))).toHaveLength(1);
  });

  test('waits for no run: where one is in progress it refuses', async () => {
    await threeRuns();
    const lock = await takeLock(workspace.lake);
    await expect(collectGarbage(workspace.lake, everything)).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
    await lock.release();
    expect(await collectGarbage(workspace.lake, everything)).toMatchObject({ runs: 2 });
  });
});

async function sizes(lake: Lake): Promise<{ total: number }> {
  let total = 0;
  for await (const { bytes } of lake.list('')) total += bytes;
  return { total };
}
