// Conditions as one line of text each, on the command line and in addresses: `gender=Male`, `facility!=North`, `month=2025-01..2025-06`, `gender=` for missing.
import { dimensions } from '../../catalog/metrics.js';
import { CarelakeError } from '../../errors.js';
import type { Filter, Value } from './query.js';

/**
 * The conditions as a query has them. What is said of one dimension several times is one list.
 * @throws METRIC_QUERY_INVALID where one is not of that form.
 */
export function whereOf(conditions: readonly string[]): Readonly<Record<string, Filter>> {
  const where = new Map<string, Filter>();
  for (const condition of conditions) {
    const found = /^([^=!]+)(!?=)(.*)$/s.exec(condition);
    if (!found) {
      const message = `A condition is dimension=value or dimension!=value, not "${condition.slice(0, 100)}".`;
      throw new CarelakeError('METRIC_QUERY_INVALID', message, { faults: [{ field: 'where', message }] });
    }
    const [, name = '', sign, text = ''] = found;
    const filter = where.get(name) ?? {};
    const value: Value = text === '' ? null : text;
    const range = /^(.*)[.][.](.*)$/s.exec(text);
    if (sign === '!=') where.set(name, { ...filter, not: [...(filter.not ?? []), value] });
    else if (range && periods.has(name)) where.set(name, { ...filter, ...bounds(range[1], range[2]) });
    else where.set(name, { ...filter, in: [...(filter.in ?? []), value] });
  }
  return Object.fromEntries(where);
}

const periods = new Set(dimensions.filter(({ period }) => period).map(({ name }) => name));

function bounds(from = '', to = ''): Filter {
  return { ...(from !== '' && { from }), ...(to !== '' && { to }) };
}
