// A workspace for one test: a lake, a real DuckDB and a folder for the files that the test writes.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { digest } from '../../src/engine/digest.js';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import { type Engine, type Inputs, rowsOf } from '../../src/engine/engine.js';
import type { Lander } from '../../src/engine/lander.js';
import type { Lake } from '../../src/lake/lake.js';
import { openLocalLake } from '../../src/lake/local.js';
import { openMemoryLake } from '../../src/lake/memory.js';
import { readBatches } from '../../src/pipeline/batch.js';
import type { IngestRequest } from '../../src/pipeline/land/identity.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import type { IngestDependencies } from '../../src/pipeline/land/land-batch.js';
import type { IngestResult } from '../../src/pipeline/land/report.js';
import { type Plan, planRun } from '../../src/pipeline/plan.js';
import { type Manifest, requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { type RejectRow, readRejects } from '../../src/pipeline/rejects.js';
import { type RunOptions, type RunResult, run } from '../../src/pipeline/run.js';
import { runSteps, stepFiles } from '../../src/pipeline/runner.js';

export type Row = Record<string, unknown>;

export interface LandOptions extends Omit<IngestRequest, 'paths'>, Pick<IngestDependencies, 'onProgress'> {
  /** The local calendar date on which the files land, YYYY-MM-DD; 2024-06-15 unless given. */
  readonly on?: string;
  /** Names of `files` in the order in which they stand on the command line. */
  readonly order?: readonly string[];
}

export interface Workspace {
  readonly lake: Lake;
  readonly engine: Engine & Lander;
  /** Lands files, name → content, as one ingest of these paths. */
  land(files: Readonly<Record<string, string | Buffer>>, options?: LandOptions): Promise<IngestResult>;
  run(options?: RunOptions): Promise<RunResult>;
  /** The plan for all that has landed. */
  plan(): Promise<Plan>;
  /** Rows of a published table, or of a step of the published run by its name; `sql` reads them as `t`. */
  rows<R = Row>(name: string, sql?: string): Promise<R[]>;
  /** Rows of a SELECT that names published tables. */
  ask<R = Row>(sql: string): Promise<R[]>;
  /** The clean rows of a table, rejected ones among them, made without the rest of a run; `sql` reads them as `t`. */
  clean<R = Row>(table: string, sql?: string): Promise<R[]>;
  manifest(): Promise<Manifest>;
  rejects(): Promise<RejectRow[]>;
  /** The digest of the content of every published table. */
  digests(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export interface WorkspaceOptions {
  readonly lake?: 'memory' | 'local';
  readonly threads?: number;
}

const inAnyOrder = 'select * from t order by all';

/** Whoever opens it closes it. */
export async function openWorkspace({ lake: kind = 'memory', threads = 2 }: WorkspaceOptions = {}): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'carelake-workspace-'));
  const lake = kind === 'memory' ? openMemoryLake() : openLocalLake({ root: join(folder, 'lake') });
  const engine = await openDuckdb({ memory: 1e9, threads, temporary: folder });
  let landings = 0;

  const select = <R>(sql: string, inputs: Inputs) => rowsOf<R>(engine, { name: 'test', sql, inputs });
  const manifest = () => requireCurrent(lake);
  const plan = async () => planRun(await readBatches(lake));

  return {
    lake,
    engine,
    plan,
    manifest,

    async land(files, { on = '2024-06-15', order, onProgress, ...request } = {}) {
      const base = join(folder, `landing-${++landings}`);
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(base, name)), { recursive: true });
        await writeFile(join(base, name), content);
      }
      const paths = (order ?? Object.keys(files)).map((name) => join(base, name));
      const clock = () => new Date(`${on}T12:00:00`);
      return ingest({ paths, ...request }, { lake, lander: engine, clock, ...(onProgress && { onProgress }) });
    },

    run: (options = {}) => run(lake, engine, options),

    async rows(name, sql = inAnyOrder) {
      const { tables, steps } = await manifest();
      return select(sql, { t: await stepFiles(lake, tables[name]?.step ?? steps[name] ?? name) });
    },

    async ask(sql) {
      const { tables } = await manifest();
      const files = Object.entries(tables).map(
        async ([name, { step }]) => [name, await stepFiles(lake, step)] as const,
      );
      return select(sql, Object.fromEntries(await Promise.all(files)));
    },

    async clean(table, sql = inAnyOrder) {
      const wanted = (await plan()).clean.filter(({ reading }) => reading.table === table).map(({ step }) => step);
      const made = await runSteps(wanted, { lake, engine });
      return select(sql, { t: (await Promise.all(made.map(({ hash }) => stepFiles(lake, hash)))).flat() });
    },

    async rejects() {
      const rows: RejectRow[] = [];
      for await (const row of readRejects(lake, engine, (code) => code)) rows.push(row);
      return rows;
    },

    async digests() {
      const { tables } = await manifest();
      const entries: [string, string][] = [];
      for (const [name, { step }] of Object.entries(tables)) {
        entries.push([name, await digest(engine, await stepFiles(lake, step))]);
      }
      return Object.fromEntries(entries);
    },

    async close() {
      await engine.close();
      await lake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
