// Checks of records that the reader could not take apart: they never become rows of a table.
import { type Reason, reasons } from '../reasons.js';
import { type Check, check } from './check.js';

const unreadable = [
  'too_few_fields',
  'too_many_fields',
  'quote_unterminated',
  'text_after_quote',
  'record_too_long',
  'nul_byte',
] as const satisfies readonly Reason[];

export const recordChecks: readonly Check[] = unreadable.map((reason) =>
  check({
    id: `records.${reason}`,
    category: 'value',
    severity: 'critical',
    table: null,
    field: null,
    threshold: 0.001,
    explanation: `${reasons[reason]} It is rejected.`,
    look: { at: 'files', reason },
  }),
);
