// What is wrong with a query is told at once, with what is known and what was probably meant.
import { describe, expect, test } from 'vitest';
import { readQuery } from '../../../src/analytics/metrics/read-query.js';
import { dimensions, metrics, reaches } from '../../../src/catalog/metrics.js';
import { CarelakeError, type Fault } from '../../../src/errors.js';

function faultsOf(query: unknown): readonly Fault[] {
  try {
    readQuery(query);
  } catch (error) {
    if (error instanceof CarelakeError && error.code === 'METRIC_QUERY_INVALID') return error.faults;
    throw error;
  }
  return [];
}

test('a query that is right is read with what it leaves unsaid', () => {
  expect(readQuery({ metrics: ['total_visits'] })).toMatchObject({
    by: [],
    where: [],
    sort: [],
    limit: 1000,
    compare: false,
  });
  const where = { gender: 'Female', month: ['2024-02', null], year: { from: '2023' } };
  expect(
    readQuery({ metrics: ['total_visits'], by: ['source'], sort: ['-total_visits', 'source'], where }),
  ).toMatchObject({
    where: [{ in: ['Female'] }, { in: [24289, null] }, { from: 2023 }],
    sort: [
      { name: 'total_visits', descending: true },
      { name: 'source', descending: false },
    ],
  });
});

test('all faults are told at once', () => {
  const faults = faultsOf({
    metrics: ['Totl Visits', 7, 'deaths', 'deaths'],
    by: ['gendr'],
    where: {
      month: '2024-13',
      gender: 'male',
      planet: 'Mars',
      facility: { from: 'A' },
      year: { from: '2024', to: '2023' },
    },
    sort: ['-total_patients'],
    limit: 0,
    compare: 'next',
    having: 1,
  });
  expect(faults.map(({ field }) => field)).toEqual([
    'having',
    'metrics[1]',
    'metrics[0]',
    'metrics[3]',
    'by[0]',
    'where.month.in',
    'where.gender.in',
    'where.planet',
    'where.facility.from',
    'where.year',
    'sort[0]',
    'limit',
    'compare',
  ]);
  const message = (field: string) => faults.find((fault) => fault.field === field)?.message;
  expect(message('metrics[0]')).toMatch(/Did you mean total_visits\? There are: .*readmission_rate/);
  expect(message('by[0]')).toContain('Did you mean gender?');
  expect(message('where.gender.in')).toContain('Did you mean Male?');
  expect(message('where.month.in')).toContain('2024-03');
  expect(message('sort[0]')).toContain('There are: deaths');
});

test.each([
  ['nothing', undefined, 'query'],
  ['a list', [], 'query'],
  ['a text', 'total_visits', 'query'],
  ['no metric', { metrics: [] }, 'metrics'],
  ['metrics that are no list', { metrics: 'total_visits' }, 'metrics'],
  ['too many dimensions', { metrics: ['total_visits'], by: ['gender', 'smoker', 'source', 'year'] }, 'by'],
  ['a dimension twice', { metrics: ['total_visits'], by: ['gender', 'gender'] }, 'by[1]'],
  ['a where that is no object', { metrics: ['total_visits'], where: ['gender'] }, 'where'],
  ['an empty condition', { metrics: ['total_visits'], where: { gender: {} } }, 'where.gender'],
  ['a condition of no value', { metrics: ['total_visits'], where: { gender: [] } }, 'where.gender.in'],
  [
    'a condition of another kind',
    { metrics: ['total_visits'], where: { gender: { like: 'M%' } } },
    'where.gender.like',
  ],
  ['a value that is no text', { metrics: ['total_visits'], where: { location: [{ $ne: null }] } }, 'where.location.in'],
  ['too many values', { metrics: ['total_visits'], where: { location: Array(1001).fill('x') } }, 'where.location.in'],
  ['a bound that is missing', { metrics: ['total_visits'], where: { year: { from: null } } }, 'where.year.from'],
  ['a limit that is no number', { metrics: ['total_visits'], limit: '10' }, 'limit'],
  ['names of every object', { metrics: ['constructor'], where: {} }, 'metrics[0]'],
  ['dimensions of every object', { metrics: ['deaths'], where: { toString: 'x' } }, 'where.toString'],
])('%s is refused', (_, query, field) => {
  expect(faultsOf(query).map((fault) => fault.field)).toEqual([field]);
});

test('of a long value only the start is told', () => {
  const [fault] = faultsOf({ metrics: ['x'.repeat(10_000)] });
  expect(fault?.value).toHaveLength(100);
});

describe('a dimension that rows of the table do not have', () => {
  test('is refused with the reason, and who can go by it', () => {
    const [fault] = faultsOf({ metrics: ['total_patients'], by: ['disease'] });
    expect(fault).toMatchObject({ field: 'metrics', value: 'total_patients' });
    expect(fault?.message).toContain('no single disease belongs to a patient');
    expect(fault?.message).toMatch(/by disease go .*patients_seen/);
  });

  test('is refused of every metric and dimension that do not meet, in by and in where, and of no other', () => {
    for (const metric of metrics) {
      for (const { name, places, ...dimension } of dimensions) {
        const meet = reaches(metric, { name, places, ...dimension });
        expect(faultsOf({ metrics: [metric.name], by: [name] })).toHaveLength(meet ? 0 : 1);
        expect(faultsOf({ metrics: [metric.name], where: { [name]: null } })).toHaveLength(meet ? 0 : 1);
      }
    }
  });
});

describe('the period before', () => {
  const ask = (where: object, by: string[] = []) => faultsOf({ metrics: ['deaths'], by, where, compare: 'previous' });

  test.each([
    ['no period', {}],
    ['an open one', { month: { from: '2024-01' } }],
    ['two of them', { month: '2024-01', year: '2024' }],
    ['several values', { year: ['2023', '2024'] }],
    ['a missing one', { year: null }],
    ['all but one', { year: { not: ['2024'] } }],
  ])('of %s is refused', (_, where) => {
    expect(ask(where).map(({ field }) => field)).toEqual(['compare']);
  });

  test('must be as long as the periods that rows go by, or several times', () => {
    expect(ask({ month: { from: '2024-01', to: '2024-06' } }, ['quarter'])).toEqual([]);
    expect(ask({ month: { from: '2024-01', to: '2024-05' } }, ['quarter'])).toHaveLength(1);
    expect(ask({ quarter: '2024-Q2' }, ['month'])).toEqual([]);
    expect(ask({ quarter: '2024-Q2' }, ['year'])).toHaveLength(1);
  });
});
