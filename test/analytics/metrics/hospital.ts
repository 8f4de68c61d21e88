// A published hospital in which everything that metrics trip over happens: values missing, two sources with the same
// identifiers, visits of nobody, prescriptions without a visit, names that look like SQL, several days and years.
import { answerMetrics, type MetricAnswer } from '../../../src/analytics/metrics/metrics.js';
import type { MetricQuery } from '../../../src/analytics/metrics/query.js';
import type { PublishedTables } from '../../../src/analytics/published.js';
import { stepFiles } from '../../../src/pipeline/runner.js';
import { openWorkspace, type Workspace } from '../../pipeline/harness.js';

export const hostileTown = `O'Brien"; drop table visits; --`;
export const towns = ['Boston', 'Salem, MA', hostileTown, '%', '$p0'];

export interface Hospital {
  readonly workspace: Workspace;
  readonly published: PublishedTables;
  ask(query: MetricQuery): Promise<MetricAnswer>;
  close(): Promise<void>;
}

/** A workspace over files that a test gives, published. Whoever opens it closes it. */
export async function openHospital(
  landings: readonly { source?: string; files: Readonly<Record<string, string>> }[],
  lake: 'memory' | 'local' = 'memory',
): Promise<Hospital> {
  const workspace = await openWorkspace({ lake });
  for (const { source, files } of landings) await workspace.land(files, source === undefined ? {} : { source });
  await workspace.run();
  const { tables } = await workspace.manifest();
  const files = Object.entries(tables).map(
    async ([name, { step }]) => [name, { paths: await stepFiles(workspace.lake, step) }] as const,
  );
  const published = Object.fromEntries(await Promise.all(files));
  return {
    workspace,
    published,
    ask: (query) => answerMetrics(query, { engine: workspace.engine, published }),
    close: () => workspace.close(),
  };
}

/** The same in every test: the values follow each other in a fixed order. */
export const motleyHospital = (lake: 'memory' | 'local' = 'memory'): Promise<Hospital> =>
  openHospital([{ files: motley(1, 60, 240) }, { source: 'north', files: motley(2, 25, 90) }], lake);

type Cells = readonly (string | number | undefined)[];

function motley(seed: number, patients: number, visits: number): Record<string, string> {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const oneOf = (...values: (string | number)[]): string | number => values[next(values.length)] ?? '';
  const day = (from: number, years: number): string =>
    new Date(Date.UTC(from, 0, 1 + next(365 * years))).toISOString().slice(0, 10);
  const after = (date: string, days: number): string =>
    new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

  const people = Array.from({ length: patients }, (_, index): Cells => {
    const gender = oneOf('M', 'F', 'F', 'M', 'other', '');
    const smoker = oneOf('yes', 'no', 'former', '');
    return [
      `p${index}`,
      day(1930, 85),
      gender,
      oneOf(17, 21.4, 27, 33.3, ''),
      smoker,
      oneOf('Private', 'Government', ''),
      oneOf(...towns, ''),
    ];
  });
  const stays = Array.from({ length: visits }, (_, index): Cells => {
    const date = day(2022, 2);
    const type = oneOf('inpatient', 'inpatient', 'emergency', 'outpatient', '');
    const end = type === 'inpatient' ? oneOf(after(date, next(9)), after(date, next(20)), '') : '';
    const ended = type === 'inpatient' ? oneOf('home', 'home', 'died', 'transfer', '') : '';
    const score = oneOf(1, 3.95, 4, 6.5, 7, 9.99, '');
    return [
      `v${index}`,
      `p${next(patients + 5)}`,
      date,
      end,
      type,
      oneOf('emergency', 'elective', ''),
      ended,
      oneOf('North', "St. Mary's", ''),
      score,
      oneOf('I50.9', 'E11', 'J45', ''),
    ];
  });
  const drugs = Array.from({ length: visits }, (_, index): Cells => {
    const visit = oneOf(`v${next(visits)}`, `v${next(visits)}`, '');
    const patient = visit === '' ? `p${next(patients + 3)}` : '';
    return [`r${index}`, patient, visit, 'A', oneOf('Antibiotic', 'Analgesic', ''), oneOf(day(2022, 2), '')];
  });
  const csv = (header: string, rows: readonly Cells[]): string =>
    `${[header, ...rows.map((row) => row.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(','))].join('\n')}\n`;
  return {
    'patients.csv': csv('patient_id,birth_date,gender,bmi,smoker_status,insurance_type,location', people),
    'visits.csv': csv(
      'visit_id,patient_id,visit_date,discharge_date,visit_type,admission_type,discharge_disposition,facility,severity_score,diagnosis_code',
      stays,
    ),
    'prescriptions.csv': csv('prescription_id,patient_id,visit_id,drug_name,drug_category,prescribed_date', drugs),
  };
}
