import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settings } from '../src/config/settings.js';
import { bytesOf, halfOfMemory } from '../src/config/sizes.js';
import { readConfiguration, type Surroundings } from '../src/config.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = (surroundings: Surroundings = {}) => readConfiguration({ environment: {}, folder, ...surroundings });

function refusal(surroundings: Surroundings): unknown {
  try {
    read(surroundings);
  } catch (error) {
    return error;
  }
  throw new Error('It was accepted.');
}

test('nothing said gives the defaults', () => {
  const { config, hints } = read();
  expect(config).toMatchObject({
    data: join(folder, 'carelake-data'),
    lake: join(folder, 'carelake-data'),
    temp: join(folder, 'carelake-data/temp'),
    workspace: 'default',
    engine: 'duckdb',
    threads: availableParallelism(),
  });
  expect(config.memory).toBeLessThanOrEqual(totalmem() / 2);
  expect(config.memory).toBeGreaterThan(0);
  expect(hints).toEqual([]);
});

test('flags come before the environment, that before .env', async () => {
  await writeFile(
    join(folder, '.env'),
    'CARELAKE_WORKSPACE=file\nCARELAKE_THREADS=3\nCARELAKE_DATA=from-file\nOTHER=1\n',
  );
  const { config } = read({
    flags: { workspace: 'flag', data: undefined },
    environment: { CARELAKE_WORKSPACE: 'environment', CARELAKE_THREADS: '2' },
  });
  expect(config).toMatchObject({ workspace: 'flag', threads: 2, data: join(folder, 'from-file') });
});

test('lake and spill folder follow the data folder unless they are set', () => {
  expect(read({ flags: { data: '/a' } }).config).toMatchObject({ lake: '/a', temp: '/a/temp' });
  const environment = { CARELAKE_LAKE: '/b', CARELAKE_TEMP: 'c' };
  expect(read({ flags: { data: '/a' }, environment }).config).toMatchObject({ lake: '/b', temp: join(folder, 'c') });
});

test('an empty value is none', () => {
  expect(read({ environment: { CARELAKE_WORKSPACE: '', CARELAKE_THREADS: ' ' } }).config.workspace).toBe('default');
});

test('the result cannot be changed', () => {
  const configuration = read();
  expect(Object.isFrozen(configuration)).toBe(true);
  expect(Object.isFrozen(configuration.config)).toBe(true);
});

test.each([
  ['the environment', { CARELAKE_WORKSPCE: 'x' }],
  ['the environment', { CARELAKE_WORKSPACES: 'x' }],
])('an unknown name in %s is refused with what was meant', (origin, environment) => {
  expect(refusal({ environment })).toMatchObject({
    code: 'CONFIG_UNKNOWN',
    message: `No such setting: ${Object.keys(environment)[0]} in ${origin}; did you mean CARELAKE_WORKSPACE?`,
  });
});

test('an unknown name in .env is refused, and one that is like no other has no suggestion', async () => {
  await writeFile(join(folder, '.env'), 'CARELAKE_QUITE_ANOTHER_THING=1\n');
  expect(refusal({})).toMatchObject({
    code: 'CONFIG_UNKNOWN',
    message: 'No such setting: CARELAKE_QUITE_ANOTHER_THING in .env',
  });
});

describe('a bad value is refused by name, value and form', () => {
  test.each([
    ['CARELAKE_WORKSPACE', ['Ward 7', 'a/b', '..', 'A', '-a', 'a-', 'x'.repeat(64)]],
    ['CARELAKE_MEMORY', ['2', 'lots', '-1GB', '1MB', '2 GB GB', '0GB', '1e3MB']],
    ['CARELAKE_THREADS', ['0', '-1', '1.5', '1025', 'two', '1e3']],
    ['CARELAKE_ENGINE', ['spark', 'DuckDB']],
  ])('%s', (name, values) => {
    for (const value of values) {
      const error = refusal({ environment: { [name]: value } });
      expect(error, value).toMatchObject({ code: 'CONFIG_INVALID', faults: [{ field: name, value: value.trim() }] });
      expect(String(error)).toContain(`${name} is ${JSON.stringify(value.trim())}. It must be `);
    }
  });

  test('all of them at once, each with where it was said', async () => {
    await writeFile(join(folder, '.env'), 'CARELAKE_THREADS=none\n');
    const error = refusal({ flags: { workspace: 'A B' }, environment: { CARELAKE_MEMORY: 'x' } });
    expect(error).toMatchObject({
      faults: [{ field: '--workspace' }, { field: 'CARELAKE_MEMORY' }, { field: 'CARELAKE_THREADS in .env' }],
    });
  });
});

test.each([
  ['CARELAKE_LAKE', 's3://bucket/prefix'],
  ['CARELAKE_ENGINE', 'sc://localhost:15002'],
])('%s=%s is said not to be in this version', (name, value) => {
  expect(refusal({ environment: { [name]: value } })).toMatchObject({ code: 'CONFIG_UNSUPPORTED' });
});

test('an address without the setting that uses it is answered by a hint, and changes nothing', () => {
  const { config, hints } = read({ environment: { MONGO_URI: 'mongodb://secret@host', AWS_BUCKET_NAME: 'bucket' } });
  expect(hints).toHaveLength(2);
  expect(hints.join()).toMatch(/MONGO_URI.*AWS_BUCKET_NAME/s);
  expect(hints.join()).not.toContain('secret');
  expect(config).toEqual(read().config);
});

test('names that the tests use for themselves do not disturb the program', () => {
  expect(read({ environment: { CARELAKE_TEST_DATA: '/x' } }).config).toEqual(read().config);
});

test('sizes are read in powers of ten and of two', () => {
  expect([bytesOf('2GB'), bytesOf('512 MiB'), bytesOf('1.5gb'), bytesOf('2G'), bytesOf('')]).toEqual([
    2e9,
    512 * 2 ** 20,
    1.5e9,
    undefined,
    undefined,
  ]);
});

test('the memory is half of the lower of machine and container', () => {
  expect(halfOfMemory(8e9, 2e9)).toBe(1e9);
  expect(halfOfMemory(8e9, 2 ** 63)).toBe(4e9);
  expect(halfOfMemory(8e9, 0)).toBe(4e9);
});

test('.env.example names every setting and no other, is valid as it stands and gives the defaults', async () => {
  const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
  const names = Object.values(settings).map(({ name }) => name);
  expect(Object.keys(parseEnv(example)).sort()).toEqual(names.sort());
  const defaults = read().config;
  await writeFile(join(folder, '.env'), example);
  expect(read().config).toEqual(defaults);
});
