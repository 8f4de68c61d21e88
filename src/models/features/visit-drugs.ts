// The drugs of each visit. Grain: one row for every visit with a prescription.
import type { Feature } from '../../catalog/features/feature.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { Rows } from './rows.js';

/** Undefined where no feature asks for them. */
export function visitDrugsSql({ of }: Rows, features: readonly Feature[]): string | undefined {
  const columns = features.flatMap(({ name, origin }) => {
    if (origin.kind === 'visit drugs') {
      const which = origin.dosage ? `case when dosage in (${origin.dosage.map(literal).join(', ')}) then 1 end` : '*';
      return [`cast(count(${which}) as double) as ${identifier(name)}`];
    }
    if (origin.kind === 'visit drug') {
      return [`max(case when lower(drug_name) = ${literal(origin.drug)} then dosage end) as ${identifier(name)}`];
    }
    return [];
  });
  if (columns.length === 0) return undefined;
  return `select visit_id, ${columns.join(', ')}
from ${of('prescriptions', ['visit_id', 'drug_name', 'dosage'])} as prescribed
where visit_id is not null
group by visit_id`;
}
