// A training that somebody asked for, as answers show it and as it is kept: what came of it is known after a restart, too, and to
// every server of the workspace.
import { type Static, Type } from 'typebox';
import { CarelakeError } from '../../errors.js';
import { modelLineSchema } from '../../models/line.js';
import type { CollectionDefinition } from '../../records/documents.js';
import { toldOf } from '../of-the-house.js';

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
  id: '019c8f3a-1d2e-7f57-9f0e-3d8d0e6c2b11',
  kind: 'train',
  model: 'readmission',
  state: 'running',
  progress: { share: 0.4, what: 'Random forest, 4 of 6' },
  started_at: '2026-03-01T08:15:30.123Z',
  finished_at: null,
  result: null,
  error: null,
};

export interface KeptJob {
  readonly job: Job;
  /** When the server that runs it last said how far it is. */
  readonly seen_at: string;
  readonly [field: string]: unknown;
}

/** By id, which begins with the time. */
export const jobCollection: CollectionDefinition<KeptJob> = { name: 'jobs', indexed: [] };

/** How often a server says how far a job is; one that says nothing for so long has ended. Milliseconds. */
export const beatMs = 10_000;
const silenceMs = 60_000;

/** A job whose server has ended without a word is stopped. */
export function shownJob({ job, seen_at }: KeptJob, now: number): Job {
  if (job.state !== 'running' || now - Date.parse(seen_at) < silenceMs) return job;
  const error = errorOf(new CarelakeError('TRAINING_STOPPED', 'The server that ran it has ended.'));
  return { ...job, state: 'stopped', finished_at: seen_at, error };
}

export const errorOf = (error: CarelakeError) => ({
  code: error.code,
  message: toldOf(error),
  fix: error.entry.fix,
});
