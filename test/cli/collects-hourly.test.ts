// A server that makes run after run keeps the last of them, and neither more nor less of the lake than they rest on.
import { expect, test } from 'vitest';
import { collectsHourly } from '../../src/cli/collects-hourly.js';
import { takeLock } from '../../src/pipeline/lock.js';
import { readRuns } from '../../src/pipeline/publish/manifest.js';
import { openWorkspace } from '../pipeline/harness.js';

const hour = 3_600_000;

test('older runs go once an hour, never while somebody runs, and never where others collect', async () => {
  const workspace = await openWorkspace();
  const told: string[] = [];
  let now = 0;
  const collect = collectsHourly(
    workspace.lake,
    2,
    (text) => told.push(text),
    () => now,
  );
  const runs = async () => (await readRuns(workspace.lake)).map(({ id }) => Number(id.slice(0, 6)));
  const run = async (n: number) => {
    await workspace.land({ [`patients-${n}.csv`]: `patient_id,age\np${n},40\n` }, { on: `2024-06-0${n}` });
    await workspace.run();
  };
  try {
    for (const n of [1, 2, 3]) await run(n);
    await collectsHourly(workspace.lake, null, (text) => told.push(text))();
    expect(await runs()).toEqual([3, 2, 1]);
    await collect();
    expect(await runs()).toEqual([3, 2]);
    await run(4);
    await collect();
    expect(await runs()).toEqual([4, 3, 2]);
    now += hour;
    const lock = await takeLock(workspace.lake);
    await collect();
    expect(await runs()).toEqual([4, 3, 2]);
    await lock.release();
    now += hour;
    await collect();
    expect(await runs()).toEqual([4, 3]);
    expect(await workspace.ask('select patient_id from patients order by 1')).toHaveLength(4);
    expect(told).toEqual([]);
  } finally {
    await workspace.close();
  }
});
