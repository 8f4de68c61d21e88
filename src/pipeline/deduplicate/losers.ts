// Which clean rows are not used, and why: losers of a key, rows gone from a snapshot, rows of records that are not used.
// Grain: one row for every clean row that was not rejected and is not used.
//
// Winner among rows of one key (`source`, key fields): higher batch, then file name (bytewise), then row; the last wins. But a
// typed row holds against files until their own row changes, and no full extract takes it away; a tombstone that wins leaves none.
// Only keys that occur twice are sorted, so the cost is a count by key and not a sort of the table.
import type { Table } from '../../catalog/field.js';
import type { Reason } from '../../catalog/reasons.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import { isTyped, type Typed, uploadedSince } from './typed.js';

/** A full extract: rows of the source whose key it does not hold are gone. */
export interface Snapshot {
  readonly source: string;
  /** The newest snapshot's batch. */
  readonly sequence: number;
}

/** The rows that come from records which another table's reading decides: those of `batches` follow `primary`. */
export interface Following {
  readonly primary: readonly Step[];
  readonly primaryLosers: Step;
  readonly batches: readonly number[];
}

const why = (reason: Reason): string => literal(reason);

export function losersStep(
  table: Table,
  clean: readonly Step[],
  snapshots: readonly Snapshot[],
  following: readonly Following[],
  typed?: Typed,
): Step {
  return {
    kind: 'step',
    name: `deduplicate/${table.name}`,
    version: 1,
    inputs: {
      clean,
      ...(typed && { tombstones: typed.tombstones }),
      ...Object.fromEntries(
        following.flatMap(({ primary, primaryLosers }, n) => [
          [`primary_${n}`, primary],
          [`primary_losers_${n}`, [primaryLosers]],
        ]),
      ),
    },
    sql: (dialect) => losersSql(table, snapshots, following, typed, dialect),
  };
}

const place = '_batch, _file, _row, _item';
const noWinner = 'cast(null as bigint), cast(null as string), cast(null as bigint)';
const sameRecord = 'd._batch = c._batch and d._file = c._file and d._row = c._row';

function losersSql(
  table: Table,
  snapshots: readonly Snapshot[],
  following: readonly Following[],
  typed: Typed | undefined,
  dialect: Dialect,
): string {
  const key = ['source', ...table.key.map(identifier)];
  const columns = `${key.join(', ')}, ${place}, _lines, _primary`;
  const dead = following.map(
    ({ batches }, n) =>
      `select _batch, _file, _row from primary_${n} where _rejected and _batch in (${batches.join(', ')})
  union all select _batch, _file, _row from primary_losers_${n} where _batch in (${batches.join(', ')})`,
  );
  const shown = typed ? `${columns}, false as _deleted` : columns;
  const living =
    dead.length === 0
      ? `select ${shown} from clean where not _rejected`
      : `select ${shown} from clean as c anti join dead as d on ${sameRecord} where not _rejected`;
  const alive = typed ? `${living}\n  union all\n  select ${columns}, true from tombstones` : living;
  // Two NULLs in a key field are the same key here (a diagnosis without a visit), unlike in a join.
  const required = new Set(['source', ...table.fields.filter((field) => field.required).map(({ name }) => name)]);
  const same = (a: string, b: string) =>
    ['source', ...table.key].map((name) => {
      const [left, right] = [`${a}.${identifier(name)}`, `${b}.${identifier(name)}`];
      return required.has(name) ? `${left} = ${right}` : sameValue(left, right);
    });
  const sameKey = (a: string, b: string) => same(a, b).join(' and ');
  const order = 'a._batch desc, a._file desc, a._row desc, a._item desc';
  const holds = typed
    ? `case when ${isTyped('a._batch', typed)} and a._batch > coalesce(u._since, 0) then 1 else 0 end desc, `
    : '';
  const newest = (column: string) =>
    `case ${snapshots.map(({ source, sequence }) => `when ${column} = ${literal(source)} then ${sequence}`).join(' ')} else 0 end`;
  const parts = [
    `select ${key.join(', ')}, ${place}, _lines, _primary, 'duplicate' as _disposition, ${why('earlier_version')} as _reason,
  _winner_batch, _winner_file, _winner_row
from judged where _rank > 1`,
  ];
  if (snapshots.length > 0) {
    // A key whose row in the extract is rejected is not gone: the extract holds it.
    parts.push(`select ${key.map((name) => `r.${name}`).join(', ')}, ${place.replaceAll('_', 'r._')}, r._lines, r._primary, 'not_used', ${why('gone_from_snapshot')},
  ${noWinner}
from judged as r anti join (
  select ${key.join(', ')} from clean where _rejected and _batch = ${newest('source')}
) as h on ${same('r', 'h').join(' and ')}
where r._rank = 1 and r._batch < ${newest('r.source')}${typed ? ` and not ${isTyped('r._batch', typed)}` : ''}`);
  }
  if (typed) {
    parts.push(`select ${key.join(', ')}, ${place}, _lines, _primary, 'not_used', ${why('deleted')},
  ${noWinner}
from judged where _rank = 1 and _deleted`);
  }
  if (dead.length > 0) {
    parts.push(`select ${key.map((name) => `c.${name}`).join(', ')}, ${place.replaceAll('_', 'c._')}, c._lines, c._primary, 'not_used', ${why('record_not_used')},
  ${noWinner}
from clean as c semi join dead as d on ${sameRecord} where not _rejected`);
  }
  return `with ${dead.length === 0 ? '' : `dead as (\n  ${dead.join('\n  union all ')}\n),\n`}alive as (
  ${alive}
),
contested as (
  select ${key.join(', ')} from alive group by ${key.join(', ')} having count(*) > 1${snapshots.length === 0 ? '' : ` or max(_batch) < max(${newest('source')})`}${typed ? ' or max(case when _deleted then 1 else 0 end) = 1' : ''}
),
${typed ? `${uploadedSince(table, key, sameKey, typed, dialect)},\n` : ''}ranked as (
  select a.*, row_number() over (partition by ${key.map((name) => `a.${name}`).join(', ')} order by ${holds}${order}) as _rank
  from alive as a semi join contested as c on ${sameKey('a', 'c')}${typed ? `\n  left join uploaded_since as u on ${sameKey('a', 'u')}` : ''}
),
judged as (
  select r.*, w._batch as _winner_batch, w._file as _winner_file, w._row as _winner_row
  from ranked as r join ranked as w on ${same('r', 'w').join(' and ')} and w._rank = 1
)
${parts.join('\nunion all\n')}`;
}

/** Equality that also holds between two NULLs, as an equi-join on both engines. */
function sameValue(a: string, b: string): string {
  return `coalesce(cast(${a} as string), '') = coalesce(cast(${b} as string), '')`;
}
