// What a check can come to, in the order in which it matters to a reader.
import type { CheckStatus } from '../../../src/pipeline/quality/score.ts';

export const statuses = ['failed', 'waived', 'passed', 'not applicable'] as const satisfies readonly CheckStatus[];

/** A sign beside the word: nothing is told by colour alone. */
export const statusNames: Readonly<Record<CheckStatus, { label: string; sign: string; tone: string }>> = {
  failed: { label: 'Failed', sign: '✗', tone: 'bad' },
  waived: { label: 'Waived', sign: '–', tone: 'held' },
  passed: { label: 'Passed', sign: '✓', tone: 'good' },
  'not applicable': { label: 'No data', sign: '·', tone: 'quiet' },
};
