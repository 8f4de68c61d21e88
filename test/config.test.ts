import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { secretFileNames } from '../src/config/secret-files.js';
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
    ['CARELAKE_ENGINE', ['spark', 'DuckDB', 'sc://', 'sc:///x']],
    [
      'CARELAKE_LAKE',
      ['s3://', 's3:///prefix', 's3://b', 's3://Bucket', 's3://bucket//a', 's3://bucket/a/../b', 'S3://bucket'],
    ],
    ['CARELAKE_CACHE', ['20', '1MB', 'all']],
    ['CARELAKE_S3_ENCRYPTION', ['aes256', 'kms', 'aws:kms:', 'none']],
    ['CARELAKE_S3_PATH_STYLE', ['true', '1', 'YES']],
    ['CARELAKE_S3_ATTEMPTS', ['0', '101', '-1', 'ten']],
    ['CARELAKE_PUBLIC_HOSTS', ['*', 'https://a.example', 'a.example:443', 'a..b', '-a.example', 'a.example/x']],
    ['CARELAKE_TRUSTED_PROXIES', ['*', 'true', 'proxy.example', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.0/8/8']],
    [
      'CARELAKE_CORS',
      ['*', 'localhost:3000', 'http://*.example', 'http://a.example/', 'null', 'HTTP://a.example', 'ftp://a'],
    ],
    ['CARELAKE_RATE_ADDRESS', ['0', '-1', '1.5', 'none']],
    ['CARELAKE_CONNECTIONS', ['0', 'off', '12345678']],
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

test.each(['CARELAKE_DATA', 'CARELAKE_LAKE', 'CARELAKE_TEMP'])('%s cannot be a file, nor lie in one', async (name) => {
  const file = join(folder, 'visits.csv');
  await writeFile(file, '');
  for (const value of [file, join(file, 'sub', 'folder')]) {
    expect(refusal({ environment: { [name]: value } })).toMatchObject({
      code: 'CONFIG_INVALID',
      faults: [{ field: name, value, message: expect.stringMatching('no file may be') }],
    });
  }
  expect(() => read({ environment: { [name]: join(folder, 'new', 'folder') } })).not.toThrow();
});

test.each([['CARELAKE_LAKE', 'gs://bucket/prefix']])('%s=%s is said not to be in this version', (name, value) => {
  expect(refusal({ environment: { [name]: value } })).toMatchObject({ code: 'CONFIG_UNSUPPORTED' });
});

test('an address without the setting that uses it is answered by a hint, and changes nothing', () => {
  const { config, hints } = read({ environment: { MONGO_URI: 'mongodb://secret@host', AWS_BUCKET_NAME: 'bucket' } });
  expect(hints).toHaveLength(2);
  expect(hints.join()).toMatch(/MONGO_URI.*AWS_BUCKET_NAME/s);
  expect(hints.join()).not.toContain('secret');
  expect(config).toEqual(read().config);
});

describe('the engine', () => {
  const address = 'sc://spark.example:443/;token=secret;x-cluster=7';

  test.each([
    ['its address', { CARELAKE_ENGINE: address }],
    ['SPARK_REMOTE', { CARELAKE_ENGINE: 'spark', SPARK_REMOTE: address }],
  ])('is the Spark of %s', (_, environment) => {
    const { config, hints } = read({ environment });
    expect(config.engine).toBe(address);
    expect(hints).toEqual([]);
  });

  test('is not the Spark of SPARK_REMOTE alone, and a hint says so without the token', () => {
    const { config, hints } = read({ environment: { SPARK_REMOTE: address } });
    expect(config.engine).toBe('duckdb');
    expect(hints.join()).toContain('CARELAKE_ENGINE');
    expect(hints.join()).not.toContain('secret');
  });

  test('is refused without its token where the address is wrong', () => {
    const error = refusal({ environment: { CARELAKE_ENGINE: 'sc:/spark.example;token=secret;x=y' } });
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', faults: [{ value: 'sc:/spark.example;token=…;x=y' }] });
    expect(String(error)).not.toContain('secret');
  });
});

describe('a lake in S3', () => {
  test.each(['s3://bucket', 's3://bucket/a/b', 's3://my.bucket-1/a b', 's3://bucket/a/'])('is at %s', (address) => {
    const { config, hints } = read({ environment: { CARELAKE_LAKE: address, AWS_BUCKET_NAME: 'bucket' } });
    expect(config).toMatchObject({ lake: address.replace(/[/]$/, ''), temp: join(folder, 'carelake-data/temp') });
    expect(hints).toEqual([]);
  });

  test.each([
    ['AES256', { kind: 'AES256' }],
    ['aws:kms', { kind: 'aws:kms' }],
    ['aws:kms:arn:aws:kms:eu-central-1:1:key/2', { kind: 'aws:kms', key: 'arn:aws:kms:eu-central-1:1:key/2' }],
  ])('is encrypted by %s', (text, encryption) => {
    expect(read({ environment: { CARELAKE_S3_ENCRYPTION: text } }).config.s3Encryption).toEqual(encryption);
  });

  test('is asked in path style where a server is named, unless that is said otherwise', async () => {
    expect(read().config.s3PathStyle).toBe(false);
    const environment = { AWS_ENDPOINT_URL: 'http://localhost:9000' };
    expect(read({ environment }).config.s3PathStyle).toBe(true);
    expect(read({ environment: { ...environment, CARELAKE_S3_PATH_STYLE: 'no' } }).config.s3PathStyle).toBe(false);
    await writeFile(join(folder, '.env'), 'AWS_ENDPOINT_URL_S3=http://localhost:9000\n');
    expect(read().config.s3PathStyle).toBe(true);
  });

  test('is opened with what .env says to the AWS SDK and the environment does not', async () => {
    await writeFile(join(folder, '.env'), 'AWS_REGION=from-file\nAWS_PROFILE=file\nAWS_SESSION_TOKEN=\nOTHER=1\n');
    const configuration = read({ environment: { AWS_REGION: 'from-environment' } });
    expect(configuration.others).toEqual({ AWS_PROFILE: 'file' });
    expect(JSON.stringify(configuration.config)).not.toContain('from-');
  });
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
  const own = secretFileNames.filter((name) => name.startsWith('CARELAKE_'));
  const names = [...Object.values(settings).map(({ name }) => name as string), ...own];
  expect(Object.keys(parseEnv(example)).sort()).toEqual(names.sort());
  const defaults = read().config;
  await writeFile(join(folder, '.env'), example);
  expect(read().config).toEqual(defaults);
});

describe('a secret', () => {
  const key = 'k'.repeat(32);
  const secretIn = async (text: string, mode = 0o600): Promise<string> => {
    const path = join(folder, 'secret');
    await writeFile(path, text);
    await chmod(path, mode);
    return path;
  };

  test('may stand in a file, whose last line end does not count', async () => {
    for (const end of ['', '\n', '\r\n']) {
      const path = await secretIn(key + end);
      const { config, hints } = read({ environment: { CARELAKE_RECORDS_KEY_FILE: path } });
      expect([config.recordsKey, hints]).toEqual([key, []]);
    }
  });

  test('of the AWS SDK, too, which gets it by the name that it knows', async () => {
    const path = await secretIn('hush\n');
    expect(read({ environment: { AWS_SECRET_ACCESS_KEY_FILE: path } }).others).toEqual({
      AWS_SECRET_ACCESS_KEY: 'hush',
    });
    const token = { AWS_WEB_IDENTITY_TOKEN_FILE: path };
    expect(read({ environment: token }).others).toEqual({});
  });

  test('of the exporter of traces, too', async () => {
    const path = await secretIn('authorization=Bearer hush\n');
    expect(read({ environment: { OTEL_EXPORTER_OTLP_HEADERS_FILE: path } }).others).toEqual({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer hush',
    });
  });

  test('is not given twice', async () => {
    const path = await secretIn(key);
    await writeFile(join(folder, '.env'), `CARELAKE_RECORDS_KEY_FILE=${path}\n`);
    const error = refusal({ environment: { CARELAKE_RECORDS_KEY: key } });
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', faults: [{ field: 'CARELAKE_RECORDS_KEY_FILE' }] });
    expect(String(error)).not.toContain(key);
  });

  test('in a file that is empty, a folder or not there is refused by name and path', async () => {
    for (const path of [await secretIn(' \n'), folder, join(folder, 'none')]) {
      const error = refusal({ environment: { MONGO_URI_FILE: path } });
      expect(error).toMatchObject({ code: 'CONFIG_INVALID', faults: [{ field: 'MONGO_URI_FILE', value: path }] });
    }
  });

  test('in a file that others may read is answered by a hint', async () => {
    const environment = { CARELAKE_RECORDS_KEY_FILE: await secretIn(key, 0o644) };
    expect(read({ environment }).hints.join()).toMatch(/CARELAKE_RECORDS_KEY_FILE.*chmod/);
    expect(read({ environment }).hints.join()).not.toContain(key);
  });

  test('is nothing that any setting may be', () => {
    expect(refusal({ environment: { CARELAKE_THREADS_FILE: 'x' } })).toMatchObject({ code: 'CONFIG_UNKNOWN' });
  });
});

test('lists are read by comma or blank, each value once', () => {
  const environment = {
    CARELAKE_PUBLIC_HOSTS: 'Care.Example.org, 10.0.0.1 care.example.org,::1',
    CARELAKE_TRUSTED_PROXIES: '10.0.0.0/8 2001:db8::/32,127.0.0.1',
    CARELAKE_CORS: 'http://localhost:3000,https://a.example',
    CARELAKE_RATE_USER: 'off',
  };
  expect(read({ environment }).config).toMatchObject({
    publicHosts: ['care.example.org', '10.0.0.1', '::1'],
    trustedProxies: ['10.0.0.0/8', '2001:db8::/32', '127.0.0.1'],
    cors: ['http://localhost:3000', 'https://a.example'],
    rateUser: null,
  });
});

describe('the records', () => {
  const key = 'k'.repeat(32);

  test('lie in the data folder, in the clear, unless something else is said', () => {
    const usual = { driver: 'sqlite', file: '/a/records.sqlite' };
    expect(read({ flags: { data: '/a' } }).config).toMatchObject({ records: usual, recordsKey: null });
    const said = (text: string) => read({ flags: { data: '/a' }, environment: { CARELAKE_RECORDS: text } }).config;
    expect(said('sqlite').records).toEqual(usual);
    expect(said('sqlite:b/c.db').records).toEqual({ driver: 'sqlite', file: join(folder, 'b/c.db') });
    expect(() => said('postgres')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  test('are in MongoDB where that is said, at MONGO_URI and in MONGO_DB, or the database of the address', () => {
    const said = (more: Record<string, string>) => read({ environment: { CARELAKE_RECORDS: 'mongodb', ...more } });
    const uri = 'mongodb+srv://ada:hush-hush@host.example/?retryWrites=true';
    expect(said({ MONGO_URI: uri })).toMatchObject({
      config: { records: { driver: 'mongodb', uri, database: 'carelake' } },
      hints: [],
    });
    const databaseOf = (more: Record<string, string>) => said(more).config.records;
    expect(databaseOf({ MONGO_URI: 'mongodb://h:1,i:2/ward?tls=true' })).toMatchObject({ database: 'ward' });
    expect(databaseOf({ MONGO_URI: 'mongodb://h/ward', MONGO_DB: 'other' })).toMatchObject({ database: 'other' });
    expect(said({ MONGO_URI: 'mongodb://h', CARELAKE_RECORDS_KEY: key }).hints.join()).toMatch('file of SQLite');
    for (const wrong of [{}, { MONGO_URI: 'http://ada:hush-hush@host' }, { MONGO_URI: uri, MONGO_DB: 'a/b' }]) {
      const error = refusal({ environment: { CARELAKE_RECORDS: 'mongodb', ...wrong } });
      expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(String(error)).not.toContain('hush-hush');
    }
  });

  test('have the key that the environment or a file gives', async () => {
    expect(read({ environment: { CARELAKE_RECORDS_KEY: key } }).config.recordsKey).toBe(key);
    await writeFile(join(folder, 'key'), `${key}\n`);
    expect(read({ environment: { CARELAKE_RECORDS_KEY_FILE: 'key' } }).config.recordsKey).toBe(key);
  });

  test('refuse a key that is too short without showing it, and a file without one', async () => {
    const short = refusal({ environment: { CARELAKE_RECORDS_KEY: 'hush-hush' } });
    expect(short).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(JSON.stringify(short) + String(short)).not.toContain('hush');
    await writeFile(join(folder, 'key'), 'hush-hush');
    for (const file of ['key', 'none']) {
      const error = refusal({ environment: { CARELAKE_RECORDS_KEY_FILE: file } });
      expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
      expect(String(error)).not.toContain('hush');
      expect(String(error)).toContain(join(folder, file));
    }
  });
});
