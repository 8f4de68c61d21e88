// The conditions of a query: which values of which dimension, checked against the values that it has.
import type { Dimension } from '../../catalog/metrics/dimension.js';
import { dimensions } from '../../catalog/metrics.js';
import type { Faults } from './faults.js';
import { periodForms, periodNumber } from './period.js';
import type { Condition, Key } from './query.js';

const filterParts = ['in', 'not', 'from', 'to'];
const mostValues = 1000;

export function readWhere(input: unknown, faults: Faults): Condition[] {
  if (!isObject(input)) {
    faults.add('where', input, 'It must be an object with the names of dimensions.');
    return [];
  }
  const names = dimensions.map(({ name }) => name);
  return Object.entries(input).flatMap(([name, filter]) => {
    const field = `where.${name}`;
    if (!faults.known(name, field, names, 'dimension')) return [];
    const dimension = dimensions.find((candidate) => candidate.name === name) as Dimension;
    return [
      readFilter(
        dimension,
        isObject(filter) ? filter : { in: Array.isArray(filter) ? filter : [filter] },
        field,
        faults,
      ),
    ];
  });
}

function readFilter(
  dimension: Dimension,
  filter: Readonly<Record<string, unknown>>,
  field: string,
  faults: Faults,
): Condition {
  for (const part of Object.keys(filter)) faults.known(part, `${field}.${part}`, filterParts, 'part of a condition');
  if (Object.keys(filter).length === 0) faults.add(field, filter, 'It must name what is wanted.');
  const bound = (part: 'from' | 'to'): number | undefined => {
    const value = filter[part];
    if (value === undefined) return undefined;
    if (!dimension.period) faults.add(`${field}.${part}`, value, 'Only month, quarter and year have a from and a to.');
    else if (value === null)
      faults.add(`${field}.${part}`, value, `It must be of the form ${periodForms[dimension.period]}.`);
    else return keyOf(dimension, value, `${field}.${part}`, faults) as number | undefined;
    return undefined;
  };
  const condition = {
    dimension,
    ...(filter.in !== undefined && { in: keysOf(dimension, filter.in, `${field}.in`, faults) }),
    ...(filter.not !== undefined && { not: keysOf(dimension, filter.not, `${field}.not`, faults) }),
    ...defined({ from: bound('from'), to: bound('to') }),
  };
  if (condition.from !== undefined && condition.to !== undefined && condition.from > condition.to) {
    faults.add(field, `${filter.from} to ${filter.to}`, 'The from must not lie after the to.');
  }
  return condition;
}

function keysOf(dimension: Dimension, input: unknown, field: string, faults: Faults): Key[] {
  if (!Array.isArray(input) || input.length === 0 || input.length > mostValues) {
    faults.add(field, input, `It must be a list of 1 to ${mostValues} values.`);
    return [];
  }
  return input.flatMap((value: unknown) => {
    const key = keyOf(dimension, value, field, faults);
    return key === undefined ? [] : [key];
  });
}

function keyOf(dimension: Dimension, value: unknown, field: string, faults: Faults): Key | undefined {
  if (value === null) return null;
  if (typeof value !== 'string') {
    faults.add(field, value, 'A value must be a text, or null for missing.');
    return undefined;
  }
  if (dimension.period) {
    const number = periodNumber(dimension.period, value);
    if (number === undefined) faults.add(field, value, `It must be of the form ${periodForms[dimension.period]}.`);
    return number;
  }
  if (dimension.values && !faults.known(value, field, dimension.values, dimension.label.toLowerCase()))
    return undefined;
  return value;
}

const isObject = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

function defined(bounds: { from: number | undefined; to: number | undefined }): { from?: number; to?: number } {
  return {
    ...(bounds.from !== undefined && { from: bounds.from }),
    ...(bounds.to !== undefined && { to: bounds.to }),
  };
}
