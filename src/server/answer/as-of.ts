// Which run an answer comes from, as it stands beside the answer.
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Manifest } from '../../pipeline/publish/manifest.js';
import { answerOf, runOf } from './answer.js';

export const asOfExample = {
  run: '000002-1f0c9a7b',
  date: '2026-03-01',
  finished_at: '2026-03-01T08:15:30.123Z',
  pending_entries: 0,
};

export const asOfSchema = Type.Object(
  {
    run: Type.String({ description: 'The published run that every part of the answer comes from.' }),
    date: Type.String({ format: 'date', description: 'The day that ages are counted at.' }),
    finished_at: Type.String({ format: 'date-time' }),
    pending_entries: Type.Integer({ minimum: 0, description: 'Entries that no run has read yet.' }),
  },
  { examples: [asOfExample] },
);

/** @param pending How many entries that run has not read. */
export const asOf = ({ id, as_of, finished_at }: Manifest, pending: number) => ({
  run: id,
  date: as_of,
  finished_at,
  pending_entries: pending,
});

/** Of a request that reads the published run. */
export const asOfRun = (request: FastifyRequest) => asOf(runOf(request).manifest, answerOf(request).typed.count);
