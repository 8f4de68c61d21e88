// A condition of a query as SQL. Its values are parameters, never text of the statement.
import type { Condition, Key } from './query.js';

export function conditionSql(
  value: string,
  { in: wanted, not: unwanted, from, to }: Condition,
  bind: (value: string | number) => string,
): string {
  const all = [
    ...(wanted ? [`(${oneOf(value, wanted, bind)})`] : []),
    ...(unwanted ? [noneOf(value, unwanted, bind)] : []),
    ...(from === undefined ? [] : [`${value} >= ${bind(from)}`]),
    ...(to === undefined ? [] : [`${value} <= ${bind(to)}`]),
  ];
  return all.join(' and ');
}

function oneOf(value: string, keys: readonly Key[], bind: (value: string | number) => string): string {
  const known = keys.filter((key) => key !== null);
  return [
    ...(known.length > 0 ? [`${value} in (${known.map(bind).join(', ')})`] : []),
    ...(keys.includes(null) ? [`${value} is null`] : []),
  ].join(' or ');
}

/** Rows without a value are none of the known ones: SQL alone would drop them. */
function noneOf(value: string, keys: readonly Key[], bind: (value: string | number) => string): string {
  const known = keys.filter((key) => key !== null);
  const other = known.length > 0 ? `${value} not in (${known.map(bind).join(', ')})` : '';
  if (keys.includes(null)) return [`${value} is not null`, ...(other ? [other] : [])].join(' and ');
  return `(${value} is null or ${other})`;
}
