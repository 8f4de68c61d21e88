// Files sent to the program as a user starts it: killed in the middle, started again, backed up while it serves.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place, type StatusDocument } from './place.js';
import { ask, type Server, startServer } from './server.js';

let place: Place;
let server: Server;
beforeAll(async () => {
  place = await Place.make();
  server = await startServer(place);
});
afterAll(async () => {
  server.process.kill('SIGTERM');
  await server.end;
  await place.remove();
});

async function send(name: string, rows: number, headers: Record<string, string> = {}) {
  const lines = Array.from({ length: rows }, (_, n) => `${name}-${n},Name ${n},${n % 90},F\n`);
  const form = new FormData();
  form.append('type', 'patients');
  form.append('file', new Blob([`patient_id,name,age,gender\n${lines.join('')}`]), `${name}.csv`);
  const answer = await fetch(`${server.url}/api/upload`, { method: 'POST', body: form, headers });
  return (await answer.json()) as { success: boolean; records: number; upload: { id: string; state: string } };
}

/** Between two questions, of which a server answers only so many a minute. */
const moment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** That are published; none before the first run. */
const patients = async (): Promise<number> => (await ask(`${server.url}/api/patients?limit=1`)).body.total ?? 0;

async function published(count: number): Promise<void> {
  while ((await patients()) !== count) await moment(100);
}

test('curl as the old README has it is answered, and what was sent becomes data', async () => {
  const before = await patients();
  const file = join(place.path, 'old.csv');
  await writeFile(file, 'patient_id,name,age,gender\no-1,Ann,40,F\no-2,Bob,50,M\n');
  const { stdout } = await promisify(execFile)('curl', [
    ...['-sS', '-X', 'POST', `${server.url}/api/upload`, '-F', `file=@${file}`, '-F', 'type=patients'],
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ success: true, records: 2, rejected: 0 });
  await published(before + 2);
});

test('killed while files land, each that was acknowledged lands once after the next start', async () => {
  const before = await patients();
  const sent = await Promise.all(
    Array.from({ length: 4 }, (_, n) => send(`killed${n}`, 20_000, { prefer: 'respond-async' })),
  );
  expect(sent.map(({ success }) => success)).toEqual([true, true, true, true]);
  const isAtWork = ({ state }: { state: string }) => state !== 'waiting';
  while (!(await ask(`${server.url}/api/uploads`)).body.uploads.some(isAtWork)) await moment(20);
  server.process.kill('SIGKILL');
  await server.end;
  server = await startServer(place);
  await published(before + 80_000);
  const { uploads } = (await ask(`${server.url}/api/uploads`)).body;
  const own = uploads.filter(({ file }: { file: string }) => file.startsWith('killed'));
  expect(own.map(({ state }: { state: string }) => state)).toEqual(Array(4).fill('landed'));
  const { accounting } = await place.json<StatusDocument>(['status']);
  const files = accounting.filter(({ file }) => file.startsWith('killed'));
  expect(files.map(({ file }) => file).sort()).toEqual([0, 1, 2, 3].map((n) => `killed${n}.csv`));
  for (const { records } of files) expect(records).toMatchObject({ total: 20_000, used: 20_000 });
});

test('a backup of the server at work is brought back by the program, with its audit log', async () => {
  const file = join(place.path, 'backup.zip');
  const backup = await place.json<{ files: number; records: object }>(['backup', file]);
  expect(backup.records).not.toBeNull();
  expect(await place.failure(['restore', file])).toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
  await place.json(['restore', file, '--data', 'restored']);
  const [here, there] = [
    await place.json<StatusDocument>(['status']),
    await place.json<StatusDocument>(['status', '--data', 'restored']),
  ];
  expect([there.run?.id, there.tables, there.accounting]).toEqual([here.run?.id, here.tables, here.accounting]);
  expect(await place.json(['audit', 'verify', '--data', 'restored'])).toMatchObject({ ok: true, faults: [] });
});
