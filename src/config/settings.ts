// Every setting as a value.
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CarelakeError } from '../errors.js';
import { keyOf, keysOf } from './keys.js';
import { type NetworkConfig, networkSettings } from './network.js';
import { type OidcConfig, oidcSettings } from './oidc.js';
import { type RecordsPlace, recordsPlaceOf, sqliteIn } from './records.js';
import { type S3Encryption, s3AddressOf, s3EncryptionOf } from './s3.js';
import type { Setting } from './setting.js';
import { bytesOf, halfOfMemory } from './sizes.js';

export interface Config extends NetworkConfig, OidcConfig {
  /** The folder that holds everything, as an absolute path. */
  readonly data: string;
  readonly workspace: string;
  /** The folder of the lake as an absolute path, or `s3://bucket/prefix`. */
  readonly lake: string;
  readonly records: RecordsPlace;
  /** What the file of the records is encrypted with; null leaves it readable. */
  readonly recordsKey: string | null;
  /** What the audit log is sealed with: the first one from now on, the others before; empty where it has none. */
  readonly auditKeys: readonly string[];
  /** How much copies of files of a lake in S3 may take on this machine, in bytes. */
  readonly cache: number;
  /** What S3 is asked to encrypt files with; null leaves it to the bucket's own setting. */
  readonly s3Encryption: S3Encryption | null;
  readonly s3PathStyle: boolean;
  /** How often a request to S3 is tried in all. */
  readonly s3Attempts: number;
  /** `duckdb`, or the address of a Spark Connect server, which may hold a token. */
  readonly engine: 'duckdb' | `sc://${string}`;
  /** How Spark reaches a lake in S3: with the rights that its machines have, or with the keys of this process. */
  readonly sparkS3: 'cluster' | 'keys';
  /** How large a file may be that comes by HTTP, in bytes. */
  readonly uploadLimit: number;
  /** How long nobody must have typed before the server starts a run, in milliseconds; null leaves it to others. */
  readonly runAfter: number | null;
  /** How many runs the server keeps; null leaves it to others to collect them. */
  readonly keepRuns: number | null;
  /** Whether the server keeps a copy of the published rows by key. */
  readonly rowsAtHand: boolean;
  /** Whether one must sign in to the server. */
  readonly auth: 'on' | 'off';
  /** How long a session lasts in which nobody is active, in milliseconds. */
  readonly sessionIdle: number;
  /** How long a session lasts at all, in milliseconds. */
  readonly sessionLimit: number;
  /** How much memory the engine may use, in bytes. */
  readonly memory: number;
  readonly threads: number;
  /** Where the engine puts what does not fit into memory, as an absolute path. */
  readonly temp: string;
}

const smallestMemory = 128 * 2 ** 20;
const smallestCache = 64 * 2 ** 20;

/** In the order in which they are read: a default may depend on settings before it. */
export const settings: { readonly [Key in keyof Config]: Setting<Config[Key], Config> } = {
  data: {
    name: 'CARELAKE_DATA',
    flag: '--data',
    meaning: 'The folder that holds everything: lake, records, temporary files.',
    form: 'the path of a folder, and no file may be there',
    otherwise: './carelake-data',
    read: (text, folder) => unlessFile(resolve(folder, text)),
    default: (folder) => resolve(folder, 'carelake-data'),
  },
  workspace: {
    name: 'CARELAKE_WORKSPACE',
    flag: '--workspace',
    meaning: 'Whose data: one workspace for each organisation.',
    form: '1 to 63 characters of a-z, 0-9 and -, the first and the last no -',
    otherwise: 'default',
    read: (text) => (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) ? text : undefined),
    default: () => 'default',
  },
  lake: {
    name: 'CARELAKE_LAKE',
    meaning: 'Where the lake is, if not in the data folder.',
    form: 'the path of a folder, where no file may be, or s3://bucket/prefix',
    otherwise: 'the data folder',
    read: (text, folder) => {
      if (!/^[a-z0-9+.-]+:[/][/]/i.test(text)) return unlessFile(resolve(folder, text));
      if (!/^s3:/i.test(text)) throw unsupported('CARELAKE_LAKE', text, 'a lake in a folder or in S3');
      return s3AddressOf(text) && text.replace(/[/]$/, '');
    },
    default: (folder, { data = folder }) => data,
  },
  records: {
    name: 'CARELAKE_RECORDS',
    meaning:
      'Where what people type is kept: in a file of SQLite, or in MongoDB, at MONGO_URI in the database MONGO_DB.',
    form: 'sqlite, sqlite:FILE with the path of a file, or mongodb',
    otherwise: 'sqlite, in records.sqlite in the data folder',
    read: (text, folder, named, { data = folder }) => recordsPlaceOf(text, folder, data, named),
    default: (folder, { data = folder }) => sqliteIn(data),
  },
  recordsKey: {
    name: 'CARELAKE_RECORDS_KEY',
    meaning:
      'The key that the records are encrypted with (AES-256), from their first use on. Without it they are lost.',
    secret: true,
    form: 'a text of at least 32 characters',
    otherwise: 'none: the records are not encrypted',
    read: keyOf,
    default: () => null,
  },
  auditKeys: {
    name: 'CARELAKE_AUDIT_KEY',
    meaning:
      'The key that the lines of the audit log are sealed with, so that nobody can change them who has only the file. After a space older ones, which prove older lines.',
    secret: true,
    form: 'a text of at least 32 characters, or several with spaces between',
    otherwise: 'none: who can write the file can also make the log anew',
    read: keysOf,
    default: () => [],
  },
  cache: {
    name: 'CARELAKE_CACHE',
    meaning: 'How much the copies of files of a lake in S3 may take on this machine, below CARELAKE_TEMP.',
    form: 'a size of at least 64MiB, such as 50GB',
    otherwise: '20GB',
    read: (text) => {
      const bytes = bytesOf(text);
      return bytes !== undefined && bytes >= smallestCache ? bytes : undefined;
    },
    default: () => 20e9,
  },
  s3Encryption: {
    name: 'CARELAKE_S3_ENCRYPTION',
    meaning: 'What S3 is asked to encrypt the files of the lake with.',
    form: 'AES256, aws:kms, or aws:kms:KEY with the id or ARN of a key',
    otherwise: "the bucket's own setting",
    read: s3EncryptionOf,
    default: () => null,
  },
  s3PathStyle: {
    name: 'CARELAKE_S3_PATH_STYLE',
    meaning: 'Whether the bucket stands in the path of the address and not in the name of the host.',
    form: 'yes or no',
    otherwise: 'yes where AWS_ENDPOINT_URL names a server, no on AWS itself',
    read: (text) => (text === 'yes' || text === 'no' ? text === 'yes' : undefined),
    default: (_folder, _before, named) =>
      named('AWS_ENDPOINT_URL_S3') !== undefined || named('AWS_ENDPOINT_URL') !== undefined,
  },
  s3Attempts: {
    name: 'CARELAKE_S3_ATTEMPTS',
    meaning: 'How often a request to S3 is tried, with waits that double up to 20 s, at random below that.',
    form: 'a whole number from 1 to 100',
    otherwise: '10',
    read: (text) => (/^([1-9][0-9]?|100)$/.test(text) ? Number(text) : undefined),
    default: () => 10,
  },
  engine: {
    name: 'CARELAKE_ENGINE',
    flag: '--engine',
    meaning: 'What runs the steps.',
    form: 'duckdb, sc://host:port of a Spark Connect server, or spark where SPARK_REMOTE gives that address',
    otherwise: 'duckdb',
    read: (text, _folder, named) =>
      text === 'duckdb' ? text : sparkAddressIn(text === 'spark' ? named('SPARK_REMOTE') : text),
    default: () => 'duckdb',
  },
  sparkS3: {
    name: 'CARELAKE_SPARK_S3',
    meaning: 'How Spark reaches a lake in S3: as its own machines do, or with the server and the keys of this process.',
    form: 'cluster or keys',
    otherwise: 'cluster',
    read: (text) => (text === 'cluster' || text === 'keys' ? text : undefined),
    default: () => 'cluster',
  },
  uploadLimit: {
    name: 'CARELAKE_UPLOAD_LIMIT',
    meaning: 'How large a file may be that comes by HTTP. It waits in the data folder until it has landed.',
    form: 'a size of at least 1MiB, such as 2GB',
    otherwise: '2GB',
    read: (text) => {
      const bytes = bytesOf(text);
      return bytes !== undefined && bytes >= 2 ** 20 ? bytes : undefined;
    },
    default: () => 2e9,
  },
  runAfter: {
    name: 'CARELAKE_RUN_AFTER',
    meaning:
      'How many seconds nobody must have typed before the server starts a run, which makes data of what was typed. Off: carelake run does.',
    form: 'a number of seconds from 0.1 to 86400, or off',
    otherwise: '1',
    read: (text) => {
      if (text === 'off') return null;
      const seconds = /^[0-9]{1,5}([.][0-9])?$/.test(text) ? Number(text) : 0;
      return seconds >= 0.1 && seconds <= 86_400 ? seconds * 1000 : undefined;
    },
    default: () => 1000,
  },
  keepRuns: {
    name: 'CARELAKE_KEEP_RUNS',
    meaning:
      'How many runs a server that starts runs keeps: once an hour it removes older ones, with what only they rest on. Off: carelake gc does.',
    form: 'a whole number from 1 to 100000, or off',
    otherwise: '10',
    read: (text) => {
      if (text === 'off') return null;
      const runs = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0;
      return runs >= 1 && runs <= 100_000 ? runs : undefined;
    },
    default: () => 10,
  },
  rowsAtHand: {
    name: 'CARELAKE_ROWS_AT_HAND',
    meaning:
      'Whether the server keeps a copy of the published rows by key, beside the records: a tenth of the work for one patient, 250 bytes a row.',
    form: 'on or off',
    otherwise: 'on',
    read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
    default: () => true,
  },
  auth: {
    name: 'CARELAKE_AUTH',
    meaning:
      'Whether one must sign in to the server. Off: whoever uses this machine may do everything, and no other machine.',
    form: 'on or off',
    otherwise: 'on',
    read: (text) => (text === 'on' || text === 'off' ? text : undefined),
    default: () => 'on',
  },
  sessionIdle: {
    name: 'CARELAKE_SESSION_IDLE',
    meaning: 'After how long without a person at it a session ends (45 CFR 164.312(a)(2)(iii), automatic logoff).',
    form: 'a time from 1min to 24h, such as 30min',
    otherwise: '30min, as NIST SP 800-63B asks for at AAL2',
    read: (text) => sessionTime(text, 1),
    default: () => 30 * minute,
  },
  sessionLimit: {
    name: 'CARELAKE_SESSION_LIMIT',
    meaning: 'After how long a session ends, whoever is at it.',
    form: 'a time from 10min to 24h, such as 8h',
    otherwise: '12h, as NIST SP 800-63B asks for at AAL2',
    read: (text) => sessionTime(text, 10),
    default: () => 12 * 60 * minute,
  },
  memory: {
    name: 'CARELAKE_MEMORY',
    meaning: 'How much memory the engine may use before it spills to CARELAKE_TEMP.',
    form: 'a size of at least 128MiB, such as 2GB or 512MiB',
    otherwise: 'half of the memory of the machine, or of the container where that is lower',
    read: (text) => {
      const bytes = bytesOf(text);
      return bytes !== undefined && bytes >= smallestMemory ? bytes : undefined;
    },
    default: () => Math.max(smallestMemory, halfOfMemory()),
  },
  threads: {
    name: 'CARELAKE_THREADS',
    meaning: 'How many threads the engine uses.',
    form: 'a whole number from 1 to 1024',
    otherwise: 'as many as there are cores',
    read: (text) => (/^[1-9][0-9]{0,3}$/.test(text) && Number(text) <= 1024 ? Number(text) : undefined),
    default: () => availableParallelism(),
  },
  temp: {
    name: 'CARELAKE_TEMP',
    meaning: 'Where the engine puts what does not fit into memory. Patient data: keep it on an encrypted disk.',
    form: 'the path of a folder, and no file may be there',
    otherwise: 'temp in the data folder',
    read: (text, folder) => unlessFile(resolve(folder, text)),
    default: (folder, { data = folder }) => join(data, 'temp'),
  },
  ...networkSettings,
  ...oidcSettings,
};

const minute = 60_000;

function sessionTime(text: string, least: number): number | undefined {
  const [, count, unit] = /^([1-9][0-9]{0,3})(min|h)$/.exec(text) ?? [];
  const minutes = Number(count) * (unit === 'h' ? 60 : 1);
  return minutes >= least && minutes <= 24 * 60 ? minutes * minute : undefined;
}

/** The path of a folder that is there or is yet to be made; undefined where it, or what it lies in, is a file. */
function unlessFile(path: string): string | undefined {
  for (let part = path; ; part = dirname(part)) {
    try {
      return statSync(part).isDirectory() ? path : undefined;
    } catch {
      // Not there, or below a file: what it would lie in says which.
      if (dirname(part) === part) return path;
    }
  }
}

function sparkAddressIn(text = ''): `sc://${string}` | undefined {
  const [, rest] = /^sc:[/][/]([^/].*)$/i.exec(text) ?? [];
  return rest === undefined ? undefined : `sc://${rest}`;
}

/** Well-known names that give credentials and addresses, and what to say where one stands alone. */
export const hints: Readonly<Record<string, (config: Config) => string | undefined>> = {
  MONGO_URI: ({ records }) =>
    records.driver === 'mongodb'
      ? undefined
      : 'MONGO_URI is set but not used: CARELAKE_RECORDS decides where the records are, and it is sqlite.',
  CARELAKE_RECORDS_KEY: ({ records }) =>
    records.driver === 'sqlite'
      ? undefined
      : 'CARELAKE_RECORDS_KEY is set but not used: it is for a file of SQLite. MongoDB encrypts what it keeps by itself.',
  AWS_BUCKET_NAME: ({ lake }) =>
    s3AddressOf(lake)
      ? undefined
      : 'AWS_BUCKET_NAME is set but not used: CARELAKE_LAKE decides where the lake is, and it is in a folder.',
  SPARK_REMOTE: ({ engine }) =>
    engine === 'duckdb'
      ? 'SPARK_REMOTE is set but not used: CARELAKE_ENGINE decides what runs the steps, and it is duckdb.'
      : undefined,
};

function unsupported(name: string, value: string, instead: string): CarelakeError {
  return new CarelakeError('CONFIG_UNSUPPORTED', `${name}=${value} is not in this version; what it has is ${instead}.`);
}
