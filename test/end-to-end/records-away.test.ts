// What the server answers while its records are away, stand still, are too slow or full: a 503 with a code, and the same server
// goes on when they are there again.
import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MongoProxy, startProxy } from '../records/mongo-proxy.js';
import { hasMongoClasses, type OwnServer, startMongo } from '../records/mongo-server.js';
import { mayMount } from './may-mount.js';
import { ended, Place } from './place.js';
import { freePort } from './served.js';
import { ask, type Server, startServer } from './server.js';

/** Patients typed by one test, each under its own idempotency key. */
class Typist {
  readonly #url: string;
  readonly #name: string;
  #last = 0;

  constructor(url: string, name: string) {
    this.#url = url;
    this.#name = name;
  }

  get last(): string {
    return `${this.#name}-${this.#last}`;
  }

  next(): Promise<Awaited<ReturnType<typeof ask>>> {
    this.#last += 1;
    return this.again();
  }

  again() {
    const patient = { patient_id: this.last, name: 'Ada', age: 41, gender: 'Female' };
    return ask(`${this.#url}/api/patient`, 'POST', patient, { 'idempotency-key': this.last });
  }

  read(id = this.last) {
    return ask(`${this.#url}/api/patients/${id}`);
  }
}

/** All that needs the records is refused so; the process says that it lives, and which dependency does not answer. */
async function isAway(url: string, typist: Typist, codes: readonly string[]): Promise<void> {
  const known = typist.last;
  const asked = await Promise.all([typist.next(), typist.read(known), ask(`${url}/api/patients?limit=5`)]);
  for (const { status, body, headers } of asked) {
    expect([status, codes.includes(body.code) || body.code]).toEqual([503, true]);
    expect(headers.get('retry-after')).toBe('2');
  }
  await until(async () => {
    const { status, body } = await ask(`${url}/api/health`);
    return (
      status === 503 && body.code === 'NOT_READY' && body.errors.map((one: Named) => one.field).join() === 'records'
    );
  });
  expect((await ask(`${url}/api/health?check=live`)).status).toBe(200);
}

interface Named {
  readonly field: string;
}

/** The same server answers again, and what was refused can be sent again under its key. */
async function isBack(url: string, typist: Typist): Promise<void> {
  await until(async () => (await typist.again()).status === 201);
  expect((await typist.read()).status).toBe(200);
  await until(async () => (await ask(`${url}/api/health`)).status === 200);
  expect((await ask(`${url}/api/audit/verify`)).body).toMatchObject({ success: true, ok: true });
}

/** For as long as the test may take. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

describe.skipIf(!hasMongoClasses)('with records in a MongoDB of its own (CARELAKE_TEST_MONGO_CLASSES) a server', () => {
  let place: Place;
  let mongo: OwnServer;
  let proxy: MongoProxy;
  let server: Server;
  const file = () => join(place.path, 'data.mv');
  // Limits of the driver, so that a test need not wait as long as people may.
  const limits = 'serverSelectionTimeoutMS=1000&socketTimeoutMS=2000&connectTimeoutMS=1000&heartbeatFrequencyMS=500';
  beforeAll(async () => {
    place = await Place.make();
    mongo = await startMongo({ file: file() });
    proxy = await startProxy(mongo.port);
    const own = { CARELAKE_RECORDS: 'mongodb', MONGO_URI: `${proxy.uri}/?${limits}`, MONGO_DB: 'a' };
    server = await startServer(place, { environment: { ...own, CARELAKE_RUN_AFTER: 'off' } });
  });
  afterAll(async () => {
    server?.process.kill('SIGTERM');
    await server?.end;
    proxy?.close();
    mongo?.process.kill('SIGKILL');
    await place?.remove();
  });

  test('refuses what it cannot keep on a full disk, and gives no row that it cannot note down', async () => {
    const typist = new Typist(server.url, 'full');
    expect((await typist.next()).status).toBe(201);
    proxy.isFull = true;
    await isAway(server.url, typist, ['RECORDS_FULL', 'AUDIT_FAILED']);
    expect((await typist.next()).body.code).toBe('RECORDS_FULL');
    proxy.isFull = false;
    await isBack(server.url, typist);
  }, 120_000);

  test('waits for one that is slow, and refuses where it is too slow', async () => {
    const typist = new Typist(server.url, 'slow');
    proxy.delay = 100;
    expect((await typist.next()).status).toBe(201);
    expect((await typist.read()).status).toBe(200);
    proxy.delay = 10_000;
    await isAway(server.url, typist, ['RECORDS_BUSY', 'RECORDS_UNREACHABLE', 'AUDIT_FAILED']);
    proxy.delay = 0;
    await isBack(server.url, typist);
  }, 120_000);

  test('goes on after one that stood still', async () => {
    const typist = new Typist(server.url, 'still');
    expect((await typist.next()).status).toBe(201);
    mongo.process.kill('SIGSTOP');
    await isAway(server.url, typist, ['RECORDS_BUSY', 'RECORDS_UNREACHABLE', 'AUDIT_FAILED']);
    mongo.process.kill('SIGCONT');
    await isBack(server.url, typist);
  }, 120_000);

  test('goes on with one that ended and started again', async () => {
    const typist = new Typist(server.url, 'ended');
    expect((await typist.next()).status).toBe(201);
    const kept = typist.last;
    await mongo.stop('SIGTERM');
    await isAway(server.url, typist, ['RECORDS_UNREACHABLE', 'AUDIT_FAILED']);
    mongo = await startMongo({ port: mongo.port, file: file() });
    await isBack(server.url, typist);
    expect((await typist.read(kept)).status).toBe(200);
  }, 120_000);

  test('that is started before its database waits for it, and then tells how to sign in', async () => {
    const at = Number(await freePort());
    const own = { CARELAKE_RECORDS: 'mongodb', MONGO_URI: `mongodb://127.0.0.1:${at}/?${limits}`, MONGO_DB: 'late' };
    const data = { CARELAKE_DATA: join(place.path, 'late'), CARELAKE_AUTH: 'on' };
    const child = place.start(['serve', '--port', '0', '--json'], { environment: { ...own, ...data } });
    const end = ended(child);
    let said = '';
    child.stderr?.on('data', (text) => {
      said += text;
    });
    await until(async () => said.includes('waits for its records'));
    const url = /http:[/][/]127[.]0[.]0[.]1:[0-9]+/.exec(said)?.[0];
    expect((await ask(`${url}/api/health?check=live`)).status).toBe(200);
    const late = await startMongo({ port: at });
    let told = '';
    child.stdout?.on('data', (text) => {
      told += text;
    });
    await until(async () => told.trimEnd().endsWith('}'));
    expect(JSON.parse(told)).toMatchObject({
      url,
      auth: 'on',
      first_sign_in: { url: expect.stringContaining(url ?? '') },
    });
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
    await late.stop('SIGTERM');
  }, 120_000);
});

describe('with records in SQLite a server', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  /** A server whose data lie in a folder of their own. */
  async function serving(name: string, work: (server: Server, folder: string) => Promise<void>): Promise<void> {
    const folder = join(place.path, name);
    const environment = { CARELAKE_DATA: folder, CARELAKE_TEMP: join(place.path, 'temp'), CARELAKE_RUN_AFTER: 'off' };
    const server = await startServer(place, { environment });
    try {
      await work(server, folder);
    } finally {
      server.process.kill('SIGTERM');
      await server.end;
    }
  }

  test('acknowledges nothing into files that were moved away, and goes on when they are back', async () => {
    await serving('moved', async ({ url }, folder) => {
      const typist = new Typist(url, 'moved');
      expect((await typist.next()).status).toBe(201);
      const names = ['records.sqlite', 'records.sqlite-wal', 'records.sqlite-shm'];
      for (const name of names) await rename(join(folder, name), join(folder, `away-${name}`));
      await isAway(url, typist, ['RECORDS_FAILED', 'AUDIT_FAILED']);
      for (const name of names) await rename(join(folder, `away-${name}`), join(folder, name));
      await isBack(url, typist);
    });
  }, 120_000);

  test('waits while another process writes, and refuses where that takes longer than ten seconds', async () => {
    await serving('locked', async ({ url }, folder) => {
      const typist = new Typist(url, 'locked');
      expect((await typist.next()).status).toBe(201);
      const other = new Database(join(folder, 'records.sqlite'));
      try {
        other.exec('begin immediate');
        const waiting = typist.next();
        await pause(500);
        other.exec('commit');
        expect((await waiting).status).toBe(201);
        other.exec('begin immediate');
        // A row can be read meanwhile; its line of the audit log cannot be written.
        await isAway(url, typist, ['RECORDS_BUSY', 'AUDIT_FAILED']);
        expect((await typist.again()).body.code).toBe('RECORDS_BUSY');
        other.exec('rollback');
      } finally {
        other.close();
      }
      await isBack(url, typist);
    });
  }, 120_000);

  test.skipIf(!mayMount)(
    'on a full disk (which takes the superuser) refuses what it cannot keep',
    async () => {
      const folder = join(place.path, 'full');
      await mkdir(folder);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
      try {
        await serving('full', async ({ url }) => {
          const typist = new Typist(url, 'full');
          expect((await typist.next()).status).toBe(201);
          const filler = join(folder, 'filler');
          await writeFile(filler, Buffer.alloc(8 * 2 ** 20)).catch(() => undefined);
          await isAway(url, typist, ['RECORDS_FULL', 'AUDIT_FAILED']);
          await rm(filler);
          await isBack(url, typist);
        });
      } finally {
        execFileSync('umount', [folder]);
      }
    },
    120_000,
  );
});
