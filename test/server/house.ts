// The server over a published hospital, asked without a network.

import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { matureBy } from '../../src/app.js';
import type { NetworkConfig } from '../../src/config/network.js';
import { readConfiguration } from '../../src/config.js';
import type { Lake } from '../../src/lake/lake.js';
import { openMemoryLake } from '../../src/lake/memory.js';
import { openPredictor } from '../../src/models/predict/predictor.js';
import { landEntries } from '../../src/pipeline/land/land-entries.js';
import { readCurrent } from '../../src/pipeline/publish/manifest.js';
import { openAudit } from '../../src/records/audit/chain.js';
import { openMemoryRecords } from '../../src/records/memory.js';
import { openBatch } from '../../src/server/batch/batch.js';
import { openLog } from '../../src/server/observe/log.js';
import type { Limits, ServerParts } from '../../src/server/parts.js';
import { bringInPublished } from '../../src/server/rows/bring-in.js';
import { openServer } from '../../src/server/server.js';
import type { Train } from '../../src/server/training/jobs.js';
import { landingsOf } from '../../src/server/uploads/landing.js';
import { type Hospital, motleyHospital } from '../analytics/metrics/hospital.js';
import { openWorkspace, type Workspace } from '../pipeline/harness.js';

const newTokenKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

export interface House {
  readonly workspace: Workspace;
  readonly server: FastifyInstance;
  /** What the server told of failures that nobody foresaw. */
  readonly reported: string[];
  /** The lines of its log. */
  readonly logged: string[];
  get<Body = Record<string, unknown>>(url: string): Promise<Body>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly lake?: Lake;
  readonly limits?: Partial<Limits>;
  readonly network?: Partial<NetworkConfig>;
  readonly web?: string;
  /** No run begins by itself unless it is given, in milliseconds. */
  readonly runAfter?: number | null;
  readonly train?: Train;
  readonly report?: ServerParts['report'];
  /** How large a file may be that is sent, in bytes. */
  readonly uploadLimit?: number;
  readonly provider?: ServerParts['provider'];
  readonly tokenKeys?: ServerParts['tokenKeys'];
  /** Tests of other things need not sign in. */
  readonly auth?: ServerParts['auth'];
  /** Whether the rows of a run are brought to where one is found at once: before the first question, and of later runs. */
  readonly atHand?: boolean;
}

/** Whoever opens it closes it; the workspace is closed with it. */
export async function houseOf(
  workspace: Workspace,
  {
    lake,
    limits,
    network,
    web,
    runAfter = null,
    train,
    auth = 'off',
    tokenKeys,
    provider,
    atHand = false,
    report,
    uploadLimit = 2e6,
  }: HouseOptions = {},
): Promise<House> {
  const reported: string[] = [];
  const logged: string[] = [];
  const records = openMemoryRecords();
  const audit = openAudit(records.directory, { keys: [] });
  const folder = await mkdtemp(join(tmpdir(), 'carelake-house-'));
  const landings = landingsOf({
    ...{ folder: join(folder, 'uploads'), mostBytes: uploadLimit, lake: lake ?? workspace.lake },
    engine: async () => workspace.engine,
    landEntries: async () => undefined,
    withTrialLake: (work) => work(openMemoryLake()),
  });
  const bringIn = (signal: AbortSignal) =>
    bringInPublished({ lake: lake ?? workspace.lake, engine: workspace.engine, rows: records.runRows, signal });
  if (atHand) await bringIn(new AbortController().signal);
  const parts: ServerParts = {
    workspace: 'default',
    auth,
    sessions: { idle: 30 * 60_000, most: 12 * 60 * 60_000 },
    provider,
    tokenKeys: tokenKeys ?? (() => newTokenKey),
    lake: lake ?? workspace.lake,
    engine: async () => workspace.engine,
    async pendingEntries(run) {
      const { log } = await records.entries.end();
      return records.entries.count(run?.entries?.log === log ? run.entries.sequence : 0);
    },
    records: async () => records,
    knownRecords: async () => records,
    audit: async () => audit,
    landings,
    async run(signal) {
      const land = () =>
        landEntries({ lake: workspace.lake, records, lander: async () => workspace.engine, clock: () => new Date() });
      return (await workspace.run({ land, signal })).manifest.id;
    },
    runAfter,
    async matureOutcomes() {
      const current = await readCurrent(workspace.lake);
      const { lake: own, engine } = workspace;
      if (!current) return 0;
      return matureBy(current.manifest, { lake: own, engine: async () => engine, predictions: records.predictions });
    },
    batch: openBatch(openPredictor(lake ?? workspace.lake), async () => records),
    bringIn: atHand ? bringIn : null,
    train: train ?? (async () => Promise.reject(new Error('This house trains nothing.'))),
    web: web ?? '/nowhere',
    // A machine that does much else would make every test wait.
    limits: { atOnce: 2, waiting: 100, seconds: 30, late: 0, ...limits },
    network: { ...readConfiguration({ environment: {}, folder: '/nowhere' }).config, rateSignIn: null, ...network },
    log: openLog('json', (line) => logged.push(line)),
    report: report ?? ((text) => reported.push(text)),
  };
  const server = await openServer(parts);
  return {
    workspace,
    server,
    reported,
    logged,
    async get<Body>(url: string) {
      const { statusCode, body } = await server.inject(url);
      if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body}`);
      return JSON.parse(body) as Body;
    },
    async close() {
      await server.close();
      await workspace.close();
      await rm(folder, { recursive: true });
    },
  };
}

export const motleyHouse = async (options: HouseOptions = {}): Promise<House & { hospital: Hospital }> => {
  const hospital = await motleyHospital();
  return { ...(await houseOf(hospital.workspace, options)), hospital };
};

/** A workspace into which nothing has come. */
export const emptyHouse = async (options: HouseOptions = {}): Promise<House> => houseOf(await openWorkspace(), options);
