// One process among several on one lake: `local-worker.ts <root> <task> <key> <times>`.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../../src/lake/local/lock.js';
import { openLocalLake } from '../../src/lake/local.js';

const [root = '', task = '', key = '', times = '0'] = process.argv.slice(2);
const lake = openLocalLake({ root });
const isConflict = (error: unknown) => (error as { code?: string }).code === 'LAKE_CONFLICT';

/** Waits until all are ready, so that they really work at the same time. */
async function gate(): Promise<void> {
  while (!existsSync(join(root, 'go'))) await pause(2);
}

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  /** Says how often this process was the one that created. */
  async create() {
    await gate();
    let won = 0;
    for (let round = 0; round < Number(times); round++) {
      try {
        await lake.putIf(`${key}/${round}`, String(process.pid), { absent: true });
        won++;
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
    return won;
  },

  /** Counts up by swaps; says how many succeeded. */
  async count() {
    await gate();
    for (let added = 0; added < Number(times); ) {
      const present = await lake.get(key);
      if (!present) throw new Error(`There is no ${key}.`);
      try {
        await lake.putIf(key, String(Number(present.body) + 1), { etag: present.etag });
        added++;
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
    return Number(times);
  },

  /** Commits steps of many files without end, saying each before and after. */
  async commit() {
    for (let round = 0; ; round++) {
      const folder = await lake.scratch();
      for (let part = 0; part < 20; part++) await writeFile(join(folder, `part-${part}`), `${round}`.repeat(1000));
      await writeFile(join(folder, 'last'), '');
      await lake.commit(folder, `${key}/${round}`, 'last');
      process.stdout.write(`${round}\n`);
    }
  },

  /** Swaps without end, saying each value after it was stored. */
  async swap() {
    for (;;) {
      const present = await lake.get(key);
      const next = Number(present?.body ?? 0) + 1;
      await lake.putIf(key, String(next), present ? { etag: present.etag } : { absent: true });
      process.stdout.write(`${next}\n`);
    }
  },

  /** Says what each call on a lake that it may not write is answered. */
  async refused() {
    const code = (call: Promise<unknown>) => call.then(String, (error) => error.code);
    return {
      read: String((await lake.get(key))?.body),
      put: await code(lake.put('b', 'x')),
      create: await code(lake.putIf('c', 'x', { absent: true })),
      remove: await code(lake.remove([key])),
      scratch: await code(lake.scratch()),
    };
  },

  /** Takes the lock file that `key` names and keeps it. */
  async hold() {
    await withLock(key, async () => {
      process.stdout.write('held\n');
      await pause(600_000);
    });
  },
};

const said = await tasks[task]?.();
if (said !== undefined) process.stdout.write(JSON.stringify(said));
