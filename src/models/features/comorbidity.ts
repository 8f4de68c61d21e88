// When each Charlson group of a patient became known. Grain: one row for every patient with a diagnosis of any group.
import { type CodeRange, charlson } from '../../catalog/codes/charlson.js';
import { codesIn } from '../../catalog/codes/codes-in-range.js';
import { laceComorbidity } from '../../catalog/codes/lace-comorbidity.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';
import type { Rows } from './rows.js';

/** The column with the `t_end` of the first visit that has a diagnosis of the group. */
export const sinceColumn = (group: string): string => `since_${group}`;

/**
 * The main diagnosis of a visit and all further ones. Codes are compared once each, not once a row: there are thousands of
 * the one and millions of the other.
 */
export function comorbiditySql({ of, dialect }: Rows): string {
  const visits = of('visits', ['visit_id', 't_end']);
  const main = of('visits', ['patient_id', 't_end', 'diagnosis_system', 'diagnosis_code']);
  const further = of('diagnoses', ['patient_id', 'visit_id', 'diagnosis_system', 'diagnosis_code']);
  return `select k.patient_id, ${charlson.groups.map(({ name }) => `min(case when m.${name} then k.t_end end) as ${sinceColumn(name)}`).join(',\n  ')}
from (
  select patient_id, diagnosis_system, diagnosis_code, min(t_end) as t_end
  from (
    select patient_id, diagnosis_system, diagnosis_code, t_end from ${main} as main
    union all
    select d.patient_id, d.diagnosis_system, d.diagnosis_code, v.t_end
    from ${further} as d join ${visits} as v on v.visit_id = d.visit_id
  ) as stated
  where diagnosis_code is not null
  group by patient_id, diagnosis_system, diagnosis_code
) as k
join (
${meaningSql(main, further, dialect)}
) as m on m.diagnosis_code = k.diagnosis_code and coalesce(m.diagnosis_system, '') = coalesce(k.diagnosis_system, '')
group by k.patient_id`;
}

/**
 * One row for every code that stands in the source. The normal forms are made distinct before they are compared: Spark would
 * write the whole of a column's expression into each of hundreds of comparisons, but not across an aggregate.
 */
function meaningSql(main: string, further: string, dialect: Dialect): string {
  const groups = charlson.groups.map(
    ({ name, icd9, icd10 }) =>
      `coalesce(case when _system = 'icd-9-cm' then ${inRanges(icd9)} when _system = 'icd-10' then ${inRanges(icd10)} end, false) as ${name}`,
  );
  return `select diagnosis_system, diagnosis_code, ${groups.join(',\n  ')}
from (
  select distinct diagnosis_system, diagnosis_code, _system,
    case when _system = 'icd-9-cm' and ${dialect.fullMatch('_stem', '[0-9]{1,2}')} then lpad(_stem, 3, '0') else _stem end
      || upper(split_part(diagnosis_code, '.', 2)) as _code
  from (
    select diagnosis_system, diagnosis_code, upper(split_part(diagnosis_code, '.', 1)) as _stem, ${systemOf} as _system
    from (
      select diagnosis_system, diagnosis_code from ${main} as main
      union all
      select diagnosis_system, diagnosis_code from ${further} as further
    ) as written
    where diagnosis_code is not null
  ) as parted
) as normal`;
}

/** Without a system, by the form of the code, as the chapter of a disease is found. */
const systemOf = `coalesce(diagnosis_system, case when substr(diagnosis_code, 1, 1) between '0' and '9' or upper(diagnosis_code) like 'E___.%' then 'icd-9-cm' else 'icd-10' end)`;

/** Codes are looked up, not compared: engines make one hash set of a list, and code of each of hundreds of comparisons. */
function inRanges(ranges: readonly CodeRange[]): string {
  const lengths = [...new Set(ranges.map(({ end }) => end.length))];
  const tests = lengths.map((length) => {
    const own = ranges.filter(({ end }) => end.length === length);
    const listed = [...new Set(own.flatMap(codesIn))].map(literal);
    return `substr(_code, 1, ${length}) in (${listed.join(', ')})`;
  });
  return `(${tests.join(' or ')})`;
}

/** The weight of each group in a score. */
function weightsOf(score: 'charlson' | 'lace'): ReadonlyMap<string, number> {
  return score === 'charlson'
    ? new Map(charlson.groups.map(({ name, weight }) => [name, weight]))
    : new Map(laceComorbidity.weights.map(({ group, weight }) => [group, weight]));
}

/** SQL for the sum of the weights; `known(group)` is SQL for whether a group is known. */
export function scoreSql(score: 'charlson' | 'lace', known: (group: string) => string): string {
  const weights = weightsOf(score);
  const terms = charlson.groups.flatMap(({ name }) => {
    const weight = weights.get(name);
    if (weight === undefined) return [];
    const severe = charlson.groups.find(({ replaces }) => replaces === name);
    const counts = severe ? `${known(name)} and not ${known(severe.name)}` : known(name);
    return [`case when ${counts} then ${weight} else 0 end`];
  });
  return `(${terms.join(' + ')})`;
}
