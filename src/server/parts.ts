// What a server is put together from.
import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake.js';
import type { Predictor } from '../models/predict/predictor.js';
import type { Manifest } from '../pipeline/publish/manifest.js';
import type { Records } from '../records/records.js';

export interface Limits {
  /** Statements that run at once. */
  readonly atOnce: number;
  /** Statements that may wait for their turn; past them, SERVER_BUSY. */
  readonly waiting: number;
  /** How long an answer may take, in seconds. */
  readonly seconds: number;
}

export interface ServerParts {
  readonly workspace: string;
  readonly lake: Lake;
  /** Opened with the first question; whoever hands it in closes it. */
  engine(): Promise<Engine>;
  /** How many entries are newer than what a run has read. */
  pendingEntries(run: Manifest | undefined): Promise<number>;
  /** Where predictions are kept; opened with the first of them. */
  records(): Promise<Records>;
  /** The folder of the built web app. */
  readonly web: string;
  readonly limits: Limits;
  /** Is told of failures that nobody foresaw. */
  report(text: string): void;
}

declare module 'fastify' {
  interface FastifyInstance {
    parts: ServerParts;
    predictor: Predictor;
  }
}
