// The findings of one table. Grain: one row for every check and row that fails it, but for checks of missing values, which
// may be most of a table: those are asked for where they stand (failing.ts).
import { tableNamed } from '../../catalog/catalog.js';
import type { Check, Form, Relation } from '../../catalog/checks/check.js';
import { kindOfReason } from '../../catalog/checks/derived.js';
import type { Table } from '../../catalog/field.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import type { Snapshot } from '../deduplicate/losers.js';
import { relations } from './relations.js';

/** The steps of a table that files fill. */
export interface CleanedTable {
  readonly clean: readonly Step[];
  readonly losers: Step;
  readonly twins: Step | undefined;
  readonly issues: Step;
  readonly snapshots: readonly Snapshot[];
  /** Batches of what was typed, where a record may have several versions. */
  readonly typed: readonly number[];
}

export interface FindingsInput {
  readonly table: string;
  readonly key: readonly string[];
  readonly checks: readonly Check[];
  readonly published: Readonly<Record<string, Step>>;
  readonly cleaned: CleanedTable | undefined;
  /** The run's date, YYYY-MM-DD. */
  readonly asOf: string;
}

const SEPARATOR = '␞';
const UNIT = literal('␟');
const place = ['_batch', '_file', '_row', '_line'] as const;

export function findingsStep(input: FindingsInput): Step {
  const { table, checks, published, cleaned, asOf } = input;
  const asked = [...new Set(checks.flatMap(({ look }) => (look.at === 'rows' ? [look.of] : [])))];
  const joined = new Set(asked.flatMap((relation) => relations[relation].joined));
  const step = (name: string): Step => {
    const found = published[name];
    if (!found) throw new Error(`No table ${name} is published.`);
    return found;
  };
  return {
    kind: 'step',
    name: `quality/${table}/findings`,
    version: 1,
    inputs: {
      published: [step(table)],
      ...Object.fromEntries([...joined].map((name) => [name, [step(name)]])),
      ...(cleaned && { clean: cleaned.clean, losers: [cleaned.losers], issues: [cleaned.issues] }),
      ...(cleaned?.twins && { twins: [cleaned.twins] }),
    },
    sql: (dialect) =>
      [
        ...(cleaned ? flaws(tableNamed(table), cleaned.snapshots) : []),
        ...(cleaned ? [duplicates(input)] : []),
        ...(cleaned?.twins ? [twins(input)] : []),
        ...asked.map((relation) => rows(input, relation, asOf, dialect)),
      ].join('\nunion all\n'),
  };
}

const keyText = (key: readonly string[], alias: string): string =>
  key.length === 1
    ? `cast(${alias}.${identifier(key[0] ?? '')} as string)`
    : `concat_ws('|', ${key.map((name) => `cast(${alias}.${identifier(name)} as string)`).join(', ')})`;

/**
 * What cleaning said of rows that are used, and of rejected ones until a later batch brings their key, or a later full
 * extract of their source comes. `used`: the row stands in the published table.
 */
function flaws(table: Table, snapshots: readonly Snapshot[]): string[] {
  const same = (a: string, b: string) =>
    ['_batch', '_file', '_row', '_item'].map((name) => `${a}.${name} = ${b}.${name}`).join(' and ');
  const kinds = Object.entries(kindOfReason).map(([reason, kind]) => `when ${literal(reason)} then ${literal(kind)}`);
  const id = `${literal(`${table.name}.`)} || replace(i.field, ' or ', '_or_') || '.' || case i.reason ${kinds.join(' ')} end`;
  const columns = `${id} as check_id, i.source, cast(null as string) as key, i.value, ${place.map((name) => `i.${name}`).join(', ')}`;
  const sameKey = ['source', ...table.key].map(
    (name) =>
      `coalesce(cast(p.${identifier(name)} as string), '') = coalesce(cast(c.${identifier(name)} as string), '')`,
  );
  const replaced = snapshots.map(
    ({ source, sequence }) => ` and not (i.source = ${literal(source)} and i._batch < ${sequence})`,
  );
  return [
    `select ${columns}, true as used
from issues as i anti join losers as l on ${same('l', 'i')}
where i.table_name = ${literal(table.name)} and not i._rejected`,
    `select ${columns}, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on ${sameKey.join(' and ')} and p._batch > c._batch
) as s on ${same('s', 'i')}
where i.table_name = ${literal(table.name)} and i._rejected and i.action = 'reject'${replaced.join('')}`,
  ];
}

const duplicates = ({ table, key, cleaned }: FindingsInput): string =>
  `select ${literal(`${table}.key.unique`)} as check_id, l.source, ${keyText(key, 'l')} as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch${cleaned?.typed.length ? ` and l._batch not in (${cleaned.typed.join(', ')})` : ''}`;

/** Of rows of one content the first is none too many; rows that nothing tells apart from others are no twins. */
function twins({ table, key }: FindingsInput): string {
  const told = tellsApart(tableNamed(table));
  const same = ['source', ...key].map((name) => `p.${identifier(name)} = w.${identifier(name)}`).join(' and ');
  return `select ${literal(`${table}.content.unique`)} as check_id, t.source, ${keyText(key, 't')} as key,
  'as ' || t._first as value, t._batch, t._file, t._row, cast(null as bigint) as _line, true as used
from (
  select *, row_number() over (partition by source, content order by _batch, _file, _row, _item) as _place,
    min(${keyText(key, 'w')}) over (partition by source, content) as _first
  from twins as w${told === undefined ? '' : ` semi join (select * from published where ${told}) as p on ${same}`}
) as t where t._place > 1`;
}

/**
 * SQL for whether a row says anything by which it can be told from another: a patient without name and birth date does not.
 * Undefined where every row does.
 */
export function tellsApart({ alike, fields }: Table): string | undefined {
  const isAlways = fields.some(({ name, required }) => required && alike.includes(name));
  return isAlways ? undefined : `(${alike.map((name) => `${identifier(name)} is not null`).join(' or ')})`;
}

function rows({ checks, key, cleaned }: FindingsInput, of: Relation, asOf: string, dialect: Dialect): string {
  const found = checks.flatMap(({ id, look }) =>
    look.at === 'rows' && look.of === of
      ? [
          `case when (${look.applies}) and (${failing(look.fails, dialect)}) then ${literal(id)} || ${UNIT} || translate(substr(coalesce(${look.shows}, ''), 1, 500), '␞␟', '  ') end`,
        ]
      : [],
  );
  // Tables that are made of others have no place in a file.
  const whence = cleaned
    ? place.map((name) => `r.${name}`)
    : place.map((name) => `cast(null as ${name === '_file' ? 'string' : 'bigint'}) as ${name}`);
  const judged = `(select source, key, ${place.join(', ')}, ${dialect.split('_failed', SEPARATOR)} as _list
from (
  select r.source, ${keyText(key, 'r')} as key, ${whence.join(', ')},
    concat_ws(${literal(SEPARATOR)}, ${found.join(',\n      ')}) as _failed
  from (
${relations[of].sql(dialect, asOf)}
  ) as r
) as judged where _failed <> '')`;
  return `select split_part(_found, ${UNIT}, 1) as check_id, source, key, split_part(_found, ${UNIT}, 2) as value, ${place.join(', ')}, true as used
from ${dialect.explode(judged, '_list', '_found')} as found`;
}

const failing = (fails: string | Form, dialect: Dialect): string =>
  typeof fails === 'string' ? fails : `not ${dialect.fullMatch(fails.column, fails.pattern)}`;
