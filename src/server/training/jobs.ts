// The trainings that were asked for: one at a time in a server, each with its progress and what came of it.
import { CarelakeError, isCoded } from '../../errors.js';
import type { ModelLine } from '../../models/line.js';
import type { ModelName } from '../../models/plan.js';
import type { TrainingSettings } from '../../models/train/settings.js';
import type { Records } from '../../records/records.js';
import { failureText } from '../failure-text.js';
import { noteKeptBack } from '../of-the-house.js';
import { orderedId } from '../ordered-id.js';
import { beatMs, errorOf, type Job, jobCollection, shownJob } from './job.js';

export interface Watch {
  readonly signal: AbortSignal;
  onProgress(done: number, total: number, what: string): void;
}

/** Learns a model from the published run, beside the event loop. */
export type Train = (model: ModelName, settings: TrainingSettings, watch: Watch) => Promise<ModelLine>;

interface Parts {
  readonly train: Train;
  records(): Promise<Records>;
  knownRecords(): Promise<Records | undefined>;
  /** Is told of failures that nobody foresaw. */
  readonly report: (text: string) => void;
}

interface Running {
  job: Job;
  readonly stop: AbortController;
  /** Ends with the job. */
  over: Promise<void>;
  /** One write after the other. */
  kept: Promise<void>;
}

/** How many are listed. */
const mostListed = 100;

export class Jobs {
  readonly #parts: Parts;
  #running: Running | undefined;
  /** Jobs of this server that are over, where the records do not say so. */
  readonly #unkept = new Map<string, Job>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The newest first. */
  async list(): Promise<readonly Job[]> {
    const records = await this.#parts.knownRecords();
    const kept = await records?.documents.collection(jobCollection).list({ descending: true, limit: mostListed });
    return (kept ?? []).map(({ key, body }) => this.#own(key) ?? shownJob(body, Date.now()));
  }

  /** @throws JOB_NOT_FOUND */
  async get(id: string): Promise<Job> {
    const own = this.#own(id);
    if (own) return own;
    const records = await this.#parts.knownRecords();
    const kept = await records?.documents.collection(jobCollection).get(id);
    if (kept) return shownJob(kept.body, Date.now());
    throw new CarelakeError('JOB_NOT_FOUND', `There is no job ${id.slice(0, 100)}.`);
  }

  /** @throws TRAINING_RUNNING */
  async start(model: ModelName, settings: TrainingSettings): Promise<Job> {
    if (this.#running) {
      const { id, model: other } = this.#running.job;
      throw new CarelakeError('TRAINING_RUNNING', `${other} is being trained: /api/jobs/${id}.`);
    }
    const job: Job = {
      ...{ id: orderedId(), kind: 'train', model, state: 'running' },
      progress: { share: 0, what: 'starting' },
      started_at: new Date().toISOString(),
      ...{ finished_at: null, result: null, error: null },
    };
    const nothing = Promise.resolve();
    const running: Running = { job, stop: new AbortController(), over: nothing, kept: nothing };
    this.#running = running;
    try {
      await (await this.#collection()).insert(job.id, { job, seen_at: job.started_at });
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
    running.over = this.#follow(running, model, settings);
    return job;
  }

  /** Asks a job that runs in this server to end; of another nothing changes. @throws JOB_NOT_FOUND */
  async stop(id: string): Promise<Job> {
    if (this.#running?.job.id === id) await this.#end('Somebody asked for it.');
    return this.get(id);
  }

  async close(): Promise<void> {
    await this.#end('The server is stopping.');
  }

  async #end(why: string): Promise<void> {
    this.#running?.stop.abort(new CarelakeError('TRAINING_STOPPED', why));
    await this.#running?.over;
  }

  async #follow(running: Running, model: ModelName, settings: TrainingSettings): Promise<void> {
    const { signal } = running.stop;
    const change = (some: Partial<Job>): void => {
      running.job = { ...running.job, ...some };
    };
    const onProgress = (done: number, total: number, what: string): void =>
      change({ progress: { share: Math.min(1, done / total), what } });
    const beat = setInterval(() => void this.#keep(running), beatMs);
    try {
      signal.throwIfAborted();
      const result = await this.#parts.train(model, settings, { signal, onProgress });
      change({ state: 'done', result, progress: { share: 1, what: 'done' } });
    } catch (error) {
      const coded = signal.aborted ? (signal.reason as CarelakeError) : this.#codedOf(error);
      noteKeptBack(`Job ${running.job.id}`, coded, this.#parts.report);
      change({ state: isCoded(coded, 'TRAINING_STOPPED') ? 'stopped' : 'failed', error: errorOf(coded) });
    }
    clearInterval(beat);
    change({ finished_at: new Date().toISOString() });
    await this.#keep(running);
    this.#running = undefined;
  }

  #own(id: string): Job | undefined {
    return this.#running?.job.id === id ? this.#running.job : this.#unkept.get(id);
  }

  /** How far it is now; never throws. */
  #keep(running: Running): Promise<void> {
    running.kept = running.kept.then(async () => {
      const { job } = running;
      try {
        const collection = await this.#collection();
        // Nobody else writes it; a write that threw may have been made.
        const { revision = 0 } = (await collection.get(job.id)) ?? {};
        const written = await collection.replace(job.id, revision, { job, seen_at: new Date().toISOString() });
        if (!written) throw new Error(`The document of job ${job.id} is gone.`);
      } catch (error) {
        this.#parts.report(failureText(error));
        if (job.state !== 'running') this.#unkept.set(job.id, job);
      }
    });
    return running.kept;
  }

  async #collection() {
    return (await this.#parts.records()).documents.collection(jobCollection);
  }

  #codedOf(error: unknown): CarelakeError {
    if (error instanceof CarelakeError) return error;
    this.#parts.report(failureText(error));
    return new CarelakeError('INTERNAL', 'The server has written down what happened.', { cause: error });
  }
}
