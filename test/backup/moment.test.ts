// What lands, is promoted, published or collected while a backup is made: what is brought back fits together all the same.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../src/app.js';
import { restoreBackup } from '../../src/backup/restore.js';
import { type BackupOptions, writeBackup } from '../../src/backup/write.js';
import type { Config } from '../../src/config.js';
import { publishedRun } from '../../src/doctor/published-run.js';
import { promote, readCard, readServed, storeVersion } from '../../src/models/registry.js';
import { collectGarbage } from '../../src/pipeline/gc.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { run } from '../../src/pipeline/run.js';
import { landingsOf } from '../../src/server/uploads/landing.js';
import { openUploadQueue } from '../../src/server/uploads/queue.js';
import { mayMount } from '../end-to-end/may-mount.js';
import { readmissionCard } from '../models/card/example.js';
import { configIn, withApp } from './place.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-backup-moment-'));
});
afterAll(() => rm(folder, { recursive: true }));

const configOf = (name: string): Config => configIn(folder, join(folder, name));

async function landPatient(app: App, id: string): Promise<void> {
  const path = join(folder, `${id}.csv`);
  await writeFile(path, textOf(id));
  await ingest({ paths: [path] }, { lake: app.lake, lander: await app.engine(), clock: () => new Date() });
}

const textOf = (id: string): string => `patient_id,name,age\n${id},Name,40\n`;

/** A backup of what `before` makes, with `meanwhile` right after its records are copied. */
async function backUp(
  name: string,
  before: (app: App) => Promise<void>,
  meanwhile: (app: App) => Promise<unknown>,
  options: BackupOptions = {},
): Promise<string> {
  const file = join(folder, `${name}.zip`);
  await withApp(configOf(name), async (app) => {
    await before(app);
    const records = await app.records();
    const copyTo = async (to: string) => {
      await records.copyTo?.(to);
      await meanwhile(app);
    };
    const list = await writeBackup({ ...app, records: async () => ({ ...records, copyTo }) }, file, options);
    const there = configOf(`${name}-restored`);
    await restoreBackup(there, file);
    await withApp(there, async ({ lake }) => {
      const [only] = list.workspaces;
      expect(only?.run).toBe((await requireCurrent(lake)).id);
    });
  });
  return `${name}-restored`;
}

const uploadsOf = ({ config, lake, engine, landEntries, withTrialLake, records }: App) => {
  const place = { folder: join(config.data, 'uploads/default'), mostBytes: 1e6 };
  const landings = landingsOf({ ...place, lake, engine, landEntries, withTrialLake });
  const report = (text: string) => {
    throw new Error(text);
  };
  return openUploadQueue({ lake, landings, records, landed: () => undefined, report });
};

test('a file that lands while the lake is copied is in the backup, where it waited or where it landed', async () => {
  const ids: string[] = [];
  const others = configOf('landing-others');
  const own = configOf('landing');
  const names = ['L1', 'L2', 'L3'];
  let hasLanded = false;
  const restored = await backUp(
    'landing',
    async (app) => {
      await publish(app, 'P1');
      cpSync(own.data, others.data, { recursive: true });
      // One that is closing takes files, and lands none.
      const queue = uploadsOf(app);
      await queue.close();
      for (const name of names) {
        const spooled = await queue.spool.take(
          queue.newId(),
          `${name}.csv`,
          Readable.from([Buffer.from(textOf(name))]),
        );
        const audit = { by: 'ann', from: '127.0.0.1', request: 'r-1' };
        await queue.add(spooled, { how: { mode: 'upsert' }, audit });
        ids.push(spooled.id);
      }
      await withApp(others, async (other) => {
        for (const name of names) await landPatient(other, name);
      });
    },
    async () => undefined,
    {
      onProgress() {
        if (hasLanded) return;
        hasLanded = true;
        // As the queue does it: first they are in the lake, then they wait no more.
        cpSync(join(others.data, 'workspaces/default/raw'), join(own.data, 'workspaces/default/raw'), {
          recursive: true,
        });
        for (const id of ids) rmSync(join(own.data, 'uploads/default', id), { recursive: true });
      },
    },
  );
  expect(hasLanded).toBe(true);
  await withApp(configOf(restored), async (app) => {
    const queue = uploadsOf(app);
    await queue.start();
    for (const id of ids) expect((await queue.settled(id, 60_000))?.body.state).toBe('landed');
    await queue.close();
    const { manifest } = await run(app.lake, await app.engine());
    expect(manifest.tables.patients?.rows).toBe(4);
  });
});

test('a model that is promoted meanwhile is served after the next backup: this one serves what it holds', async () => {
  const [first, second] = ['000001-aaaaaaaaaaaa', '000002-bbbbbbbbbbbb'] as const;
  const serve = async ({ lake }: App, version: string) => {
    const promotion = { promoted: true, baseline: 'lace', reason: 'For use.' };
    await storeVersion(lake, { ...readmissionCard, version, promotion }, { 'model.bin': version });
    await promote(lake, 'readmission', version, new Date());
  };
  const restored = await backUp(
    'promoting',
    async (app) => {
      await publish(app, 'P1');
      await serve(app, first);
    },
    (app) => serve(app, second),
  );
  await withApp(configOf(restored), async ({ lake }) => {
    expect((await readServed(lake, 'readmission'))?.version).toBe(first);
    expect((await readCard(lake, 'readmission')).version).toBe(first);
  });
});

const publish = async (app: App, id: string): Promise<void> => {
  await landPatient(app, id);
  await run(app.lake, await app.engine());
};

test('a collection removes no run while a backup reads it, and does afterwards', async () => {
  const collect = ({ lake }: App) => collectGarbage(lake, { keep: 1, grace: 0, dry: false });
  const restored = await backUp(
    'collecting',
    (app) => publish(app, 'P1'),
    async (app) => {
      await publish(app, 'P2');
      expect(await collect(app)).toMatchObject({ runs: 0, steps: 0 });
    },
  );
  await withApp(configOf(restored), async (app) => {
    expect((await requireCurrent(app.lake)).tables.patients?.rows).toBe(1);
    expect(await publishedRun(app)).toMatchObject({ state: 'ok' });
    // The file of the second run had landed.
    expect((await run(app.lake, await app.engine())).manifest.tables.patients?.rows).toBe(2);
  });
  await withApp(configOf('collecting'), async (app) => {
    expect(await collect(app)).toMatchObject({ runs: 1 });
  });
});

test('where the published run goes away all the same, there is no backup that names it', async () => {
  const made = backUp(
    'removing',
    (app) => publish(app, 'P1'),
    async ({ lake }) => {
      for await (const { key } of lake.list('steps')) await lake.remove([key]);
    },
  );
  await expect(made).rejects.toMatchObject({ code: 'BACKUP_OVERTAKEN', message: expect.stringContaining('steps/') });
  await expect(stat(join(folder, 'removing.zip'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test.skipIf(!mayMount)('a data folder that takes no writing is backed up all the same', async () => {
  const { data } = configOf('read-only');
  await withApp(configOf('read-only'), (app) => publish(app, 'P1'));
  execFileSync('mount', ['--bind', data, data]);
  try {
    execFileSync('mount', ['-o', 'remount,bind,ro', data]);
    const file = join(folder, 'read-only.zip');
    const elsewhere = configIn(folder, data, { CARELAKE_TEMP: join(folder, 'temp') });
    await withApp(elsewhere, (app) => writeBackup(app, file, { withoutRecords: true }));
    const there = configOf('read-only-restored');
    await restoreBackup(there, file);
    expect(await withApp(there, publishedRun)).toMatchObject({ state: 'ok' });
  } finally {
    execFileSync('umount', [data]);
  }
});
