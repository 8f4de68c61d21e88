// What is done with a file that came by HTTP: it lands as a file of `ingest` does, or is tried out in a lake that goes away.

import { type Reason, reasons } from '../../catalog/reasons.js';
import type { Engine } from '../../engine/engine.js';
import type { Lander } from '../../engine/lander.js';
import type { Lake } from '../../lake/lake.js';
import type { FileAccount } from '../../pipeline/accounting/account.js';
import { readBatches } from '../../pipeline/batch.js';
import { ingest } from '../../pipeline/land/ingest.js';
import type { IngestResult } from '../../pipeline/land/report.js';
import { countRejects, type RejectRow, readRejects } from '../../pipeline/rejects.js';
import { run } from '../../pipeline/run.js';
import type { HowToRead } from './upload.js';

export interface Landings {
  /** A folder of this machine, for files that wait. */
  readonly folder: string;
  readonly mostBytes: number;
  land(path: string, how: HowToRead, by: string): Promise<IngestResult>;
  tryOut(path: string, how: HowToRead, signal: AbortSignal): Promise<Trial>;
}

export interface Trial {
  readonly landed: IngestResult;
  /** The table that each file is read as. */
  readonly tables: ReadonlyMap<string, string>;
  /** What became of each file, in records and lines. */
  readonly accounting: readonly FileAccount[];
  /** The first flaws, and how many there are. */
  readonly rejects: readonly RejectRow[];
  readonly flaws: number;
  /** Files whose content the lake of the workspace has. */
  readonly known: ReadonlySet<string>;
}

export interface LandingParts {
  readonly folder: string;
  readonly mostBytes: number;
  readonly lake: Lake;
  engine(): Promise<Engine & Lander>;
  /** Before files that may replace what was typed. */
  landEntries(): Promise<void>;
  /** A lake of its own that goes away with the work. */
  withTrialLake<Result>(work: (lake: Lake) => Promise<Result>): Promise<Result>;
}

/** How many flaws a trial shows. */
const mostShown = 100;

export function landingsOf(parts: LandingParts): Landings {
  const { folder, mostBytes, lake, engine, landEntries, withTrialLake } = parts;
  const clock = () => new Date();
  return {
    folder,
    mostBytes,
    async land(path, how, by) {
      await landEntries();
      return ingest({ ...how, paths: [path] }, { lake, lander: await engine(), clock, by });
    },
    tryOut: (path, how, signal) =>
      withTrialLake(async (trial) => {
        const opened = await engine();
        const landed = await ingest({ ...how, paths: [path] }, { lake: trial, lander: opened, clock, signal });
        const { manifest } = await run(trial, opened, { signal });
        const rejects: RejectRow[] = [];
        const explain = (code: string) => reasons[code as Reason] ?? code;
        for await (const row of readRejects(trial, opened, explain, 'rejected', { limit: mostShown }))
          rejects.push(row);
        const flaws = await countRejects(trial, opened, 'rejected', {});
        const tried = (await readBatches(trial)).flatMap((batch) => batch.files);
        const tables = new Map(tried.map(({ name, rawTable }) => [name, rawTable]));
        const there = new Set((await readBatches(lake)).flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
        const files = landed.batches.flatMap((batch) => batch.files);
        const known = new Set(files.filter(({ sha256 }) => there.has(sha256)).map(({ name }) => name));
        return { landed, tables, accounting: manifest.accounting, rejects, flaws, known };
      }),
  };
}
