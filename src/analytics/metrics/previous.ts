// The period of equal length before the one that is asked for, and the row of it that stands beside a row.
import type { Dimension } from '../../catalog/metrics/dimension.js';
import type { Faults } from './faults.js';
import { monthsOf } from './period.js';
import type { Condition, Key } from './query.js';

interface Span {
  readonly condition: Condition;
  readonly from: number;
  readonly to: number;
}

/** Refuses what has no period before it. */
export function comparable(by: readonly Dimension[], where: readonly Condition[], faults: Faults): void {
  const periods = where.filter(({ dimension }) => dimension.period);
  const span = spanOf(where);
  if (!span) {
    const message = 'The period to compare must be one: give month, quarter or year a from and a to, or one value.';
    faults.add('compare', periods.map(({ dimension }) => dimension.name).join(', '), message);
    return;
  }
  const months = monthsIn(span);
  for (const { name, period } of by) {
    if (period && months % monthsOf(period) !== 0) {
      faults.add('compare', name, `A ${period} cannot be compared with one that lies ${months} months before it.`);
    }
  }
}

/** The same conditions, for the period before. */
export function conditionsBefore(where: readonly Condition[]): Condition[] {
  const span = requiredSpan(where);
  const length = span.to - span.from + 1;
  return where.map((condition) =>
    condition === span.condition
      ? { dimension: condition.dimension, from: span.from - length, to: span.to - length }
      : condition,
  );
}

/** The keys of the row that a row of the period before stands beside. */
export function keysAfter(where: readonly Condition[], by: readonly Dimension[]): (keys: readonly Key[]) => Key[] {
  const months = monthsIn(requiredSpan(where));
  return (keys) =>
    keys.map((key, index) => {
      const period = by[index]?.period;
      return period && typeof key === 'number' ? key + months / monthsOf(period) : key;
    });
}

function monthsIn({ condition, from, to }: Span): number {
  return (to - from + 1) * monthsOf(condition.dimension.period ?? 'month');
}

function requiredSpan(where: readonly Condition[]): Span {
  const span = spanOf(where);
  if (!span) throw new Error('The query was read without a look at the period to compare.');
  return span;
}

/** The one run of periods that the conditions name. */
function spanOf(where: readonly Condition[]): Span | undefined {
  const [condition, ...others] = where.filter(({ dimension }) => dimension.period);
  if (!condition || others.length > 0 || condition.not) return undefined;
  const [only, ...more] = condition.in ?? [];
  if (typeof only === 'number' && more.length === 0 && condition.from === undefined && condition.to === undefined) {
    return { condition, from: only, to: only };
  }
  const { from, to } = condition;
  return condition.in || from === undefined || to === undefined ? undefined : { condition, from, to };
}
