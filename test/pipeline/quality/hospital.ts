// A clean hospital as records that can be struck: the generator's, with the columns beside it that it does not write.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { generate } from '../../../src/sources/generator/generate.js';

export const tables = ['patients', 'visits', 'prescriptions', 'diagnoses'] as const;
export type Table = (typeof tables)[number];

/** One record, field → text as the file has it. The object stands for the record: who keeps it finds it again. */
export type Rec = Record<string, string>;
export type Hospital = Readonly<Record<Table, readonly Rec[]>>;

/** No defects; the same every time. */
export async function cleanHospital(patients: number): Promise<Hospital> {
  const folder = await mkdtemp(join(tmpdir(), 'carelake-hospital-'));
  try {
    const out = join(folder, 'files');
    await generate({ patients, seed: 7, dirty: 0, until: '2025-06-30', out });
    const records = await Promise.all(
      tables.map(async (table) => parse(await readFile(join(out, `${table}.csv`)), { columns: true }) as Rec[]),
    );
    const hospital = Object.fromEntries(tables.map((table, n) => [table, records[n] ?? []])) as Record<Table, Rec[]>;
    addCounted(hospital);
    return hospital;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const at = (rec: Rec, field: string): string => rec[field] ?? '';

export const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
export const dateOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
/** The date so many days after another. */
export const later = (date: string | undefined, days: number): string => dateOf(day(date ?? '') + days);

/** Completed years. */
function years(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}

/** What a source might have counted itself: ages, gaps, numbers of visits, readmissions, times. All of it is right. */
function addCounted({ patients, visits }: Record<Table, Rec[]>): void {
  const births = new Map(patients.map((patient) => [patient.patient_id, at(patient, 'birth_date')]));
  for (const patient of patients) {
    patient.age = String(years(at(patient, 'birth_date'), at(patient, 'registration_date')));
  }
  const histories = grouped(visits, ({ patient_id }) => patient_id ?? '');
  for (const history of histories.values()) {
    history.sort((a, b) => order(a) - order(b) || (at(a, 'visit_id') < at(b, 'visit_id') ? -1 : 1));
    for (const [n, visit] of history.entries()) {
      const before = history[n - 1];
      const date = at(visit, 'visit_date');
      const stays = history.slice(n + 1).filter(({ visit_type }) => visit_type === 'inpatient');
      const end = at(visit, 'discharge_date');
      const back = stays.some((stay) => end !== '' && day(at(stay, 'visit_date')) - day(end) <= 30);
      Object.assign(visit, {
        age: String(years(births.get(visit.patient_id) ?? '', date)),
        previous_visit_gap_days: before ? String(day(date) - day(at(before, 'visit_date'))) : '',
        number_of_previous_visits: String(n),
        readmitted_within_30_days: visit.visit_type === 'inpatient' ? (back ? 'Yes' : 'No') : '',
        admitted_at: `${date} 08:00:00`,
        discharged_at: end === '' ? '' : `${end} 17:30:00`,
        diagnosis_system: 'icd-10',
      });
    }
  }
}

const order = (visit: Rec): number => day(at(visit, 'visit_date'));

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A record as its line. */
export const lineOf = (rec: Rec, columns: readonly string[]): string =>
  columns.map((name) => cell(rec[name] ?? '')).join(',');
