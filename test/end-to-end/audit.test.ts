// The audit log as an operator has it: verified, taken out, and found out where somebody changed it.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAudit } from '../../src/records/audit/chain.js';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { read } from '../records/audit/events.js';
import { Place } from './place.js';
import { startServer } from './server.js';

interface Verified {
  readonly ok: boolean;
  readonly lines: number;
  readonly head: { readonly sequence: number; readonly hash: string };
  readonly faults: readonly { readonly line: number; readonly kind: string; readonly message: string }[];
}

const keys = ['a key of the audit log, which is long enough'];
let place: Place;
let environment: Record<string, string>;
beforeAll(async () => {
  place = await Place.make();
  const keyFile = join(place.path, 'audit.key');
  await writeFile(keyFile, keys.map((key) => key.replaceAll(' ', '-')).join('\n'));
  environment = { CARELAKE_AUDIT_KEY_FILE: keyFile };
  const records = await openSqliteRecords({ file: file(), workspace: 'default' });
  const audit = openAudit(records.directory, { keys: keys.map((key) => key.replaceAll(' ', '-')) });
  for (let n = 1; n <= 5; n++) await audit.append(read({ ids: [`P${n}`], by: n === 2 ? '=cmd()' : 'ann' }));
  await records.close();
});
afterAll(() => place.remove());

const file = () => join(place.path, 'carelake-data/records.sqlite');

test('is verified, taken out and changed by nobody who is not found out', async () => {
  const good = await place.json<Verified>(['audit', 'verify'], { environment });
  expect(good).toMatchObject({ ok: true, lines: 5, sealed_from: 1, faults: [], head: { sequence: 5 } });
  const { sequence, hash } = good.head;
  const text = await place.run(['audit', 'verify', '--anchor', `${sequence}:${hash}`], { environment });
  expect(text.code).toBe(0);
  expect(text.stdout).toContain(`--anchor ${sequence}:${hash}`);

  const out = join(place.path, 'audit.csv');
  expect(await place.json(['audit', 'export', out], { environment })).toEqual({ file: out, lines: 6 });
  expect((await stat(out)).mode & 0o077).toBe(0);
  const rows = (await readFile(out, 'utf8')).trim().split('\r\n');
  expect(rows).toHaveLength(7);
  expect(rows[2]).toContain(",'=cmd(),");
  expect(await place.failure(['audit', 'export', out], { environment })).toMatchObject({ code: 'OUTPUT_FAILED' });

  const database = new Database(file());
  database.exec(`update documents set body = replace(body, '"P3"', '"P9"') where collection = 'audit'`);
  database.exec("delete from documents where collection = 'audit' and key like '%4'");
  database.close();
  const { code, stdout } = await place.run(['audit', 'verify', '--json'], { environment });
  expect(code).toBe(1);
  const { ok, faults } = JSON.parse(stdout) as Verified;
  expect([ok, ...faults.map(({ line, kind }) => `${line} ${kind}`)]).toEqual([false, '3 changed', '4 removed']);
  const said = await place.run(['audit', 'verify'], { environment });
  expect(said.code).toBe(1);
  expect(said.stderr).toMatch(/AUDIT_BROKEN[\s\S]*Line 3 was changed[\s\S]*Line 4 is missing/);
});

test('a key that is new seals the log as soon as the server starts, once', async () => {
  const other = await Place.make();
  try {
    const records = await openSqliteRecords({
      file: join(other.path, 'carelake-data/records.sqlite'),
      workspace: 'default',
    });
    const audit = openAudit(records.directory, { keys: [] });
    for (const id of ['P1', 'P2']) await audit.append(read({ ids: [id] }));
    await records.close();
    expect(await other.run(['audit', 'verify'], { environment })).toMatchObject({ code: 1 });
    for (let start = 0; start < 2; start++) {
      const server = await startServer(other, { environment });
      const verified = async () => JSON.parse((await other.run(['audit', 'verify', '--json'], { environment })).stdout);
      while ((await verified()).lines < 3) await new Promise((resolve) => setTimeout(resolve, 50));
      server.process.kill('SIGTERM');
      await server.end;
      expect(await verified()).toMatchObject({ ok: true, lines: 3, sealed_from: 3 });
    }
  } finally {
    await other.remove();
  }
});
