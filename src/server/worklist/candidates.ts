// The patients of a run whom a model is asked about to fill the work list: alive, and seen in the last days of the data.

import type { Inputs } from '../../engine/engine.js';
import { type Engine, rowsOf } from '../../engine/engine.js';

/** How many are looked at for one answer. */
export const mostCandidates = 10_000;

interface Asked {
  readonly source: string;
  /** Back from the last visit or discharge of the source that is not after the run's date. */
  readonly days: number;
  readonly asOf: string;
}

export interface Candidates {
  readonly patients: readonly string[];
  /** The first day on which they were seen, YYYY-MM-DD. */
  readonly since: string | null;
}

/** Those who were seen last come first. None where the source has no dates. */
export async function candidates(engine: Engine, inputs: Inputs, { source, days, asOf }: Asked): Promise<Candidates> {
  const bind = (name: string) => engine.dialect.parameter(name);
  const seen = `select v.patient_id, max(coalesce(v.discharge_date, v.visit_date)) as last_seen from visits as v
where v.source = ${bind('source')} and coalesce(v.discharge_date, v.visit_date) <= cast(${bind('as_of')} as date)
group by v.patient_id`;
  const [end] = await rowsOf<{ last_seen: string | null }>(engine, {
    name: 'worklist/end',
    sql: `select cast(max(last_seen) as string) as last_seen from (${seen}) as s`,
    inputs,
    parameters: { source, as_of: asOf },
  });
  if (!end?.last_seen) return { patients: [], since: null };
  const since = daysBefore(end.last_seen, days);
  const rows = await rowsOf<{ patient_id: string }>(engine, {
    name: 'worklist/candidates',
    sql: `select p.patient_id from patients as p join (${seen}) as s on s.patient_id = p.patient_id
where p.source = ${bind('source')} and p.death_date is null and s.last_seen >= cast(${bind('since')} as date)
order by s.last_seen desc, p.patient_id limit ${mostCandidates}`,
    inputs,
    parameters: { source, as_of: asOf, since },
  });
  return { patients: rows.map((row) => row.patient_id), since };
}

function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
