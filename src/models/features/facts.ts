// What a source can show: whether its visits have dates, until when patients are followed, and which columns hold anything.
import { type Engine, rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';

/** The published tables that features and labels are made of. */
export const modelTables = ['patients', 'visits', 'stays', 'diagnoses', 'prescriptions'] as const;
export type ModelTable = (typeof modelTables)[number];

export interface SourceFacts {
  readonly source: string;
  /** Whether visits have dates; where none has, their order alone is known. */
  readonly dated: boolean;
  /** The day of the first visit, and the last day of follow-up, YYYY-MM-DD; null where visits have no dates. */
  readonly firstDate: string | null;
  readonly dataEnd: string | null;
  /** The run's date. */
  readonly asOf: string;
  readonly visits: number;
  /** In how many rows of a table a column holds a value, by `table.column`. */
  readonly filled: Readonly<Record<string, number>>;
}

/** What must hold a value for features and labels to be made of it: columns, and `icd`, a diagnosis by a code of ICD. */
const watched: Readonly<Record<ModelTable, readonly string[]>> = {
  patients: [
    ...['gender', 'bmi', 'smoker_status', 'alcohol_use', 'physical_activity_level', 'insurance_type'],
    ...['chronic_conditions', 'death_date'],
  ],
  visits: [
    ...['age_at_visit', 'visit_type', 'admission_type', 'discharge_disposition', 'disease', 'icd'],
    ...['severity_score', 'systolic', 'diastolic', 'glucose_level', 'heart_rate', 'a1c_result', 'num_medications'],
    ...[
      'admission_source',
      'discharge_disposition_detail',
      'glucose_band',
      'medication_changed',
      'readmitted_after_30_days',
      'readmitted_within_30_days',
    ],
    ...['num_procedures', 'num_lab_procedures', 'num_diagnoses', 'specialty', 'payer', 'prior_inpatient'],
    ...['prior_emergency', 'prior_outpatient', 'days_since_previous_visit', 'length_of_stay'],
  ],
  stays: ['stay_id', 'length_of_stay_days', 'readmitted_within_30_days'],
  diagnoses: ['icd', 'disease'],
  prescriptions: ['drug_category', 'dosage', 'drug_name'],
};

export const filledColumns: readonly string[] = modelTables.flatMap((table) =>
  watched[table].map((name) => `${table}.${name}`),
);

/** Comorbidity is read from codes of ICD alone. */
const icd = `case when coalesce(diagnosis_system, '') <> 'snomed' then diagnosis_code end`;

/**
 * The facts of every source that has visits.
 * @param tables The Parquet files of each published table.
 * @param asOf The run's date, YYYY-MM-DD: what lies after it is no follow-up.
 */
export async function sourceFacts(
  engine: Engine,
  tables: Readonly<Record<ModelTable, readonly string[]>>,
  asOf: string,
): Promise<SourceFacts[]> {
  const filled = new Map<string, Record<string, number>>();
  for (const table of modelTables) {
    const counts = watched[table].map(
      (column) => `count(${column === 'icd' ? icd : identifier(column)}) as ${identifier(column)}`,
    );
    const sql = `select source, ${counts.join(', ')} from ${table} group by source`;
    const job = { name: `models/facts/${table}`, sql, inputs: { [table]: tables[table] } };
    for (const { source, ...found } of await rowsOf<Record<string, number> & { source: string }>(engine, job)) {
      const own = filled.get(source) ?? {};
      for (const [column, rows] of Object.entries(found)) own[`${table}.${column}`] = Number(rows);
      filled.set(source, own);
    }
  }
  const known = `${identifier('visit_date')} <= date '${asOf}'`;
  const rows = await rowsOf<Record<'source' | 'first' | 'last', string> & { dates: number; visits: number }>(engine, {
    name: 'models/facts',
    sql: `select source, count(visit_date) as dates, count(*) as visits,
  cast(min(visit_date) as string) as first,
  cast(max(case when ${known} and discharge_date > visit_date and discharge_date <= date '${asOf}' then discharge_date
    when ${known} then visit_date end) as string) as last
from visits group by source order by source`,
    inputs: { visits: tables.visits },
  });
  return rows.map(({ source, dates, visits, first, last }) => ({
    source,
    dated: Number(dates) > 0,
    firstDate: first,
    dataEnd: last,
    asOf,
    visits: Number(visits),
    filled: filled.get(source) ?? {},
  }));
}
