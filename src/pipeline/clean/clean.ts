// The clean step: reads one raw table of one batch as rows of one table of the catalog, and judges every value.
// Grain: one row for every row of the reading, rejected ones too (`_rejected`), so that nothing leaves unseen.
import type { Field, Table } from '../../catalog/field.js';
import type { Reason } from '../../catalog/reasons.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { RawInput, Step } from '../../engine/step.js';
import type { Reading } from '../../sources/source.js';
import { issueList, issueText } from './issue-text.js';
import { diastolic, judge, systolic } from './judge.js';
import { plain, present, trimmed } from './shape.js';
import { columnType, readValue } from './value.js';

/** The batch that a reading belongs to, as far as cleaning needs it. */
export interface CleanContext {
  readonly sequence: number;
  /** The name-space of the rows. */
  readonly source: string;
  /** Landing date, YYYY-MM-DD. */
  readonly landed: string;
}

/** Columns that every clean and published row carries beside its fields: where it came from. */
export const provenance = ['_batch', '_file', '_row', '_item', '_line', '_lines', '_primary'] as const;

/** What all rows of a patient agree in. */
export const patientKey = ['source', 'patient_id'] as const;

/** @param buckets Into how many the rows are cut by patient. */
export function cleanStep(
  reading: Reading,
  table: Table,
  context: CleanContext,
  inputs: Readonly<Record<string, readonly RawInput[]>>,
  buckets = 1,
): Step {
  return {
    kind: 'step',
    name: `clean/${table.name}@${context.sequence}.${reading.rawTable.name}.${reading.rawTable.part}`,
    version: 1,
    inputs,
    cut: { by: patientKey, count: buckets, alike: [] },
    sql: (dialect) => cleanSql(reading, table, context, dialect),
  };
}

/** A clean table without rows, for a table of the catalog of which nothing has landed. */
export function emptyCleanStep(table: Table): Step {
  return {
    kind: 'step',
    name: `clean/${table.name}@none`,
    version: 1,
    inputs: {},
    sql: (dialect) => {
      const missing = (type: string) => `cast(null as ${type})`;
      const columns = [
        `${missing('string')} as source`,
        ...table.fields.flatMap((field) => missingColumns(field, dialect)),
        ...provenance.map((name) => `${missing(provenanceType(name))} as ${name}`),
        `${missing('boolean')} as _rejected`,
        `${missing('string')} as _issues`,
      ];
      return `select ${columns.join(',\n  ')}\nwhere 1 = 0`;
    },
  };
}

const provenanceType = (name: (typeof provenance)[number]): string =>
  name === '_file' ? 'string' : name === '_primary' ? 'boolean' : 'bigint';

/** Layers, inmost first: the reading's texts; s_ trimmed and t_ present texts; p_ plain forms; v_ values; r_ reasons; g_ groups; the row. */
function cleanSql(reading: Reading, table: Table, context: CleanContext, dialect: Dialect): string {
  const fields = table.fields.filter((field) => reading.fields.includes(field.name));
  const where = '_file, _row, _item, _line, _lines';
  const column = (prefix: string, field: Field) => identifier(`${prefix}_${field.name}`);
  const layer = (from: string, columns: readonly string[]) => `select ${columns.join(',\n  ')}\nfrom (\n${from}\n)`;
  const all = (prefix: string) => fields.map((field) => column(prefix, field));

  const named = layer(reading.sql(dialect), [
    where,
    ...fields.map((field) => `${identifier(field.name)} as ${column('o', field)}`),
  ]);
  const stripped = layer(named, [
    where,
    ...all('o'),
    ...fields.map((field) => `${trimmed(column('o', field), dialect)} as ${column('s', field)}`),
  ]);
  const texts = layer(stripped, [
    where,
    ...all('o'),
    ...fields.map((field) => `${present(column('s', field), field)} as ${column('t', field)}`),
  ]);
  const plains = layer(texts, [
    where,
    ...all('o'),
    ...all('t'),
    ...fields.map((field) => `${plain(column('t', field), field, reading, dialect)} as ${column('p', field)}`),
  ]);
  const values = layer(plains, [
    where,
    ...all('o'),
    ...all('t'),
    ...all('p'),
    ...fields.map((field) => `${readValue(column('p', field), field, dialect)} as ${column('v', field)}`),
  ]);
  const reasons = layer(values, [
    where,
    ...all('o'),
    ...all('v'),
    ...fields.map((field) => {
      const columns = { text: column('t', field), plain: column('p', field), value: column('v', field) };
      return `${judge(field, columns, reading, context.landed, dialect)} as ${column('r', field)}`;
    }),
  ]);
  const judged = layer(reasons, [
    where,
    ...all('o'),
    ...all('v'),
    ...all('r'),
    ...table.oneOf.map((group, n) => {
      const absent = supplied(group, fields).map((field) => isAbsent(field, column('v', field), column('r', field)));
      return `case when ${[...absent, 'true'].join(' and ')} then ${literal('required_missing' satisfies Reason)} end as "g_${n}"`;
    }),
  ]);
  const groups = table.oneOf.map((group, n) => ({ name: group.join(' or '), reason: `"g_${n}"` }));
  const flaws = [...all('r'), ...groups.map(({ reason }) => reason)];
  const rejecting = [
    ...fields.filter((field) => field.invalid === 'reject').map((field) => column('r', field)),
    ...groups.map(({ reason }) => reason),
  ];
  const issues = [
    ...fields.map((field) => issueText(field.name, field.invalid, column('r', field), column('o', field))),
    ...groups.map(({ name, reason }) => issueText(name, 'reject', reason, 'null')),
  ];
  return layer(judged, [
    `${literal(context.source)} as source`,
    ...table.fields.flatMap((field) => rowColumns(field, fields, table, context.source, column, dialect)),
    `cast(${context.sequence} as bigint) as _batch`,
    where,
    `${reading.primary} as _primary`,
    `coalesce(${rejecting.join(', ')}) is not null as _rejected`,
    `case when coalesce(${flaws.join(', ')}) is not null then ${issueList(issues)} end as _issues`,
  ]);
}

/** The fields of a one-of group that the reading supplies; a source refuses files that supply none. */
function supplied(group: readonly string[], fields: readonly Field[]): Field[] {
  return fields.filter((field) => group.includes(field.name));
}

/** A key of several fields is what a row holds (a diagnosis code), not an id that its source made up. */
const isId = ({ name }: Field, { key, references }: Table): boolean =>
  name in references || (key.length === 1 && key[0] === name);

/** A value that is set missing is absent; one that rejects the row has said enough. */
function isAbsent(field: Field, value: string, reason: string): string {
  return field.invalid === 'missing'
    ? `(${value} is null or ${reason} is not null)`
    : `(${value} is null and ${reason} is null)`;
}

function rowColumns(
  field: Field,
  fields: readonly Field[],
  table: Table,
  source: string,
  column: (prefix: string, field: Field) => string,
  dialect: Dialect,
): string[] {
  if (!fields.includes(field)) return missingColumns(field, dialect);
  const name = identifier(field.name);
  const value = column('v', field);
  const good = `case when ${column('r', field)} is null then ${value} end`;
  if (field.type === 'blood-pressure') {
    return [`${good} as ${name}`, `${systolic(good)} as systolic`, `${diastolic(good)} as diastolic`];
  }
  if (isId(field, table) && source !== 'default') {
    return [`${literal(`${source}:`)} || ${value} as ${name}`];
  }
  return [`${good} as ${name}`];
}

function missingColumns(field: Field, dialect: Dialect): string[] {
  const type = columnType(field);
  const missing = field.type === 'list' ? dialect.split(`cast(null as ${type})`, ';') : `cast(null as ${type})`;
  const pressures = field.type === 'blood-pressure' ? ['systolic', 'diastolic'] : [];
  return [`${missing} as ${identifier(field.name)}`, ...pressures.map((name) => `cast(null as bigint) as ${name}`)];
}
