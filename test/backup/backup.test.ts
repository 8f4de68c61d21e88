// A backup that is made while others write, brought back and compared; and every way in which one is refused.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import type { App } from '../../src/app.js';
import { type BackupList, listName } from '../../src/backup/contents.js';
import { restoreBackup } from '../../src/backup/restore.js';
import { writeBackup } from '../../src/backup/write.js';
import type { Config } from '../../src/config.js';
import { digest } from '../../src/engine/digest.js';
import { storeVersion } from '../../src/models/registry.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { run } from '../../src/pipeline/run.js';
import { stepFiles } from '../../src/pipeline/runner.js';
import { verifyChain } from '../../src/records/audit/verify.js';
import { directoryIn } from '../../src/records/directory/directory.js';
import { uploadCollection } from '../../src/server/uploads/upload.js';
import { all, written } from '../contracts/written.js';
import { mayMount } from '../end-to-end/may-mount.js';
import { readmissionCard } from '../models/card/example.js';
import { read } from '../records/audit/events.js';
import { configIn, key, withApp } from './place.js';

let folder: string;
let config: Config;
let backup: string;
let before: Awaited<ReturnType<typeof stateOf>>;

const configOf = (data: string, more?: Record<string, string>): Config => configIn(folder, data, more);

/** All that must be the same after it was brought back. */
const stateOf = (own: Config) =>
  withApp(own, async (app) => {
    const manifest = await requireCurrent(app.lake);
    const engine = await app.engine();
    const digests: Record<string, string> = {};
    for (const [name, { step }] of Object.entries(manifest.tables)) {
      digests[name] = await digest(engine, await stepFiles(app.lake, step));
    }
    const records = await app.records();
    const audit = await app.audit();
    return {
      ...{ run: manifest.id, digests, accounting: manifest.accounting },
      entries: await all(records.entries.read(0)),
      log: await records.entries.end(),
      row: await records.rows.get('patients', 'P1'),
      users: await records.directory.collection({ name: 'users', indexed: [] }).list({ limit: 10 }),
      audit: await verifyChain(audit.lines, audit.seals),
    };
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-backup-'));
  config = configOf(join(folder, 'data'));
  backup = join(folder, 'backup.zip');
  const file = join(folder, 'patients.csv');
  await writeFile(
    file,
    `patient_id,name,age,gender\n${Array.from({ length: 50 }, (_, n) => `P${n},Name ${n},${n},F\n`).join('')}`,
  );
  await withApp(config, async (app) => {
    await ingest({ paths: [file] }, { lake: app.lake, lander: await app.engine(), clock: () => new Date() });
    await run(app.lake, await app.engine());
    const records = await app.records();
    const values = { patient_id: 'P1', name: 'Readable Person' };
    await records.entries.append(written('P1', values, { kind: 'change', before: { patient_id: 'P1' } }));
    await records.directory.collection({ name: 'users', indexed: [] }).insert('ann', { name: 'ann' });
    await (await app.audit()).append(read());
    await (await app.audit()).takeOver('default', records.entries);
    await storeVersion(app.lake, { ...readmissionCard, model: 'risk', version: '1' }, { 'model.bin': 'trees' });
    await app.lake.put('models/risk/current.json', '{"version":"1"}');
  });
  const waiting = join(config.data, 'uploads/default/u1');
  await mkdir(waiting, { recursive: true });
  await writeFile(join(waiting, 'late.csv'), 'patient_id\nL1\n');
  await mkdir(`${waiting}.part`);
  await writeFile(join(`${waiting}.part`, 'cut.csv'), 'patient_id\n');
  before = await stateOf(config);
  await withApp(config, (app) => writeBackup(app, backup));
});
afterAll(() => rm(folder, { recursive: true }));

let last = 0;
const newPlace = () => configOf(join(folder, `restored-${++last}`));

test('a backup that is brought back is the same: tables, entries, users, the audit log, what waits', async () => {
  const there = newPlace();
  const list = await restoreBackup(there, backup);
  expect(list.workspaces).toEqual([{ id: 'default', run: before.run }]);
  expect(await stateOf(there)).toEqual(before);
  expect(await readFile(join(there.data, 'uploads/default/u1/late.csv'), 'utf8')).toBe('patient_id\nL1\n');
  expect(await readdir(join(there.data, 'uploads/default'))).toEqual(['u1']);
  expect(await readFile(join(there.data, 'workspaces/default/models/risk/current.json'), 'utf8')).toBe(
    '{"version":"1"}',
  );
  expect((await stat(join(there.data, 'records.sqlite'))).mode & 0o077).toBe(0);
  expect((await readdir(there.data)).filter((name) => name.startsWith('.'))).toEqual([]);
  // And it goes on from there: what is typed becomes data with the next run.
  await withApp(there, async (app) => {
    const { manifest } = await run(app.lake, await app.engine(), { land: app.landEntries });
    expect(manifest.entries?.sequence).toBe(before.log.sequence);
  });
});

describe('whoever was signed in when the backup was made', () => {
  const limits = { idle: 3_600_000, most: 3_600_000 };
  const directoryOf = async (app: App) => directoryIn((await app.records()).directory, limits);

  test('is not after it was brought back; passwords and roles are as they were', async () => {
    const own = configOf(join(folder, 'signed-in'));
    const file = join(folder, 'signed-in.zip');
    const made = await withApp(own, async (app) => {
      const { users, sessions, keys, grants, links } = await directoryOf(app);
      const author = { by: 'test', kind: 'process', from: 'a test', request: null } as const;
      const user = await users.add({ name: 'ann', roles: ['admin'], password: 'hash', created_by: 'test' }, author);
      const { token } = await sessions.open(user, { from: '127.0.0.1', agent: 'a browser' });
      const { key, secret } = await keys.add(user, { name: 'a program', roles: ['admin'], days: 9 }, author);
      const { refreshToken } = await grants.give(user, key);
      const link = await links.make(user);
      await writeBackup(app, file);
      return { token, secret, refreshToken, link: link.token };
    });
    const signedIn = (there: Config) =>
      withApp(there, async (app) => {
        const { users, sessions, keys, grants, links } = await directoryOf(app);
        return {
          password: (await users.get('ann'))?.password,
          session: (await sessions.find(made.token, true)) !== undefined,
          key: (await keys.find(made.secret)) !== undefined,
          token: (await grants.refresh(made.refreshToken, async () => undefined)) !== undefined,
          link: await links.look(made.link).then(
            () => true,
            (error) => error.code,
          ),
        };
      });
    const nobody = { password: 'hash', session: false, key: false, token: false, link: 'LINK_INVALID' };
    const there = newPlace();
    const { ended } = await restoreBackup(there, file);
    expect(ended).toEqual({ sessions: 1, refresh_tokens: 1, links: 1, keys: 1 });
    // A log beside the file would bring them back.
    expect((await readdir(there.data)).filter((name) => name.startsWith('records'))).toEqual(['records.sqlite']);
    expect(await signedIn(there)).toEqual(nobody);
    const withKeys = newPlace();
    await restoreBackup(withKeys, file, { keepKeys: true });
    expect(await signedIn(withKeys)).toEqual({ ...nobody, key: true });
    expect(await signedIn(own)).toEqual({ ...nobody, session: true, key: true, token: true, link: true });
  });
});

test('a backup holds no key, and records as they are encrypted', async () => {
  const content = await readFile(backup);
  expect(content.includes(key)).toBe(false);
  expect((await stat(backup)).mode & 0o077).toBe(0);
  const zip = await openPromise(backup);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== 'records.sqlite') continue;
    const records = await buffer(await zip.openReadStreamPromise(entry));
    expect(records.includes('Readable Person')).toBe(false);
  }
  const other = { ...newPlace(), recordsKey: 'another key of more than thirty-two letters' };
  await expect(restoreBackup(other, backup)).rejects.toMatchObject({ code: 'RECORDS_KEY' });
  expect(await readdir(other.data)).toEqual([]);
});

test('made while others type, land and send, it is of one moment, and nothing acknowledged before is missing', async () => {
  const own = configOf(join(folder, 'busy'));
  const file = join(folder, 'busy.zip');
  await withApp(own, async (app) => {
    const records = await app.records();
    const audit = await app.audit();
    const lander = await app.engine();
    for (let n = 0; n < 20; n++) await records.entries.append(written(`B${n}`, { patient_id: `B${n}` }));
    let isOver = false;
    const busily = async (work: (n: number) => Promise<unknown>) => {
      for (let n = 20; !isOver; n++) {
        await work(n);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const others = [
      busily((n) => records.entries.append(written(`B${n}`, { patient_id: `B${n}` }))),
      busily(() => audit.append(read())),
      busily(() => app.landEntries()),
      busily(async (n) => {
        const path = join(folder, `busy-${n}.csv`);
        await writeFile(path, `patient_id,name,age\nF${n},x,4\n`);
        await ingest({ paths: [path] }, { lake: app.lake, lander, clock: () => new Date() });
        const body = { file: path, state: 'landed' } as never;
        await records.documents.collection(uploadCollection).insert(String(n).padStart(9, '0'), body);
      }),
    ];
    await writeBackup(app, file);
    isOver = true;
    await Promise.all(others);
  });
  const there = newPlace();
  await restoreBackup(there, file);
  await withApp(there, async (app) => {
    const records = await app.records();
    expect((await all(records.entries.read(0))).length).toBeGreaterThanOrEqual(20);
    const { manifest } = await run(app.lake, await app.engine(), { land: app.landEntries });
    // Of what is called landed the file is there.
    const names = new Set(manifest.accounting.map((one) => join(folder, one.file)));
    for (const { body } of await records.documents.collection(uploadCollection).list({ limit: 1000 })) {
      expect(names).toContain(body.file);
    }
  });
});

describe('what is refused', () => {
  const refusedBackup = (own: Config, to: string, options = {}) =>
    withApp(own, (app) => writeBackup(app, to, options)).then(
      () => 'made',
      (error) => error.code,
    );

  test('a file that is there is not written over, and a backup that fails leaves none', async () => {
    const taken = join(folder, 'taken.zip');
    await writeFile(taken, 'mine');
    expect(await refusedBackup(config, taken)).toBe('BACKUP_EXISTS');
    expect(await readFile(taken, 'utf8')).toBe('mine');
    expect(await refusedBackup(config, join(folder, 'nowhere/backup.zip'))).toBe('OUTPUT_FAILED');
    const stopped = join(folder, 'stopped.zip');
    await refusedBackup(config, stopped, { signal: AbortSignal.abort(new Error('stop')) });
    expect((await readdir(folder)).filter((name) => name.startsWith('stopped'))).toEqual([]);
    expect((await readdir(config.temp)).filter((name) => name.startsWith('backup-'))).toEqual([]);
  });

  test.skipIf(!mayMount)('a disk that has no room or takes no writing is told, and nothing is left on it', async () => {
    const disk = await mkdtemp(join(folder, 'disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    try {
      expect(await refusedBackup(config, join(disk, 'backup.zip'))).toBe('LAKE_DISK_FULL');
      expect(await readdir(disk)).toEqual([]);
      const there = configOf(join(disk, 'data'));
      expect(await restoreBackup(there, backup).catch((error) => error.code)).toBe('LAKE_DISK_FULL');
      expect(await readdir(there.data)).toEqual([]);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      expect(await refusedBackup(config, join(disk, 'backup.zip'))).toBe('OUTPUT_FAILED');
      const other = configOf(join(disk, 'other'));
      expect(await restoreBackup(other, backup).catch((error) => error.code)).toBe('LAKE_READ_ONLY');
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('a folder with data is not restored into', async () => {
    expect(await restoreBackup(config, backup).catch((error) => error.code)).toBe('RESTORE_NOT_EMPTY');
    const there = newPlace();
    await mkdir(there.data);
    await writeFile(join(there.data, 'notes.txt'), 'mine');
    expect(await restoreBackup(there, backup).catch((error) => error.code)).toBe('RESTORE_NOT_EMPTY');
    expect(await readdir(there.data)).toEqual(['notes.txt']);
  });

  test('into S3 or MongoDB nothing is restored', async () => {
    const inS3 = configOf(join(folder, 's3'), { CARELAKE_LAKE: 's3://bucket/x' });
    expect(await restoreBackup(inS3, backup).catch((error) => error.code)).toBe('BACKUP_ELSEWHERE');
    const inMongo = configOf(join(folder, 'm'), { CARELAKE_RECORDS: 'mongodb', MONGO_URI: 'mongodb://127.0.0.1:1/x' });
    expect(await restoreBackup(inMongo, backup).catch((error) => error.code)).toBe('BACKUP_ELSEWHERE');
    expect(await refusedBackup(inMongo, join(folder, 'm.zip'))).toBe('BACKUP_RECORDS');
  });

  /** The backup with its files changed. */
  async function changed(change: (files: Map<string, Buffer>, list: BackupList) => void): Promise<string> {
    const files = new Map<string, Buffer>();
    const zip = await openPromise(backup);
    for await (const entry of zip.eachEntry())
      files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
    const list = JSON.parse(String(files.get(listName))) as BackupList;
    change(files, list);
    const anew = new ZipFile();
    for (const [name, content] of files)
      anew.addBuffer(name === listName ? Buffer.from(JSON.stringify(list)) : content, name);
    anew.end();
    const path = join(folder, `changed-${++last}.zip`);
    await writeFile(path, await buffer(anew.outputStream));
    return path;
  }

  /** Takes files out of the backup and out of its list. */
  function without(which: RegExp, files: Map<string, Buffer>, list: BackupList): void {
    const gone = list.files.filter(({ path }) => which.test(path));
    expect(gone.length).toBeGreaterThan(0);
    for (const { path } of gone) files.delete(path);
    Object.assign(list, { files: list.files.filter((one) => !gone.includes(one)) });
  }

  test.each<[string, Parameters<typeof changed>[0]]>([
    ['a file that is another', (files) => files.set('workspaces/default/current.json', Buffer.from('{"run":"x"}'))],
    ['a file that is missing', (files) => files.delete('workspaces/default/current.json')],
    ['a file that is in no list', (files) => files.set('workspaces/default/more.json', Buffer.from('{}'))],
    ['a list that is missing', (files) => files.delete(listName)],
    ['another format', (_files, list) => Object.assign(list, { format: 9 })],
    ['a name that no backup has', (files) => files.set('elsewhere/x', Buffer.from('x'))],
    ['a name that leads out', (files) => files.set('workspaces/default/aa/x', Buffer.from('x'))],
    ['a run that is named and not there', (files, list) => without(/[/]runs[/]/, files, list)],
    ['a step of the run that is not there', (files, list) => without(/[/]steps[/].*parquet$/, files, list)],
    ['a model that is served and not there', (files, list) => without(/[/]models[/]risk[/]1[/]/, files, list)],
  ])('%s', async (name, change) => {
    let path = await changed(change);
    if (name.includes('leads out')) {
      const text = (await readFile(path)).toString('latin1').replaceAll('default/aa/x', 'default/../x');
      path = `${path}.up.zip`;
      await writeFile(path, Buffer.from(text, 'latin1'));
    }
    const there = newPlace();
    expect(await restoreBackup(there, path).catch((error) => error.code)).toBe('BACKUP_DAMAGED');
    expect((await readdir(there.data).catch(() => [])).filter((one) => one !== 'temp')).toEqual([]);
  });

  test('what is no zip, or was cut', async () => {
    const cut = join(folder, 'cut.zip');
    await writeFile(cut, (await readFile(backup)).subarray(0, 5000));
    const no = join(folder, 'no.zip');
    await writeFile(no, 'these are notes');
    for (const path of [cut, no, join(folder, 'nothing.zip')]) {
      expect(await restoreBackup(newPlace(), path).catch((error) => error.code)).toBe('BACKUP_DAMAGED');
    }
  });
});
