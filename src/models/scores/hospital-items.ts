// What the HOSPITAL score of a stay needs beside the features of the readmission model: the last haemoglobin and sodium of the
// stay, its procedures, and whether oncology discharged the patient.
import { hospitalLaboratory } from '../../catalog/codes/hospital-laboratory.js';
import { type Engine, rowsOf } from '../../engine/engine.js';
import { literal } from '../../engine/sql-text.js';

/** The Parquet files of the published tables that are read, on this machine. */
export type HospitalTables = Readonly<Record<'stays' | 'visits' | 'observations' | 'procedures', readonly string[]>>;

export interface HospitalItemsOfStay {
  /** g/dL; null where it was not measured, as sodium in mmol/L. */
  readonly haemoglobin: number | null;
  readonly sodium: number | null;
  readonly procedures: number;
  readonly oncology: boolean;
}

type Item = (typeof hospitalLaboratory)['haemoglobin'];

/** Of a source whose visits have dates: by stay, those in which both were measured. */
export async function hospitalItems(
  engine: Engine,
  tables: HospitalTables,
  source: string,
): Promise<Map<string, HospitalItemsOfStay>> {
  const rows = await rowsOf<
    { stay_id: string; oncology: boolean } & Record<'haemoglobin' | 'sodium' | 'procedures', number>
  >(engine, { name: 'models/hospital', sql: itemsSql(engine, source), inputs: tables });
  return new Map(
    rows.map(({ stay_id, haemoglobin, sodium, procedures, oncology }) => [
      stay_id,
      { haemoglobin, sodium, procedures: Number(procedures), oncology },
    ]),
  );
}

function itemsSql({ dialect }: Engine, source: string): string {
  const number = `case when ${dialect.fullMatch('o.value', '[0-9]+([.][0-9]+)?')} then cast(o.value as double) end`;
  const inUnit = ({ units }: Item) =>
    `case lower(o.unit) ${units.map(({ unit, factor }) => `when ${literal(unit)} then ${factor} * (${number})`).join(' ')} end`;
  const listed = ({ codes }: Item) => codes.map(({ code }) => literal(code)).join(', ');
  // The last of the stay; of several at one time the least.
  const last = (name: 'haemoglobin' | 'sodium') => {
    const item = hospitalLaboratory[name];
    return `select stay_id, min(value) as value from (
    select s.stay_id, ${inUnit(item)} as value,
      rank() over (partition by s.stay_id order by o.observation_date desc, o.observed_at desc nulls last) as place
    from own as s join observations as o on o.source = ${literal(source)} and o.patient_id = s.patient_id
      and o.observation_date >= s.admitted_on and o.observation_date <= s.discharged_on
    where o.observation_code in (${listed(item)}) and ${inUnit(item)} is not null
  ) as measured where place = 1 group by stay_id`;
  };
  return `with own as (
  select stay_id, patient_id, last_visit_id, admitted_on, discharged_on from stays
  where source = ${literal(source)} and is_index and discharged_on is not null
),
haemoglobin as (${last('haemoglobin')}),
sodium as (${last('sodium')}),
coded as (
  select s.stay_id, count(*) as procedures
  from own as s join procedures as p on p.source = ${literal(source)} and p.patient_id = s.patient_id
    and p.procedure_date >= s.admitted_on and p.procedure_date <= s.discharged_on
  group by s.stay_id
)
select s.stay_id as stay_id, h.value as haemoglobin, n.value as sodium,
  greatest(coalesce(c.procedures, 0), coalesce(cast(v.num_procedures as bigint), 0)) as procedures,
  coalesce(lower(v.specialty) like '%oncolog%', false) as oncology
from own as s
join haemoglobin as h on h.stay_id = s.stay_id
join sodium as n on n.stay_id = s.stay_id
join visits as v on v.visit_id = s.last_visit_id
left join coded as c on c.stay_id = s.stay_id`;
}
