// Checks of what happened month by month: a file that lacks half a month is clean row by row.
import type { Check } from './check.js';
import { rowChecks, showing } from './rows.js';

export const monthChecks: readonly Check[] = rowChecks('months', [
  {
    name: 'visits.history',
    field: 'visits',
    category: 'temporal',
    severity: 'minor',
    threshold: 0.02,
    explanation:
      'A month has less than half or more than double the visits of the mean of up to twelve months before it, of which there are at least six with 30 visits in the mean. The last month of a source is left out: it may not be over.',
    applies: 'visits > 0',
    fails:
      'month < last_month and months_before >= 6 and visits_before >= 30 * months_before and (visits * 2 * months_before < visits_before or visits * months_before > 2 * visits_before)',
    shows: `${showing('visits')} || ' after ' || cast(visits_before as string) || ' in ' || cast(months_before as string) || ' months'`,
  },
  {
    name: 'month.gap',
    field: null,
    category: 'completeness',
    severity: 'minor',
    threshold: 0.02,
    explanation: 'Between this month and the one before it lies a month without any visit.',
    applies: 'visits > 0',
    fails: 'month_number - month_number_before > 1 and months_before >= 6 and visits_before >= 30 * months_before',
    shows: showing('month', 'month_before'),
  },
]);
