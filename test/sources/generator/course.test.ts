// What happens to the synthetic patients: order, causes and rates, in data without defects.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Folder, type Row } from './folder.js';

const PATIENTS = 12_000;
const UNTIL = '2025-12-31';

let folder: Folder;
let patients: Row[];
let visits: Row[];
let prescriptions: Row[];
let diagnoses: Row[];
let outcomes: Readonly<Record<string, unknown>>[];
let visitsOf: Map<string, Row[]>;

beforeAll(async () => {
  folder = await Folder.generated({ patients: PATIENTS, seed: 20 });
  patients = await folder.rows('patients');
  visits = await folder.rows('visits');
  prescriptions = await folder.rows('prescriptions');
  diagnoses = await folder.rows('diagnoses');
  outcomes = await folder.truth('outcomes');
  visitsOf = grouped(visits);
});
afterAll(() => folder.remove());

const idOfPatient = ({ patient_id }: Row): string => patient_id as string;
const text = (row: Row, field: string): string => row[field] as string;
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const stays = (): Row[] => visits.filter(({ visit_type }) => visit_type === 'inpatient');

function grouped(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(idOfPatient(row));
    if (group) group.push(row);
    else groups.set(idOfPatient(row), [row]);
  }
  return groups;
}

describe('identifiers', () => {
  it('are unique, and every reference has its row', () => {
    const ids = new Set(patients.map(idOfPatient));
    const owner = new Map(visits.map((visit) => [visit.visit_id, visit.patient_id]));
    expect(ids.size).toBe(PATIENTS);
    expect(owner.size).toBe(visits.length);
    expect(new Set(prescriptions.map(({ prescription_id }) => prescription_id)).size).toBe(prescriptions.length);
    expect(visits.filter((visit) => !ids.has(idOfPatient(visit)))).toEqual([]);
    for (const rows of [prescriptions, diagnoses]) {
      expect(rows.filter(({ visit_id, patient_id }) => owner.get(visit_id) !== patient_id)).toEqual([]);
    }
  });
});

describe('dates', () => {
  it('rise from birth over registration and visits to death', () => {
    for (const patient of patients) {
      const own = visitsOf.get(idOfPatient(patient)) ?? [];
      const times = [text(patient, 'birth_date'), text(patient, 'registration_date')];
      for (const visit of own) {
        times.push(text(visit, 'visit_date'));
        if (visit.discharge_date) times.push(visit.discharge_date);
      }
      if (patient.death_date) times.push(patient.death_date);
      times.push(UNTIL);
      expect(times).toEqual([...times].sort());
    }
  });

  it('leave a stay without its end only on the last days, as the last visit of a patient', () => {
    const open = stays().filter(({ discharge_date }) => discharge_date === '');
    expect(open.length).toBeGreaterThan(0);
    for (const visit of open) {
      expect(visit).toMatchObject({ discharge_disposition: '', length_of_stay: '' });
      expect(visitsOf.get(idOfPatient(visit))?.at(-1)).toBe(visit);
      expect(days(text(visit, 'visit_date'), UNTIL)).toBeLessThan(60);
    }
  });

  it('give the length of stay', () => {
    for (const stay of stays().filter(({ discharge_date }) => discharge_date)) {
      expect(Number(stay.length_of_stay)).toBe(days(text(stay, 'visit_date'), text(stay, 'discharge_date')));
    }
  });

  it('put a prescription on the day of its visit, of a stay on that of discharge', () => {
    const day = new Map(visits.map((visit) => [visit.visit_id, visit.discharge_date || visit.visit_date]));
    expect(prescriptions.filter(({ visit_id, prescribed_date }) => day.get(visit_id) !== prescribed_date)).toEqual([]);
  });
});

describe('deaths', () => {
  it('in hospital fall on the discharge; nobody is seen or treated afterwards', () => {
    const died = new Map(patients.map((patient) => [patient.patient_id, patient.death_date]));
    const inHospital = visits.filter(({ discharge_disposition }) => discharge_disposition === 'died');
    expect(inHospital.length).toBeGreaterThan(100);
    const treated = new Set(prescriptions.map(({ visit_id }) => visit_id));
    for (const visit of inHospital) {
      expect(visit.discharge_date).toBe(died.get(idOfPatient(visit)));
      expect(visitsOf.get(idOfPatient(visit))?.at(-1)).toBe(visit);
      expect(treated.has(text(visit, 'visit_id'))).toBe(false);
    }
  });

  it('come to some, more often to the old', () => {
    const share = (rows: readonly Row[]) => rows.filter(({ death_date }) => death_date).length / rows.length;
    const old = patients.filter((patient) => text(patient, 'birth_date') < '1950');
    expect(share(patients)).toBeGreaterThan(0.03);
    expect(share(patients)).toBeLessThan(0.15);
    expect(share(old)).toBeGreaterThan(2 * share(patients));
  });
});

describe('readmission', () => {
  it('as drawn is readmission as the rows show it, wherever the patient is followed', () => {
    const followed = outcomes.filter((outcome) => outcome.followed);
    expect(followed.length).toBeGreaterThan(5000);
    for (const { visit_id, patient_id, discharge_date, readmitted } of followed) {
      const own = visitsOf.get(patient_id as string) ?? [];
      const after = own.slice(own.findIndex((visit) => visit.visit_id === visit_id) + 1);
      const next = after.find(({ visit_type }) => visit_type === 'inpatient');
      const gap = next ? days(discharge_date as string, text(next, 'visit_date')) : Number.POSITIVE_INFINITY;
      expect(gap <= 30 && next?.admission_type !== 'elective').toBe(readmitted);
      expect(gap).toBeGreaterThan(1);
    }
  });

  it('is as frequent as its probabilities say, overall and by tenths of them', () => {
    const all = outcomes.map(({ true_probability, readmitted }) => ({
      p: true_probability as number,
      y: readmitted ? 1 : 0,
    }));
    all.sort((a, b) => a.p - b.p);
    const tenths = Array.from({ length: 10 }, (_, n) => all.slice((n * all.length) / 10, ((n + 1) * all.length) / 10));
    for (const group of [all, ...tenths]) {
      const expected = group.reduce((sum, { p }) => sum + p, 0);
      const deviation = Math.sqrt(group.reduce((sum, { p }) => sum + p * (1 - p), 0));
      expect(Math.abs(group.reduce((sum, { y }) => sum + y, 0) - expected)).toBeLessThan(4 * deviation);
    }
  });

  it('comes to 12 to 16 % of index discharges, with probabilities that differ', () => {
    const index = outcomes.filter((outcome) => outcome.index);
    const rate = index.filter(({ readmitted }) => readmitted).length / index.length;
    expect(rate).toBeGreaterThan(0.12);
    expect(rate).toBeLessThan(0.16);
    const sorted = index.map(({ true_probability }) => true_probability as number).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeGreaterThan(
      4 * (sorted[Math.floor(sorted.length * 0.1)] as number),
    );
  });

  it('has a probability for every live end of an episode, and for nothing else', () => {
    const known = new Set(outcomes.map(({ visit_id }) => visit_id));
    const ends = stays().filter(({ discharge_disposition: how }) => !['', 'died', 'transfer'].includes(how ?? ''));
    expect(known).toEqual(new Set(ends.map(({ visit_id }) => visit_id)));
  });
});

describe('stays', () => {
  it('are some of them planned, and some planned ones follow within 30 days', () => {
    const planned = stays().filter(({ admission_type }) => admission_type === 'elective');
    expect(planned.length / stays().length).toBeGreaterThan(0.1);
    expect(planned.length / stays().length).toBeLessThan(0.45);
    const soon = [...visitsOf.values()].flatMap((own) => {
      const admitted = own.filter(({ visit_type }) => visit_type === 'inpatient');
      return admitted.slice(1).filter((stay, n) => {
        const gap = days(text(admitted[n] as Row, 'discharge_date'), text(stay, 'visit_date'));
        return stay.admission_type === 'elective' && gap <= 30;
      });
    });
    expect(soon.length).toBeGreaterThan(20);
  });

  it('go on in another hospital on the same or the next day after most transfers', () => {
    const transfers = stays().filter(({ discharge_disposition }) => discharge_disposition === 'transfer');
    const onward = transfers.filter((stay) => {
      const own = visitsOf.get(idOfPatient(stay)) ?? [];
      const next = own[own.indexOf(stay) + 1];
      if (next?.visit_type !== 'inpatient') return false;
      const gap = days(text(stay, 'discharge_date'), text(next, 'visit_date'));
      return gap <= 1 && next.facility !== stay.facility;
    });
    expect(transfers.length).toBeGreaterThan(100);
    expect(onward.length / transfers.length).toBeGreaterThan(0.8);
    expect(onward.length).toBeLessThan(transfers.length);
  });

  it('are more in winter for the lungs', () => {
    const lungs = visits.filter(({ diagnosis_code }) => diagnosis_code?.startsWith('J'));
    const inMonths = (months: readonly string[]) =>
      lungs.filter((visit) => months.includes(text(visit, 'visit_date').slice(5, 7))).length;
    expect(inMonths(['12', '01', '02'])).toBeGreaterThan(1.5 * inMonths(['06', '07', '08']));
  });
});

describe('severity', () => {
  it('carries over from visit to visit of a patient', () => {
    const pairs = [...visitsOf.values()].flatMap((own) =>
      own.slice(1).map((visit, n) => [Number(own[n]?.severity_score), Number(visit.severity_score)] as const),
    );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [a, b] = [mean(pairs.map(([before]) => before)), mean(pairs.map(([, after]) => after))];
    const covariance = mean(pairs.map(([before, after]) => (before - a) * (after - b)));
    const deviations = Math.sqrt(
      mean(pairs.map(([before]) => (before - a) ** 2)) * mean(pairs.map(([, after]) => (after - b) ** 2)),
    );
    expect(covariance / deviations).toBeGreaterThan(0.4);
  });
});

describe('diagnoses', () => {
  it('begin with the code of the visit and are ranked without gaps', () => {
    const code = new Map(visits.map((visit) => [visit.visit_id, visit.diagnosis_code]));
    const first = diagnoses.filter(({ rank }) => rank === '1');
    expect(first.map(({ visit_id }) => visit_id)).toEqual(visits.map(({ visit_id }) => visit_id));
    expect(first.filter((row) => row.diagnosis_code !== code.get(row.visit_id))).toEqual([]);
    for (const [n, row] of diagnoses.entries()) {
      if (row.rank !== '1') expect(Number(row.rank)).toBe(Number(diagnoses[n - 1]?.rank) + 1);
    }
  });
});

describe('the size', () => {
  it('is about five visits and five prescriptions a patient', () => {
    for (const rows of [visits, prescriptions]) {
      expect(rows.length / PATIENTS).toBeGreaterThan(4.5);
      expect(rows.length / PATIENTS).toBeLessThan(5.5);
    }
  });
});
