// Answers a query of metrics over the published tables.
import type { Dimension } from '../../catalog/metrics/dimension.js';
import type { FactTable } from '../../catalog/metrics/facts.js';
import { behaviourOf, type Metric } from '../../catalog/metrics/metric.js';
import type { Dialect } from '../../engine/dialect.js';
import { compile } from './compile.js';
import { type Counting, type CountingPlace, count, emptyTables } from './count.js';
import { countedFor } from './counted.js';
import { Cell, numberOf } from './number.js';
import { inOrder } from './order.js';
import { periodText } from './period.js';
import { conditionsBefore, keysAfter } from './previous.js';
import type { Key, Request, Value } from './query.js';
import { readQuery } from './read-query.js';

/** By the name of the metric; null where there is no number to be told, as the metric's behaviour says. */
export type Numbers = Readonly<Record<string, number | null>>;

export interface MetricRow {
  /** By the name of the dimension; null is "missing". */
  readonly by: Readonly<Record<string, Value>>;
  readonly values: Numbers;
  /** Of the period before, where it was asked for. */
  readonly previous?: Numbers;
}

export interface MetricAnswer {
  readonly metrics: readonly {
    readonly name: string;
    readonly label: string;
    readonly unit: string | null;
    readonly format: Metric['format'];
    /** Whether the rows add up to the total; where not, `why`, and the total is computed anew. */
    readonly additive: boolean;
    readonly why: string | null;
  }[];
  readonly by: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly MetricRow[];
  /** How many rows there are, of which `rows` are the first. */
  readonly groups: number;
  /** Of everything that the conditions let through, whatever the limit. */
  readonly total: Omit<MetricRow, 'by'>;
}

/**
 * Answers a query, which may be anything that a stranger sent.
 * @throws METRIC_QUERY_INVALID with everything that is wrong with it; METRIC_TOO_MANY_GROUPS; ENGINE_…
 */
export async function answerMetrics(input: unknown, place: CountingPlace): Promise<MetricAnswer> {
  const request = readQuery(input);
  const { metrics, by } = request;
  const now = await count(request, place);
  const before = request.compare ? await countBefore(request, place) : undefined;
  const empty = await emptyTables(uncounted(metrics, now), place);
  const numbers = (cell: Cell): Numbers =>
    Object.fromEntries(metrics.map((metric) => [metric.name, numberOf(metric, cell, (table) => empty.has(table))]));
  const withPrevious = (cell: Cell, previous: Cell | undefined) => ({
    values: numbers(cell),
    ...(previous && { previous: numbers(previous) }),
  });
  const rows = beside(now, before).map(({ keys, cell, previous }) => ({ keys, ...withPrevious(cell, previous) }));
  return {
    metrics: metrics.map(described),
    by: by.map(({ name, label }) => ({ name, label })),
    rows: inOrder(rows, request)
      .slice(0, request.limit)
      .map(({ keys, ...row }) => ({ by: valuesOf(by, keys), ...row })),
    groups: rows.length,
    total: withPrevious(now.whole, before?.whole),
  };
}

/** The tables that an answer is counted from. @throws METRIC_QUERY_INVALID */
export function tablesCounted(input: unknown, dialect: Dialect): FactTable[] {
  return [...new Set(compile(readQuery(input), dialect).flatMap(({ tables }) => tables))];
}

async function countBefore(request: Request, place: CountingPlace): Promise<Counting> {
  const { groups, whole } = await count({ ...request, where: conditionsBefore(request.where) }, place);
  const after = keysAfter(request.where, request.by);
  return { groups: groups.map(({ keys, cell }) => ({ keys: after(keys), cell })), whole };
}

/** Every group of either period once, with what was counted in each. */
function beside(now: Counting, before: Counting | undefined) {
  const nameOf = (keys: readonly Key[]): string => JSON.stringify(keys);
  const present = new Map(now.groups.map(({ keys, cell }) => [nameOf(keys), { keys, cell }]));
  const past = new Map(before?.groups.map(({ keys, cell }) => [nameOf(keys), { keys, cell }]));
  return [...new Map([...past, ...present]).entries()].map(([name, { keys }]) => ({
    keys,
    cell: present.get(name)?.cell ?? new Cell(),
    previous: before && (past.get(name)?.cell ?? new Cell()),
  }));
}

/** The tables of which no row was counted: they may hold none. */
function uncounted(metrics: readonly Metric[], { whole }: Counting): FactTable[] {
  const none = metrics.flatMap(countedFor).filter((counted) => whole.get(counted, '_rows') === 0);
  return [...new Set(none.map(({ table }) => table))];
}

function described(metric: Metric): MetricAnswer['metrics'][number] {
  const { name, label, unit = null, format } = metric;
  const { additive, why = null } = behaviourOf(metric);
  return { name, label, unit, format, additive, why };
}

function valuesOf(by: readonly Dimension[], keys: readonly Key[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    by.map(({ name, period }, index) => {
      const key = keys[index] ?? null;
      return [name, period && typeof key === 'number' ? periodText(period, key) : (key as Value)];
    }),
  );
}
