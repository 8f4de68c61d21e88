// The visits that have a severity score, with the score that was known when each began. Grain: one row for every such visit.
import { before } from './history.js';
import type { Rows } from './rows.js';

/** Known is the score of a visit that has ended: of one that began earlier and goes on, nobody has it yet. */
export function scoredSql({ of }: Rows): string {
  const scored = 'severity_score is not null';
  return `select n.patient_id, n.visit_number, n.severity_score, b.severity_score as severity_before
from (
  select patient_id, own_number as visit_number, severity_score, max(ended_number) ${before()} as before_number
  from (
    select patient_id, t_start as t, visit_number as own_number, cast(null as bigint) as ended_number, severity_score
    from ${of('visits', ['patient_id', 'visit_number', 't_start', 'severity_score'])} as begun where ${scored}
    union all
    select patient_id, t_end as t, cast(null as bigint) as own_number, visit_number as ended_number, severity_score
    from ${of('visits', ['patient_id', 'visit_number', 't_end', 'severity_score'])} as ended where ${scored}
  ) as placed
) as n
left join ${of('visits', ['patient_id', 'visit_number', 'severity_score'])} as b
  on b.patient_id = n.patient_id and b.visit_number = n.before_number
where n.visit_number is not null`;
}
