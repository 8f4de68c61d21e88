// What the server counts and times, for Prometheus. A label names a route by its template, never by its address, and no
// patient: who reads metrics need not be allowed to see any.
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { readCurrent } from '../../pipeline/publish/manifest.js';
import type { ServerParts } from '../parts.js';

export interface Measures {
  /** Models answered about so many patients; `all` of them, in a batch. */
  asked(model: string, patients: number): void;
  /** Says how long a queue is whenever somebody looks. */
  queue(name: string, length: () => number | Promise<number>): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    measures: Measures;
  }
}

/** Seconds. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const runBuckets = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

/** Before whatever counts. */
export function measures(app: FastifyInstance, parts: ServerParts): void {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const queues = new Map<string, () => number | Promise<number>>();
  const predictions = new Counter({
    name: 'carelake_predictions_total',
    help: 'Patients about whom a model answered; all: each of the models, in a batch',
    labelNames: ['model'],
    registers,
  });
  new Gauge({
    name: 'carelake_queue_length',
    help: 'What waits for its turn',
    labelNames: ['queue'],
    registers,
    async collect() {
      this.reset();
      for (const [queue, length] of queues) {
        const waiting = await Promise.resolve(length()).catch(() => undefined);
        if (waiting !== undefined) this.set({ queue }, waiting);
      }
    },
  });
  app.decorate('measures', {
    asked: (model, patients) => predictions.inc({ model }, patients),
    queue: (name, length) => queues.set(name, length),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  });
  measuresRequests(app, registers);
  measuresRuns(app, registers);
  measuresWorkspace(parts, registers);
}

function measuresRequests(app: FastifyInstance, registers: Registry[]): void {
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Until an answer was given, by the template of its route',
    labelNames: ['method', 'route', 'status'],
    buckets: requestBuckets,
    registers,
  });
  app.addHook('onResponse', ({ method, routeOptions, is404 }, reply, done) => {
    const route = is404 ? 'none' : (routeOptions.url ?? 'none');
    seconds.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

function measuresRuns(app: FastifyInstance, registers: Registry[]): void {
  const seconds = new Histogram({
    name: 'carelake_run_duration_seconds',
    help: 'Of the runs that this server made, by how they ended',
    labelNames: ['outcome'],
    buckets: runBuckets,
    registers,
  });
  const entries = new Counter({
    name: 'carelake_entries_total',
    help: 'Records that were typed, changed or deleted',
    labelNames: ['table', 'kind'],
    registers,
  });
  let began: number | undefined;
  app.changes.listen((change) => {
    if (change.event === 'entry') {
      const { table, kind } = change.data;
      entries.inc({ table, kind });
      return;
    }
    if (change.event !== 'run') return;
    const { state } = change.data;
    if (began !== undefined && state !== 'running') {
      const outcome = state === 'idle' ? 'done' : state === 'failed' ? 'failed' : 'busy';
      seconds.observe({ outcome }, (performance.now() - began) / 1000);
    }
    began = state === 'running' ? performance.now() : undefined;
  });
}

/** Read from the manifest of the published run and the log when somebody looks; absent while they cannot be read. */
function measuresWorkspace({ lake, pendingEntries }: ServerParts, registers: Registry[]): void {
  const current = async () => (await readCurrent(lake))?.manifest;
  new Gauge({
    name: 'carelake_records',
    help: 'Records of the files of the published run, by what became of them',
    labelNames: ['disposition'],
    registers,
    async collect() {
      this.reset();
      const manifest = await current().catch(() => undefined);
      for (const disposition of ['used', 'duplicates', 'rejected', 'not_used'] as const) {
        const files = manifest?.accounting ?? [];
        if (manifest)
          this.set(
            { disposition },
            files.reduce((sum, { records }) => sum + records[disposition], 0),
          );
      }
    },
  });
  new Gauge({
    name: 'carelake_table_rows',
    help: 'Rows of each table of the published run',
    labelNames: ['table'],
    registers,
    async collect() {
      this.reset();
      const manifest = await current().catch(() => undefined);
      for (const [table, { rows }] of Object.entries(manifest?.tables ?? {})) this.set({ table }, rows);
    },
  });
  new Gauge({
    name: 'carelake_pending_entries',
    help: 'Entries that no run has read yet',
    registers,
    async collect() {
      const pending = await current()
        .then(pendingEntries)
        .catch(() => undefined);
      if (pending === undefined) this.remove();
      else this.set(pending);
    },
  });
}
