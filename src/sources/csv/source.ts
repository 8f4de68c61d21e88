// The source `csv`: a hospital's own tables as delimited text, one file a table, under any header spelling.
import { tableNamed } from '../../catalog/catalog.js';
import { CarelakeError } from '../../errors.js';
import type { FilePlan, IngestOptions, RawTable, Reading, Source } from '../source.js';
import { detectTable } from './detect-table.js';
import { matchHeader } from './match-header.js';

export const csv: Source = {
  name: 'csv',
  nameSpace: 'default',
  version: 1,
  recognises: () => true,
  plan(heads, options) {
    const plans: FilePlan[] = [];
    const faults = [];
    for (const head of heads) {
      const detected = detectTable(head, options);
      if ('table' in detected) plans.push({ file: head.file, rawTable: detected.table.name });
      else faults.push(detected.fault);
    }
    if (faults.length > 0) {
      const list = faults.map(({ file, message }) => `${file}: ${message}`).join('\n');
      throw new CarelakeError('TABLE_UNKNOWN', list, { faults });
    }
    return plans;
  },
  readings: (rawTables, options) => ({
    readings: rawTables.map((rawTable) => readingOf(rawTable, options)),
    unread: [],
  }),
};

function readingOf(rawTable: RawTable, { mapping }: IngestOptions): Reading {
  const table = tableNamed(rawTable.name);
  const matched = [...matchHeader(rawTable.columns, table, mapping).fields];
  return {
    table: table.name,
    rawTable,
    primary: true,
    fields: matched.map(([field]) => field),
    origin: Object.fromEntries(matched.map(([field, index]) => [field, rawTable.columns[index] ?? ''])),
    also: [],
    sql: () =>
      `select _file, _row, cast(0 as bigint) as _item, _line, _lines, ${matched.map(([field, index]) => `c${index} as "${field}"`).join(', ')} from raw`,
    decimalComma: rawTable.delimiter !== ',',
    ...(mapping?.dates && { dates: mapping.dates }),
  };
}
