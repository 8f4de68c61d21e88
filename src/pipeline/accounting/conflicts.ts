// The conflicts step: where one record's facts about a patient contradict another's and a stated rule decides.
// Grain: one row for every batch, table and field with conflicts, and how many keys have them.
import { literal } from '../../engine/sql-text.js';
import type { RawInput, Step } from '../../engine/step.js';
import type { Reading } from '../../sources/source.js';
import type { Batch } from '../batch.js';

export interface ConflictRow {
  readonly batch: number;
  readonly source: string;
  readonly table_name: string;
  readonly field: string;
  readonly conflicts: number;
}

interface Conflicting {
  readonly batch: Batch;
  readonly reading: Reading;
  readonly inputs: Readonly<Record<string, readonly RawInput[]>>;
}

export function conflictsStep(readings: readonly Conflicting[]): Step {
  const steps = readings.filter(({ reading }) => reading.conflicts).map(readingStep);
  return {
    kind: 'step',
    name: 'conflicts',
    version: 1,
    inputs: steps.length > 0 ? { found: steps } : {},
    sql: () =>
      steps.length > 0
        ? 'select batch, source, table_name, field, conflicts from found where conflicts > 0'
        : `select cast(null as bigint) as batch, cast(null as string) as source, cast(null as string) as table_name,
  cast(null as string) as field, cast(null as bigint) as conflicts where 1 = 0`,
  };
}

function readingStep({ batch, reading, inputs }: Conflicting): Step {
  return {
    kind: 'step',
    name: `conflicts/${reading.table}@${batch.sequence}`,
    version: 1,
    inputs,
    sql: (dialect) => `select cast(${batch.sequence} as bigint) as batch, ${literal(batch.source)} as source,
  ${literal(reading.table)} as table_name, field, cast(conflicts as bigint) as conflicts
from (
${reading.conflicts?.(dialect)}
) as counted`,
  };
}
