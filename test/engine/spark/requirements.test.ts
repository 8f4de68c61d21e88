// What a Spark lacks is said when it is connected, before a step begins. That a real one lacks nothing: every test with one.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { everyForm } from '../../../src/engine/spark/requirements.js';
import { pretendToBeSpark } from './impostor.js';

type Behaviour = Parameters<typeof pretendToBeSpark>[0];

async function refusal(behaviour: Omit<Behaviour, 'version'>): Promise<unknown> {
  const { port, close } = await pretendToBeSpark({ version: '4.3.0', ...behaviour });
  try {
    return await openSpark({ address: `sc://127.0.0.1:${port}` }).then(
      () => 'opened',
      (error: unknown) => error,
    );
  } finally {
    close();
  }
}

test('a setting that sessions may not have, as on serverless compute', async () => {
  const info = {
    errorClass: 'CONFIG_NOT_AVAILABLE',
    sqlState: '42K0I',
    messageParameters: '{"config":"spark.sql.timestampType"}',
  };
  expect(await refusal({ refuses: { what: 'settings', info } })).toMatchObject({
    code: 'ENGINE_UNABLE',
    message: expect.stringMatching(/cannot run the steps.*CONFIG_NOT_AVAILABLE.*spark[.]sql[.]timestampType/),
  });
});

test('a setting that stays as it was, though nothing was said', async () => {
  const take = (told: { key: string; value: string }) =>
    told.key === 'spark.sql.ansi.enabled' ? { ...told, value: 'false' } : told;
  expect(await refusal({ take })).toMatchObject({
    code: 'ENGINE_UNABLE',
    message: expect.stringContaining('spark.sql.ansi.enabled stays false, and must be true'),
  });
});

test('a function that it does not know', async () => {
  const info = {
    errorClass: 'UNRESOLVED_ROUTINE',
    sqlState: '42883',
    messageParameters: '{"routineName":"`split_part`"}',
  };
  expect(await refusal({ refuses: { what: 'statement', info } })).toMatchObject({
    code: 'ENGINE_UNABLE',
    message: expect.stringMatching(/UNRESOLVED_ROUTINE.*`split_part`/),
  });
});

test('a session that it loses is no lack', async () => {
  const info = { errorClass: 'INVALID_HANDLE.SESSION_CLOSED', sqlState: 'HY000' };
  expect(await refusal({ refuses: { what: 'statement', info } })).toMatchObject({ code: 'ENGINE_LOST' });
});

test('every function that the SQL of a step names is asked for', async () => {
  const golden = join(import.meta.dirname, '../../golden');
  const files = (await readdir(golden, { recursive: true })).filter((name) => name.endsWith('.spark.sql'));
  expect(files.length).toBeGreaterThan(100);
  const named = new Set<string>();
  for (const file of files) for (const name of functionsIn(await readFile(join(golden, file), 'utf8'))) named.add(name);
  const asked = new Set(functionsIn(everyForm));
  expect([...named].filter((name) => !asked.has(name))).toEqual([]);
});

/** What stands before a parenthesis, but for words of SQL and names of common table expressions. */
function functionsIn(sql: string): string[] {
  const code = sql.replace(/'(?:[^']|'')*'/g, "''").replace(/--.*/g, '');
  const found = [...code.matchAll(/\b([a-z_0-9]+)\s*\(/gi)].map(([, name = '']) => name.toLowerCase());
  return found.filter((name) => !words.has(name));
}
const words = new Set(
  'and as both by case decimal else end exists filter from group in join not on or over select sets then using values when where with'.split(
    ' ',
  ),
);
