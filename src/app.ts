// The only file that names concrete drivers: from a configuration to a workspace's lake, engine and records.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishedTables } from './analytics/published.js';
import { publishedTableNamed } from './catalog/catalog.js';
import { s3AddressOf } from './config/s3.js';
import type { Config } from './config.js';
import type { Engine } from './engine/engine.js';
import type { Lander } from './engine/lander.js';
import type { OpenSandbox } from './engine/sandbox.js';
import { type RawInput, type Step, stepHash } from './engine/step.js';
import type { Lake } from './lake/lake.js';
import { openLocalLake } from './lake/local.js';
import type { Objects } from './lake/objects.js';
import { maturePredictions } from './models/drift/mature.js';
import { type ModelTable, modelTables } from './models/features/facts.js';
import type { PublishedRun } from './models/make.js';
import { landEntries } from './pipeline/land/land-entries.js';
import { underLock } from './pipeline/lock.js';
import { makesInLake } from './pipeline/placement/choose.js';
import { type Manifest, readCurrent, requireCurrent } from './pipeline/publish/manifest.js';
import { type RunnerOptions, readStep, runSteps, stepFiles, stepKeys } from './pipeline/runner.js';
import { type Audit, openAudit } from './records/audit/chain.js';
import type { Records } from './records/records.js';

export interface App {
  readonly config: Config;
  readonly lake: Lake;
  /**
   * DuckDB in this process: lands files and answers about what is published. Opened with its first use: what only reads the
   * lake starts faster without.
   */
  engine(): Promise<Engine & Lander>;
  /** What runs the steps: the same, or the Spark of the configuration, connected with its first use. */
  stepEngine(): Promise<Engine>;
  /** Objects in S3 that files are read from; its client is loaded with its first use. */
  objects(): Promise<Objects>;
  /** What was typed into this workspace, and what models answered; opened with its first use. */
  records(): Promise<Records>;
  /** The same; undefined in a workspace in which nobody typed, which gets no file from being looked at. */
  knownRecords(): Promise<Records | undefined>;
  /** Who did what to whose rows; opened with its first use. */
  audit(): Promise<Audit>;
  /** Whether they lie on a disk that takes no writing. */
  recordsAreReadOnly(): Promise<boolean>;
  /** How many entries are newer than what a run has read. */
  pendingEntries(run: Manifest | undefined): Promise<number>;
  /** Work in a lake of its own, a folder of this machine that goes away with it. */
  withTrialLake<Result>(work: (lake: Lake) => Promise<Result>): Promise<Result>;
  /** Lands the entries that no batch holds: before files that may replace them, and in a run. */
  landEntries(): Promise<void>;
  /** Compares predictions that were kept with what the published run shows; returns how many have an outcome now. */
  matureOutcomes(): Promise<number>;
  /** Where a question of a user is answered: a database of its own that can open nothing but the published files. */
  readonly sandbox: OpenSandbox;
  /**
   * The tables of the published run, brought to this machine; only those that `needed` picks where it is given the names of
   * all. Throws NOT_PUBLISHED.
   */
  published(needed?: Needed): Promise<PublishedTables>;
  close(): Promise<void>;
}

/** Which of the published tables are needed. */
export type Needed = (names: readonly string[]) => readonly string[];

/** The lake of the workspace. The client of S3 is loaded only where the lake is there. */
async function openLake({ lake, workspace, temp, cache, ...config }: Config): Promise<Lake> {
  const address = s3AddressOf(lake);
  if (!address) return openLocalLake({ root: join(lake, 'workspaces', workspace) });
  const { openS3Lake } = await import('./lake/s3.js');
  return openS3Lake({
    bucket: address.bucket,
    prefix: [address.prefix, 'workspaces', workspace].filter(Boolean).join('/'),
    pathStyle: config.s3PathStyle,
    attempts: config.s3Attempts,
    ...(config.s3Encryption && { encryption: config.s3Encryption }),
    cache: { folder: join(temp, 'lake'), bytes: cache },
  });
}

/**
 * Opens the workspace of a configuration. Whoever opens it closes it. DuckDB is loaded with its first use, since that
 * takes longer than most commands that need none.
 */
export async function openApp(config: Config): Promise<App> {
  const lake = await openLake(config);
  const duckdb = { memory: config.memory, threads: config.threads, temporary: config.temp };
  const engine = lazily(async () => (await import('./engine/duckdb/engine.js')).openDuckdb(duckdb));
  const spark = lazily(async () => openSparkFor(config, lake));
  const objects = lazily(async () => {
    const { openObjects } = await import('./lake/s3/objects.js');
    return openObjects({ pathStyle: config.s3PathStyle, attempts: config.s3Attempts });
  });
  const records = lazily(() => openRecords(config));
  let audit: Audit | undefined;
  // Once they are open they are there, whatever became of their file.
  const knownRecords = async () => (records.isOpen() || mayHoldRecords(config) ? records.get() : undefined);
  return {
    config,
    lake,
    engine: engine.get,
    records: records.get,
    knownRecords,
    async audit() {
      const { directory } = await records.get();
      audit ??= openAudit(directory, { keys: config.auditKeys });
      return audit;
    },
    objects: objects.get,
    stepEngine: config.engine === 'duckdb' ? engine.get : spark.get,
    async sandbox(tables, known) {
      const { openDuckdbSandbox } = await import('./engine/duckdb/sandbox/sandbox.js');
      return openDuckdbSandbox(duckdb, tables, known);
    },
    async recordsAreReadOnly() {
      const { isOnReadOnlyDisk } = await import('./records/sqlite/file.js');
      return config.records.driver === 'sqlite' && isOnReadOnlyDisk(config.records.file);
    },
    async pendingEntries(run) {
      const entries = (await knownRecords())?.entries;
      if (!entries) return 0;
      const { log } = await entries.end();
      return entries.count(run?.entries?.log === log ? run.entries.sequence : 0);
    },
    async landEntries() {
      const known = await knownRecords();
      if (known) await landEntries({ lake, records: known, lander: engine.get, clock: () => new Date() });
    },
    async withTrialLake(work) {
      await mkdir(config.temp, { recursive: true, mode: 0o700 });
      const root = await mkdtemp(join(config.temp, 'trial-'));
      const trial = openLocalLake({ root });
      try {
        return await work(trial);
      } finally {
        await trial.close();
        await rm(root, { recursive: true, force: true });
      }
    },
    async matureOutcomes() {
      const current = await readCurrent(lake);
      if (!current) return 0;
      const known = await knownRecords();
      return known ? matureBy(current.manifest, { lake, engine: engine.get, predictions: known.predictions }) : 0;
    },
    async published(needed) {
      return publishedBy(await requireCurrent(lake), lake, needed);
    },
    async close() {
      try {
        await Promise.all([engine.close(), spark.close(), objects.close(), records.close()]);
      } finally {
        await lake.close();
      }
    },
  };
}

/** The lakes of all workspaces in a folder; in S3 that of this workspace alone. Whoever asks closes them. */
export async function lakesOf(config: Config): Promise<{ readonly workspace: string; readonly lake: Lake }[]> {
  const names = s3AddressOf(config.lake)
    ? [config.workspace]
    : (await readdir(join(config.lake, 'workspaces')).catch(() => [])).sort();
  return Promise.all(names.map(async (workspace) => ({ workspace, lake: await openLake({ ...config, workspace }) })));
}

/** The driver is loaded only where the records are there. */
async function openRecords({ records, workspace, recordsKey: key }: Config): Promise<Records> {
  if (records.driver === 'sqlite') {
    const { openSqliteRecords } = await import('./records/sqlite/open.js');
    return openSqliteRecords({ file: records.file, workspace, ...(key !== null && { key }) });
  }
  const { openMongoRecords } = await import('./records/mongo/open.js');
  return openMongoRecords({ uri: records.uri, database: records.database, workspace });
}

const mayHoldRecords = ({ records }: Config): boolean => records.driver === 'mongodb' || existsSync(records.file);

/** What Spark is not told of S3 it knows from its own machines. */
async function openSparkFor({ engine: address, sparkS3 }: Config, { direct }: Lake): Promise<Engine> {
  const { openSpark } = await import('./engine/spark/engine.js');
  if (!direct || sparkS3 === 'cluster') return openSpark({ address });
  return openSpark({ address, s3: direct.access });
}

/** The tables that a run published, checked out on this machine. */
export async function publishedBy(
  { tables }: Pick<Manifest, 'tables'>,
  lake: Lake,
  needed: Needed = (names) => names,
): Promise<PublishedTables> {
  const wanted = new Set(needed(Object.keys(tables)));
  const entries = Object.entries(tables).map(async ([name, { step }]) => {
    if (!wanted.has(name)) return [];
    const columns = publishedTableNamed(name).columns.map((column) => column.name);
    return [[name, { paths: await stepFiles(lake, step), columns }] as const];
  });
  return Object.fromEntries((await Promise.all(entries)).flat());
}

/** Gives predictions the outcome that a run shows. */
export async function matureBy(
  { id, as_of, tables }: Manifest,
  { lake, engine, predictions }: { lake: Lake; engine(): Promise<Engine>; predictions: Records['predictions'] },
): Promise<number> {
  const published = async () => {
    const found = await publishedBy({ tables }, lake, (names) => names.filter((name) => isModelTable(name)));
    const paths = modelTables.map((table) => [table, found[table]?.paths ?? []] as const);
    return {
      engine: await engine(),
      asOf: as_of,
      paths: Object.fromEntries(paths) as Record<ModelTable, readonly string[]>,
    };
  };
  return maturePredictions(lake, { run: id, published }, predictions, new Date());
}

const isModelTable = (name: string): boolean => (modelTables as readonly string[]).includes(name);

/** The published run as models learn from it; `make` throws RUN_IN_PROGRESS where it makes a step in S3. @throws NOT_PUBLISHED */
export async function publishedRun({ lake, stepEngine, engine }: App, signal?: AbortSignal): Promise<PublishedRun> {
  const manifest = await requireCurrent(lake);
  const published = await publishedBy(manifest, lake);
  const inputOf = async (table: ModelTable): Promise<RawInput[]> => {
    const hash = manifest.tables[table]?.step ?? '';
    return [{ kind: 'raw', hash, keys: await stepKeys(lake, hash) }];
  };
  const inputs = await Promise.all(modelTables.map(async (table) => [table, await inputOf(table)] as const));
  const paths = modelTables.map((table) => [table, published[table]?.paths ?? []] as const);
  return {
    run: manifest.id,
    asOf: manifest.as_of,
    engine: await engine(),
    paths: Object.fromEntries(paths) as Record<ModelTable, readonly string[]>,
    scored: scoredTables(published),
    inputs: Object.fromEntries(inputs) as Record<ModelTable, RawInput[]>,
    async make(step) {
      await runAlone(step, { lake, engine: await stepEngine(), ...(signal && { signal }) });
      return stepFiles(lake, stepHash(step));
    },
  };
}

const scoredTables = (published: PublishedTables): PublishedRun['scored'] => ({
  stays: published.stays?.paths ?? [],
  visits: published.visits?.paths ?? [],
  observations: published.observations?.paths ?? [],
  procedures: published.procedures?.paths ?? [],
});

/** Outside of a run; under its lock where a collection could take what is half made. @throws RUN_IN_PROGRESS */
async function runAlone(step: Step, options: RunnerOptions): Promise<void> {
  const { lake, engine } = options;
  if (!makesInLake(lake, engine) || (await readStep(lake, stepHash(step)))) {
    await runSteps([step], options);
    return;
  }
  await underLock(lake, ({ assertHeld }) => runSteps([step], { ...options, assertHeld }));
}

/** Opens with the first use. Whoever asked is told that it failed; `close` then has nothing to close. */
function lazily<Resource extends { close(): Promise<void> }>(open: () => Promise<Resource>) {
  let opened: Promise<Resource> | undefined;
  return {
    isOpen: () => opened !== undefined,
    get(): Promise<Resource> {
      opened ??= open().catch((error) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close(): Promise<void> {
      await (await opened)?.close();
    },
  };
}
