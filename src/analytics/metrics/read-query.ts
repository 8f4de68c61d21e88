// From what somebody wrote to a request that can be answered, or all that is wrong with it at once.
import type { Dimension } from '../../catalog/metrics/dimension.js';
import { rowOf } from '../../catalog/metrics/facts.js';
import type { Metric } from '../../catalog/metrics/metric.js';
import { dimensions, dimensionsOf, metrics, reaches } from '../../catalog/metrics.js';
import { Faults } from './faults.js';
import { comparable } from './previous.js';
import type { MetricQuery, Order, Request } from './query.js';
import { readWhere } from './read-where.js';

const parts = ['metrics', 'by', 'where', 'sort', 'limit', 'compare'];
const mostBy = 3;
const mostRows = 10_000;
const rowsUnlessSaid = 1000;

/**
 * Checks a query, which may be anything that a stranger sent.
 * @throws METRIC_QUERY_INVALID with a fault for everything that is wrong, each naming what is known and what was probably meant.
 */
export function readQuery(input: unknown): Request {
  const faults = new Faults();
  const query = objectOf(input, faults);
  for (const name of Object.keys(query)) faults.known(name, name, parts, 'part of a query');
  const asked = named(query.metrics, 'metrics', metrics, faults);
  if (Array.isArray(query.metrics) && query.metrics.length === 0)
    faults.add('metrics', undefined, 'At least one metric must be named.');
  const by = named(query.by ?? [], 'by', dimensions, faults);
  if (by.length > mostBy) faults.add('by', undefined, `At most ${mostBy} dimensions can be combined.`);
  const where = readWhere(query.where ?? {}, faults);
  for (const metric of asked) {
    for (const dimension of new Set([...by, ...where.map((condition) => condition.dimension)])) {
      if (!reaches(metric, dimension)) faults.add('metrics', metric.name, unreachable(metric, dimension));
    }
  }
  const sort = readSort(query.sort ?? [], [...asked, ...by], faults);
  const limit = query.limit ?? rowsUnlessSaid;
  if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > mostRows) {
    faults.add('limit', limit, `The limit must be a whole number from 1 to ${mostRows}.`);
  }
  if (query.compare !== undefined && query.compare !== 'previous') {
    faults.add('compare', query.compare, 'Only "previous" can be compared with.');
  }
  const compare = query.compare === 'previous';
  if (compare && faults.none) comparable(by, where, faults);
  faults.refuse();
  return { metrics: asked, by, where, sort, limit: Number(limit), compare };
}

function objectOf(input: unknown, faults: Faults): Partial<Record<keyof MetricQuery, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  faults.add('query', input, `A query is an object with ${parts.join(', ')}.`);
  faults.refuse();
  return {};
}

/** The metrics or dimensions of these names, each once. */
function named<Thing extends { readonly name: string }>(
  input: unknown,
  field: 'metrics' | 'by',
  known: readonly Thing[],
  faults: Faults,
): Thing[] {
  const names = known.map(({ name }) => name);
  const found: Thing[] = [];
  for (const { place, text } of faults.texts(input, field)) {
    if (!faults.known(text, place, names, field === 'by' ? 'dimension' : 'metric')) continue;
    const thing = known.find((candidate) => candidate.name === text) as Thing;
    if (found.includes(thing)) faults.add(place, text, 'It is named twice.');
    else found.push(thing);
  }
  return found;
}

function unreachable(metric: Metric, dimension: Dimension): string {
  const row = rowOf[metric.table];
  const others = metrics.filter((other) => reaches(other, dimension)).map(({ name }) => name);
  return (
    `${metric.name} has no ${dimension.name}: its rows are one for every ${row}, and no single ${dimension.label.toLowerCase()} belongs to a ${row}. ` +
    `It goes by ${dimensionsOf(metric)
      .map(({ name }) => name)
      .join(', ')}; by ${dimension.name} go ${others.join(', ')}.`
  );
}

function readSort(input: unknown, sortable: readonly { readonly name: string }[], faults: Faults): Order[] {
  const names = sortable.map(({ name }) => name);
  return faults.texts(input, 'sort').map(({ place, text }) => {
    const descending = text.startsWith('-');
    const name = descending ? text.slice(1) : text;
    faults.known(name, place, names, 'metric or dimension of the query');
    return { name, descending };
  });
}
