// What a server is put together from.
import type { NetworkConfig } from '../config/network.js';
import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake.js';
import type { Predictor } from '../models/predict/predictor.js';
import type { Manifest } from '../pipeline/publish/manifest.js';
import type { Audit } from '../records/audit/chain.js';
import type { SessionLimits } from '../records/directory/session.js';
import type { Records } from '../records/records.js';
import type { Provider } from './auth/oidc/provider.js';
import type { Batch } from './batch/order.js';
import type { Crosswalk } from './deidentified/crosswalk.js';
import type { Log } from './observe/log.js';
import type { Traces } from './observe/traces.js';
import type { BringIn, RunRowKeeper } from './rows/keeper.js';
import type { Jobs, Train } from './training/jobs.js';
import type { Landings } from './uploads/landing.js';

export interface Limits {
  /** Statements that run at once. */
  readonly atOnce: number;
  /** Statements that may wait for their turn; past them, SERVER_BUSY. */
  readonly waiting: number;
  /** How long an answer may take, in seconds. */
  readonly seconds: number;
  /** How late a timer may be until requests are refused, in milliseconds; statements run beside the event loop. */
  readonly late: number;
}

export interface ServerParts {
  readonly workspace: string;
  /** Whether one must sign in. Off: whoever reaches the server may do everything, as the user of this process. */
  readonly auth: 'on' | 'off';
  /** How long sessions last. */
  readonly sessions: SessionLimits;
  /** The private keys that access tokens are signed with, in PEM. */
  tokenKeys(): string;
  /** Who else signs people in; undefined where nobody does. */
  readonly provider?: Provider | undefined;
  readonly lake: Lake;
  /** Opened with the first question; whoever hands it in closes it. */
  engine(): Promise<Engine>;
  /** How many entries are newer than what a run has read. */
  pendingEntries(run: Manifest | undefined): Promise<number>;
  /** What is typed in and what models answer; opened with the first write. */
  records(): Promise<Records>;
  /** The same; undefined where nothing was ever written, which looking does not change. */
  knownRecords(): Promise<Records | undefined>;
  /** Who did what to whose rows; opened with the first row that is asked for. */
  audit(): Promise<Audit>;
  /** What is done with files that come by HTTP. */
  readonly landings: Landings;
  /** Reads all that has landed and was typed into a run; returns the id of what is then published. */
  run(signal: AbortSignal): Promise<string>;
  /** How long nobody must have typed before a run begins, in milliseconds; null where others start runs. */
  readonly runAfter: number | null;
  /** Compares predictions that were kept with what the published run shows; returns how many have an outcome now. */
  matureOutcomes(): Promise<number>;
  /** Answers many questions at once without holding up the event loop; whoever hands it in closes it. */
  readonly batch: Batch;
  /** Learns a model without holding up the event loop. */
  readonly train: Train;
  /** Brings the rows of the published run to where one is found at once; null where answers come from its files alone. */
  readonly bringIn: BringIn | null;
  /** The folder of the built web app. */
  readonly web: string;
  readonly limits: Limits;
  readonly network: NetworkConfig;
  readonly log: Log;
  /** Undefined where nobody receives them. */
  readonly traces?: Traces | undefined;
  /** Is told of failures that nobody foresaw. */
  report(text: string): void;
}

declare module 'fastify' {
  interface FastifyInstance {
    parts: ServerParts;
    predictor: Predictor;
    jobs: Jobs;
    runRows: RunRowKeeper;
    /** Opened with its first use. */
    crosswalk(): Promise<Crosswalk>;
  }
}
