// The trainings that this server was asked for: one at a time, each with its progress and what came of it.
import { randomUUID } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { CarelakeError, isCoded } from '../../errors.js';
import { type ModelLine, modelLineSchema } from '../../models/line.js';
import type { ModelName } from '../../models/plan.js';
import type { TrainingSettings } from '../../models/train/settings.js';
import { failureText } from '../failure-text.js';

const timeOrNull = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

export const jobSchema = Type.Object({
  id: Type.String(),
  kind: Type.Literal('train'),
  model: Type.String(),
  state: Type.Enum(['running', 'done', 'failed', 'stopped']),
  progress: Type.Object({
    share: Type.Number({ minimum: 0, maximum: 1, description: 'Of the candidates that are tried.' }),
    what: Type.String(),
  }),
  started_at: Type.String({ format: 'date-time' }),
  finished_at: timeOrNull,
  result: Type.Union([modelLineSchema, Type.Null()]),
  error: Type.Union([Type.Object({ code: Type.String(), message: Type.String(), fix: Type.String() }), Type.Null()]),
});
export type Job = Static<typeof jobSchema>;

export const jobExample: Job = {
  id: 'f3c1a0de-6a0c-4f57-9f0e-3d8d0e6c2b11',
  kind: 'train',
  model: 'readmission',
  state: 'running',
  progress: { share: 0.4, what: 'Random forest, 4 of 6' },
  started_at: '2026-03-01T08:15:30.123Z',
  finished_at: null,
  result: null,
  error: null,
};

export interface Watch {
  readonly signal: AbortSignal;
  onProgress(done: number, total: number, what: string): void;
}

/** Learns a model from the published run, beside the event loop. */
export type Train = (model: ModelName, settings: TrainingSettings, watch: Watch) => Promise<ModelLine>;

/** Jobs that are over and still told of. */
const mostKept = 100;

export class Jobs {
  /** The newest first. */
  #jobs: Job[] = [];
  #running: { readonly id: string; readonly stop: AbortController; readonly over: Promise<void> } | undefined;
  readonly #train: Train;
  readonly #report: (text: string) => void;

  /** @param report Is told of failures that nobody foresaw. */
  constructor(train: Train, report: (text: string) => void) {
    this.#train = train;
    this.#report = report;
  }

  list(): readonly Job[] {
    return this.#jobs;
  }

  /** @throws JOB_NOT_FOUND */
  get(id: string): Job {
    const found = this.#jobs.find((job) => job.id === id);
    if (found) return found;
    throw new CarelakeError('JOB_NOT_FOUND', `There is no job ${id.slice(0, 100)} since the server was started.`);
  }

  /** @throws TRAINING_RUNNING */
  start(model: ModelName, settings: TrainingSettings): Job {
    if (this.#running) {
      const { id, model: other } = this.get(this.#running.id);
      throw new CarelakeError('TRAINING_RUNNING', `${other} is being trained: /api/jobs/${id}.`);
    }
    const id = randomUUID();
    const job: Job = {
      ...{ id, kind: 'train', model, state: 'running' },
      progress: { share: 0, what: 'starting' },
      started_at: new Date().toISOString(),
      ...{ finished_at: null, result: null, error: null },
    };
    this.#jobs = [job, ...this.#jobs].slice(0, mostKept);
    const stop = new AbortController();
    this.#running = { id, stop, over: this.#follow(id, model, settings, stop.signal) };
    return job;
  }

  /** Asks a job that runs to end; of another nothing changes. @throws JOB_NOT_FOUND */
  async stop(id: string): Promise<Job> {
    this.get(id);
    if (this.#running?.id === id) {
      this.#running.stop.abort(new CarelakeError('TRAINING_STOPPED', 'Somebody asked for it.'));
      await this.#running.over;
    }
    return this.get(id);
  }

  async close(): Promise<void> {
    if (!this.#running) return;
    this.#running.stop.abort(new CarelakeError('TRAINING_STOPPED', 'The server is stopping.'));
    await this.#running.over;
  }

  async #follow(id: string, model: ModelName, settings: TrainingSettings, signal: AbortSignal): Promise<void> {
    const onProgress = (done: number, total: number, what: string): void =>
      this.#change(id, { progress: { share: Math.min(1, done / total), what } });
    try {
      const result = await this.#train(model, settings, { signal, onProgress });
      this.#change(id, { state: 'done', result, progress: { share: 1, what: 'done' } });
    } catch (error) {
      const coded = signal.aborted ? (signal.reason as CarelakeError) : this.#codedOf(error);
      const { code, message, entry } = coded;
      const state = isCoded(coded, 'TRAINING_STOPPED') ? 'stopped' : 'failed';
      this.#change(id, { state, error: { code, message, fix: entry.fix } });
    } finally {
      this.#change(id, { finished_at: new Date().toISOString() });
      this.#running = undefined;
    }
  }

  #codedOf(error: unknown): CarelakeError {
    if (error instanceof CarelakeError) return error;
    this.#report(failureText(error));
    return new CarelakeError('INTERNAL', 'The server has written down what happened.', { cause: error });
  }

  #change(id: string, change: Partial<Job>): void {
    this.#jobs = this.#jobs.map((job) => (job.id === id ? { ...job, ...change } : job));
  }
}
