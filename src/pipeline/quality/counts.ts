// What each check of one table came to. Grain: one row for every check: rows looked at, rows that failed.
// One pass over the published table and one over its findings, however many checks there are.
import { tableNamed } from '../../catalog/catalog.js';
import type { Check } from '../../catalog/checks/check.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import { tellsApart } from './findings.js';

export interface CountRow {
  readonly check_id: string;
  readonly total_rows: number;
  readonly failed_rows: number;
}

export interface CountsInput {
  readonly table: string;
  readonly checks: readonly Check[];
  readonly published: Step;
  readonly findings: Step;
  /** field → the sources that give it. */
  readonly givenBy: ReadonlyMap<string, readonly string[]>;
}

export function countsStep(input: CountsInput): Step {
  return {
    kind: 'step',
    name: `quality/${input.table}/counts`,
    version: 1,
    inputs: { published: [input.published], findings: [input.findings] },
    sql: (dialect) => countsSql(input, dialect),
  };
}

/** The two numbers of a check as SQL over one row of counts. */
interface Numbers {
  readonly total: string;
  readonly failed: string;
}

function countsSql({ table, checks, givenBy }: CountsInput, dialect: Dialect): string {
  const passes = new Map<string, string>();
  const found = new Map<string, string>();
  /** A column of a pass; the same SQL is counted once. */
  const column = (pass: Map<string, string>, prefix: string, sql: string): string => {
    const name = pass.get(sql) ?? `${prefix}${pass.size}`;
    pass.set(sql, name);
    return name;
  };
  const counted = (sql: string) => column(passes, 'n', sql);
  const failures = (ids: readonly string[], and = '') =>
    column(found, 'f', `count(case when check_id in (${ids.map(literal).join(', ')})${and} then 1 end)`);
  const flawsOf = (field: string) =>
    checks.filter((check) => check.field === field && check.look.at === 'cleaning').map(({ id }) => id);

  const numbers = ({ id, field, look }: Check): Numbers => {
    const failed = failures([id]);
    const all = counted('count(*)');
    switch (look.at) {
      case 'rows':
        return {
          total: look.applies === 'true' ? all : counted(`count(case when ${look.applies} then 1 end)`),
          failed,
        };
      case 'absence': {
        const name = field ?? '';
        const given = `source in (${(givenBy.get(name) ?? []).map(literal).join(', ')})`;
        const rows = counted(`count(case when ${given} then 1 end)`);
        const values = counted(`count(case when ${given} then ${identifier(name)} end)`);
        const flaws = flawsOf(name);
        // A value that was set missing was given: the check of its flaw counts it.
        const unusable = flaws.length > 0 ? failures(flaws, ` and used and ${given}`) : '0';
        return { total: `${rows} - ${unusable}`, failed: `${rows} - ${values} - ${unusable}` };
      }
      case 'cleaning': {
        const missing = look.reasons.includes('required_missing');
        return {
          total: `${missing || field === null ? all : counted(`count(${identifier(field)})`)} + ${failed}`,
          failed,
        };
      }
      case 'duplicates':
        return { total: `${all} + ${failed}`, failed };
      case 'twins': {
        const told = tellsApart(tableNamed(table));
        return { total: told === undefined ? all : counted(`count(case when ${told} then 1 end)`), failed };
      }
      case 'files':
        throw new Error(`The check ${id} does not look at a table.`);
    }
  };
  const entries = checks.map((check) => {
    const { total, failed } = numbers(check);
    return `${literal(`${check.id}␟`)} || cast(${total} as string) || '␟' || cast(${failed} as string)`;
  });
  const columns = (pass: Map<string, string>) => [...pass].map(([sql, name]) => `${sql} as ${name}`).join(',\n    ');
  const row = `(select ${dialect.split(`concat_ws('␞', ${entries.join(',\n  ')})`, '␞')} as _list
from (
  select ${columns(passes)}
  from published
) as pass cross join (
  select ${columns(found)}
  from findings
) as found)`;
  return `select split_part(_check, '␟', 1) as check_id,
  cast(split_part(_check, '␟', 2) as bigint) as total_rows,
  cast(split_part(_check, '␟', 3) as bigint) as failed_rows
from ${dialect.explode(row, '_list', '_check')} as counted`;
}
