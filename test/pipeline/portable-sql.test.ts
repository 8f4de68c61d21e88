// Every step is written in the SQL that DuckDB and Spark read alike, and the lint that says so finds what is planted, for each
// row of the table of docs/portable-sql.md.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planRun, stepsOf } from '../../src/pipeline/plan.js';
import { inOrder } from '../../src/pipeline/runner.js';
import { fixedBatches } from './fixed-batches.js';
import { faultsOf, lintDialect, rules } from './portable-sql.js';

const steps = inOrder(stepsOf(planRun(fixedBatches)));

test.each(steps.map((step) => [step.name, step] as const))('%s is portable', (_, step) => {
  expect(faultsOf(step.sql(lintDialect))).toEqual([]);
});

describe('the lint', () => {
  const planted: Readonly<Record<string, readonly string[]>> = {
    'cast by ::': ['select x::bigint from t'],
    'cast to varchar': ['select cast(x as VARCHAR) from t', 'select cast(x as text) from t'],
    'a type of one engine': [
      'select cast(x as hugeint) from t',
      "select d + interval '1' day from t",
      'select cast(x as time) from t',
    ],
    QUALIFY: ['select * from t qualify row_number() over (partition by a order by b) = 1'],
    'DISTINCT ON': ['select distinct on (a) a, b from t'],
    'count of several columns': ['select count(distinct a, b) from t'],
    'DISTINCT in a window': ['select count(distinct a) over (partition by b) from t'],
    'FILTER in a window': ['select count(*) filter (where a) over (partition by b) from t'],
    'GROUP BY ALL': ['select a, count(*) from t group by all', 'select a from t order by ALL'],
    ILIKE: ["select * from t where a ilike 'x%'", "select * from t where a ~ 'x'", "select * from t where a rlike 'x'"],
    'whole division by //': ['select a // b from t'],
    'power by ^ or **': ['select a ^ 2 from t', 'select a ** 2 from t'],
    'trim of any blank': ['select trim(a) from t', 'select ltrim(a) from t'],
    'round of a double': ['select round(a, 2) from t'],
    'a part of a date as it is': ['select extract(year from d) from t', "select date_trunc('month', d) from t"],
    'a list or struct': ['select a[1] from t', "select {'a': 1} from t", 'select [a, b] from t'],
    'a lambda': ['select coalesce(a, x -> x + 1) from t'],
    '* EXCLUDE': ['select * exclude (a) from t', 'select * replace (1 as a) from t'],
    'a union by name': ['select a from t union all by name select a from u'],
    'a join of one engine': ['select * from t asof join u on t.a >= u.a'],
    'a recursive query': ['with recursive r as (select 1 as n) select n from r'],
    LIMIT: ['select a from t limit 1'],
    'the clock': ['select current_date from t', 'select now() from t'],
    'NOT IN with a subquery': ['select a from t where a not in (select b from u)'],
    'cast to boolean': ['select cast(a as boolean) from t', 'select try_cast(a as BOOLEAN) from t'],
    'a cast of a text that no pattern has let through': [
      'select try_cast(a as bigint) from t',
      'select coalesce(try_cast(a as date), b) from t',
      'select case when try_cast(a as double) > 1 then a end from t',
    ],
    'division or remainder by what may be 0': [
      'select a / b from t',
      'select a/count(*) from t',
      'select a % b from t',
      'select a / 0.0 from t',
    ],
    'sum without its type': ['select sum(a) from t', 'select sum(a) over (partition by b) from t'],
    'powers and logarithms to the last digit': ['select ln(a) from t', 'select power(a, 2) + 1 from t'],
    'percentile of no double': [
      'select median(a) from t',
      'select percentile_cont(0.5) within group (order by a) from t',
    ],
    'LIKE by a pattern that is no text': ['select * from t where a like b', "select * from t where a like '%' || b"],
    'a week or its day': ['select cast(extract(dow from d) as bigint) from t'],
    'a backslash': ["select regexp_extract(a, '\\d+', 0) from t"],
    'a class or look-around of one engine': [
      "select regexp_extract(a, '[[:digit:]]+', 0) from t",
      "select regexp_extract(a, 'a(?=b)', 0) from t",
    ],
  };

  test.each(rules.map((rule) => [rule.name, rule] as const))('finds %s and names the portable form', (name, rule) => {
    const examples = planted[name] ?? [];
    expect(examples).not.toHaveLength(0);
    for (const example of examples)
      expect([example, faultsOf(example)]).toEqual([example, expect.arrayContaining([`${name}: ${rule.instead}`])]);
  });

  test.each([
    ...['any_value(a)', 'mode(a)', 'first(a)', 'arbitrary(a)', "string_agg(a, ',')", "listagg(a, ',')", 'list(a)'],
    ...[
      'date_diff(a, b)',
      'datediff(a, b)',
      'strpos(a, b)',
      'len(a)',
      'concat(a, b)',
      'log(a)',
      'sha256(a)',
      'hash(a)',
    ],
    ...["regexp_replace(a, 'x', 'y')", "regexp_matches(a, 'x')", "string_split(a, ',')", 'unnest(a)', 'explode(a)'],
    ...['random()', "strptime(a, 'x')", 'to_date(a)', 'exp(a)', 'avg(a)', 'if(a, b, c)', 'iff(a, b, c)'],
  ])('finds %s, which is no function of both', (call) => {
    const name = call.slice(0, call.indexOf('('));
    expect(faultsOf(`select ${call} as x from t`)).toEqual([
      `the function ${name}: one that both engines have, or a function of Dialect`,
    ]);
  });

  test('leaves alone what stands in texts and names', () => {
    expect(faultsOf(`select '::', 'a ilike b', 'current_date', "limit", "a//b", 'it''s now()' from t`)).toEqual([]);
  });

  /** What the table says not to write, by what it is for. */
  const instead: Readonly<Record<string, readonly string[]>> = {
    'a cast': ['a::bigint'],
    types: ['cast(a as hugeint)', 'cast(a as varchar)', 'cast(a as uuid)', 'cast(a as time)'],
    'a full match': ["regexp_matches(a, 'x')", "a rlike 'x'", "regexp_full_match(a, 'x')"],
    'a pattern': [
      "regexp_extract(a, '\\d', 0)",
      "regexp_extract(a, '[[:digit:]]', 0)",
      "regexp_extract(a, 'a(?!b)', 0)",
    ],
    'text → integer': ['try_cast(a as bigint)'],
    'text → decimal': ['try_cast(a as decimal(18,6))', 'try_cast(a as double)'],
    'a power of ten in a text': ['try_cast(a as decimal(15,6))'],
    'text → date': ['try_cast(a as date)', "strptime(a, '%d.%m.%Y')", 'to_date(a)'],
    'text → timestamp': ['try_cast(a as timestamp)', 'to_timestamp(a)'],
    'text → boolean': ['cast(a as boolean)'],
    trim: ['trim(a)', 'rtrim(a)'],
    concatenation: ['concat(a, b)'],
    'integer ÷ integer, remainder': ['a / b', 'a // b', 'a % b'],
    'powers and logarithms': ['a ^ 2', 'log(a)', 'ln(a)'],
    'sum of integers': ['sum(a)'],
    'sum and mean of doubles': ['avg(a)', 'sum(a)'],
    rounding: ['round(a, 2)'],
    'days between': ["date_diff('day', a, b)", 'datediff(a, b)'],
    'day of the week': ['cast(extract(dow from a) as int)', 'dayofweek(a)'],
    'a part of a date': ['extract(year from a)', "date_trunc('month', a)", 'month(a)'],
    'the newest row of a key': ['a from t qualify row_number() over (order by a) = 1', 'distinct on (a) b'],
    'one of several values': ['any_value(a)', 'first(a)', 'mode(a)'],
    'distinct pairs': ['count(distinct a, b)'],
    'counting in a window': ['count(*) filter (where a) over (order by b)', 'count(distinct a) over (order by b)'],
    'LIKE with `%` or `_` in the text': ["a like '\\_%'", 'a like b'],
    'a row that has no partner': ['a from t where a not in (select b from u)'],
    'SHA-256, splitting, joining and exploding lists, replacing by pattern': [
      ...['sha256(a)', "split(a, ',')", "array_to_string(a, ',')", 'unnest(a)', "string_agg(a, ',')"],
      "regexp_replace(a, 'x', 'y')",
    ],
    'what time it is': ['now()', 'current_date'],
  };
  /** Nothing of these shows in the text: of the first three the types would have to be known, and the rest is right in any form. */
  const unseen = [
    ...['a double as text', 'number → integer', 'a product of decimals'],
    ...['order of NULL', 'join with NULL keys'],
  ];

  test('knows every row of the table, by what it refuses or by why it cannot', () => {
    const table = readFileSync(new URL('../../docs/portable-sql.md', import.meta.url), 'utf8');
    const rows = [...table.matchAll(/^\| (.+?) \| .* \| .* \|$/gm)].map(([, name = '']) => name);
    expect(rows.filter((name) => name !== 'for').sort()).toEqual([...Object.keys(instead), ...unseen].sort());
  });

  test.each(Object.entries(instead))('refuses what not to write for %s', (_, examples) => {
    for (const example of examples)
      expect([example, faultsOf(`select ${example} as x from t`)]).not.toEqual([example, []]);
  });
});
