// Which run an answer comes from, as it stands beside the answer.
import { Type } from 'typebox';
import type { Manifest } from '../../pipeline/publish/manifest.js';

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

export const asOf = ({ id, as_of, finished_at }: Manifest) => ({
  run: id,
  date: as_of,
  finished_at,
  pending_entries: 0,
});
