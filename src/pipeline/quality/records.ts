// The checks of records that could not be read: their findings and counts.
import { checks as allChecks } from '../../catalog/checks.js';
import { literal } from '../../engine/sql-text.js';
import type { RawInput, Step } from '../../engine/step.js';
import { type Batch, batchKey } from '../batch.js';

const checks = allChecks.filter(({ look }) => look.at === 'files');

/** Grain: one row for every record that could not be read. */
export function unreadableRecords(batches: readonly Batch[]): Step {
  const refused = batches.filter(({ rejects }) => rejects.length > 0);
  return {
    kind: 'step',
    name: 'quality/records/findings',
    version: 1,
    inputs: Object.fromEntries(refused.map((batch) => [`unreadable_${batch.sequence}`, [rawRejects(batch)]])),
    sql: () =>
      refused.length === 0
        ? `${findingOf('cast(null as string)', '', 'cast(null as bigint)', 'cast(null as string)', 'cast(null as bigint)', 'cast(null as string)')} where 1 = 0`
        : refused
            .map(
              ({ sequence, source }) =>
                `${findingOf("'records.' || c0", source, `cast(${sequence} as bigint)`, '_file', '_line', 'substr(c1, 1, 500)')} from unreadable_${sequence}`,
            )
            .join('\nunion all\n'),
  };
}

const findingOf = (id: string, source: string, batch: string, file: string, line: string, value: string): string =>
  `select ${id} as check_id, ${literal(source)} as source, cast(null as string) as key, ${value} as value,
  ${batch} as _batch, ${file} as _file, cast(null as bigint) as _row, ${line} as _line, false as used`;

const rawRejects = (batch: Batch): RawInput => ({
  kind: 'raw',
  hash: `${batch.id}/rejects`,
  keys: batch.rejects.map((file) => `${batchKey(batch)}/${file}`),
});

/** Grain: one row for every check of records. All records of these batches were looked at. */
export function recordCounts(batches: readonly Batch[], findings: Step): Step {
  const files = batches.flatMap((batch) => batch.files);
  const total = files.reduce((sum, file) => sum + file.records + file.rejected, 0);
  return {
    kind: 'step',
    name: 'quality/records/counts',
    version: 1,
    inputs: { findings: [findings] },
    sql: () =>
      checks
        .map(
          ({ id }) =>
            `select ${literal(id)} as check_id, cast(${total} as bigint) as total_rows, count(case when check_id = ${literal(id)} then 1 end) as failed_rows from findings`,
        )
        .join('\nunion all\n'),
  };
}
