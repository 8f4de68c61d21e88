// What may not stand in the SQL of a step, because DuckDB and Spark read it differently or only one of them reads it
// (docs/portable-sql.md). What differs by name belongs into a `Dialect`; the lint sees the SQL of one whose functions have
// names of their own, so that an engine's own function outside of it is found.
import type { Dialect } from '../../src/engine/dialect.js';
import { literal } from '../../src/engine/sql-text.js';

export interface Rule {
  readonly name: string;
  /** Where it is looked for: SQL without its texts and names, or each text. */
  readonly where: 'sql' | 'text';
  readonly pattern: RegExp;
  readonly instead: string;
}

export const rules: readonly Rule[] = [
  sql('cast by ::', /::/, 'cast(x as bigint)'),
  sql('cast to varchar', /\bas\s+(varchar|char|text)\b/, 'cast(x as string)'),
  sql(
    'a type of one engine',
    /\b(hugeint|uhugeint|ubigint|uinteger|usmallint|utinyint|float4|float8|int[248]|uuid|timestamptz|timestamp_(s|ms|ns|ltz|ntz)|time|interval|blob|binary|json|variant|struct|map)\b(?!\s*\.)/,
    'bigint, int, double, decimal(p,s), date, timestamp, boolean, string',
  ),
  sql('QUALIFY', /\bqualify\b/, 'a subquery with row_number() as rn, and where rn = 1'),
  sql('DISTINCT ON', /\bdistinct\s+on\b/, 'a subquery with row_number() as rn, and where rn = 1'),
  sql(
    'count of several columns',
    /\bcount\s*\(\s*distinct\s+[^(),]+,/,
    'count(*) over a subquery that selects distinct',
  ),
  sql('DISTINCT in a window', /\(\s*distinct\b[^()]*\)\s*over\b/, 'a subquery that selects distinct'),
  sql('FILTER in a window', /\bfilter\s*\([^()]*\)\s*over\b/, 'count(case when … then 1 end) over'),
  sql('GROUP BY ALL', /\b(group|order)\s+by\s+all\b/, 'the columns by name'),
  sql(
    'ILIKE',
    /\b(ilike|similar\s+to|rlike|regexp|glob)\b|!?~/,
    "lower(x) like '…', or regexp_extract(x, '^(…)$', 0) = x",
  ),
  sql('whole division by //', /\/\//, 'floor(a / nullif(b, 0))'),
  sql('power by ^ or **', /\^|\*\*/, 'power(a, b)'),
  sql('trim of any blank', /\btrim\s*\((?!\s*both\b)|\b[lr]trim\s*\(/, "trim(both ' ' from x)"),
  sql('round of a double', /\bround\s*\((?!\s*cast\s*\()/, 'round(cast(x as decimal(18,6)), 2)'),
  sql(
    'a part of a date as it is',
    /(?<!\bcast\s*\(\s*)\b(extract|date_trunc)\s*\(/,
    'cast(extract(year from d) as bigint)',
  ),
  sql('a list or struct', /[[\]{}]/, 'Dialect.split, Dialect.explode, Dialect.join'),
  sql('a lambda', /->/, 'Dialect.explode and a group'),
  sql('* EXCLUDE', /\*\s+(exclude|except|replace|rename)\s*\(|\bcolumns\s*\(/, 'the columns by name'),
  sql('a union by name', /\bby\s+name\b/, 'the columns in one order'),
  sql('a join of one engine', /\b(asof|positional)\s+join\b|\bpivot\b|\bunpivot\b/, 'a join on equal values'),
  sql('a recursive query', /\brecursive\b/, 'as many joins as there are levels'),
  sql('LIMIT', /\blimit\b|\bsample\b|\btablesample\b/, 'row_number() in a total order'),
  sql(
    'the clock',
    /\b(now|today|get_current_\w+)\s*\(|\b(current_(date|time|timestamp)|localtime(stamp)?)\b/,
    'a date of the plan: as_of, landed',
  ),
  sql('NOT IN with a subquery', /\bnot\s+in\s*\(\s*(select|with)\b/, 'anti join, which NULL does not empty'),
  sql('cast to boolean', /(?<!\bnull\s+)\bas\s+boolean\b/, "case lower(x) when 'true' then true … end"),
  sql(
    'a cast of a text that no pattern has let through',
    /(?<!\bthen\b(?:(?!\b(?:when|else|end|select|where)\b).)*)\btry_cast\s*\((?!\s*(?:case|try_cast)\b)/s,
    "case when Dialect.fullMatch(x, '…') then try_cast(x as …) end",
  ),
  sql(
    'division or remainder by what may be 0',
    /(?<![/])[/%](?![/])(?!\s*(?:nullif\s*\(|[0-9]*[1-9]))/,
    'a / nullif(b, 0), a % nullif(b, 0)',
  ),
  sql('sum without its type', /(?<!\bcast\s*\(\s*)\bsum\s*\(/, 'cast(sum(x) as bigint), or of decimals as decimal'),
  sql(
    'powers and logarithms to the last digit',
    /(?<!\bcast\s*\(\s*)\b(power|log10|ln)\s*\(/,
    'cast(ln(x) as decimal(18,6))',
  ),
  sql(
    'percentile of no double',
    /\bmedian\s*\((?!\s*cast\s*\()|\bwithin\s+group\s*\(\s*order\s+by\s+(?!cast\s*\()/,
    'percentile_cont(p) within group (order by cast(x as double))',
  ),
  sql(
    'LIKE by a pattern that is no text',
    /\blike\s+(?!''(?!\s*\|\|)|\S+\s+escape\b)/,
    "like '…', or an escape '!' of your own",
  ),
  sql(
    'a week or its day',
    /\bextract\s*\(\s*(dow|isodow|dayofweek\w*|week|yearofweek|isoyear|epoch)\b|\bextract\s*\(\s*''/,
    "cast(d - date '0001-01-01' as int) % 7, Monday 0",
  ),
  text('a backslash', /\\/, '[0-9], [.] and other classes without a backslash'),
  text('a class or look-around of one engine', /\[\[:|\(\?(?!i\))/, '[a-z], [0-9], (?i)'),
];

/**
 * Functions that mean the same on both engines, as they are used here. Any other is a fault: put what differs into
 * `Dialect`, and what does not into this list together with its row in docs/portable-sql.md.
 */
const functions = new Set([
  ...['cast', 'try_cast', 'coalesce', 'nullif', 'greatest', 'least'],
  ...[
    'length',
    'lower',
    'upper',
    'substr',
    'left',
    'right',
    'lpad',
    'replace',
    'translate',
    'split_part',
    'instr',
    'chr',
  ],
  ...['trim', 'concat_ws', 'regexp_extract', 'floor', 'round', 'power', 'log10', 'ln', 'extract'],
  ...['count', 'sum', 'min', 'max', 'max_by', 'min_by', 'percentile_cont', 'median'],
  ...['row_number', 'rank', 'dense_rank', 'lag', 'lead'],
  // The rendering of `Dialect` for the lint.
  ...[
    'dialect_sha256',
    'dialect_hash60',
    'dialect_replace_all',
    'dialect_full_match',
    'dialect_split',
    'dialect_explode',
    'dialect_join',
  ],
  'dialect_string_aggregate',
]);

/** Words that stand before a bracket and are no functions. */
const words = new Set([
  ...[
    'select',
    'from',
    'where',
    'on',
    'and',
    'or',
    'not',
    'in',
    'exists',
    'as',
    'over',
    'by',
    'having',
    'filter',
    'with',
  ],
  ...[
    'case',
    'when',
    'then',
    'else',
    'between',
    'union',
    'all',
    'except',
    'intersect',
    'distinct',
    'values',
    'join',
    'using',
  ],
  ...['decimal', 'both', 'group', 'sets', 'like', 'is', 'date'],
]);

export const lintDialect: Dialect = {
  name: 'duckdb',
  parameter: (name) => `:${name}`,
  sha256: (x) => `dialect_sha256(${x})`,
  hash60: (x) => `dialect_hash60(${x})`,
  fullMatch: (x, pattern) => `dialect_full_match(${x}, ${literal(pattern)})`,
  replaceAll: (x, pattern, replacement) => `dialect_replace_all(${x}, ${literal(pattern)}, ${literal(replacement)})`,
  split: (x, separator) => `dialect_split(${x}, ${literal(separator)})`,
  explode: (relation, array, as) => `(select r.*, dialect_explode(${array}) as "${as}" from ${relation} as r)`,
  join: (array, separator) => `dialect_join(${array}, ${literal(separator)})`,
};

/** What is not portable in one SELECT: `name: instead`, each once. */
export function faultsOf(select: string): string[] {
  const texts = [...select.matchAll(/'((?:[^']|'')*)'/g)].map(([, inner = '']) => inner);
  const bare = select
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/"(?:[^"]|"")*"/g, '""')
    .toLowerCase();
  const found = rules
    .filter(({ where, pattern }) => (where === 'sql' ? pattern.test(bare) : texts.some((one) => pattern.test(one))))
    .map(({ name, instead }) => `${name}: ${instead}`);
  // A common table expression may list its columns in brackets.
  const called = [...bare.matchAll(/(?<![.\w])([a-z_]\w*)\s*\(/g)].map(([, name = '']) => name);
  const unknown = [...new Set(called)].filter((name) => !functions.has(name) && !words.has(name));
  return [
    ...found,
    ...unknown.map((name) => `the function ${name}: one that both engines have, or a function of Dialect`),
  ];
}

function sql(name: string, pattern: RegExp, instead: string): Rule {
  return { name, where: 'sql', pattern, instead };
}

function text(name: string, pattern: RegExp, instead: string): Rule {
  return { name, where: 'text', pattern, instead };
}
