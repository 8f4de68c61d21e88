// The labels of risk and progression, told by hand from histories that can be read: what counts, and where a window ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planProgression } from '../../src/models/progression.js';
import { planRisk } from '../../src/models/risk.js';
import { type ModelPlace, openModelPlace } from './place.js';

const head =
  'visit_id,patient_id,visit_date,discharge_date,visit_type,admission_type,discharge_disposition,severity_score,diagnosis_code';
const rowOf = (columns: string) => `${columns},I10`;

/** Each patient is one edge; the last visit of all is on 31 December 2023, until when everybody is followed. */
const visits = [
  // Known before 1 January 2023, and then nothing: no acute visit.
  'a1,quiet,2022-06-01,,outpatient,,,3',
  // An emergency visit on the index date itself, and on the day before it.
  'b1,onthe_day,2022-06-01,,outpatient,,,3',
  'b2,onthe_day,2023-01-01,,emergency,emergency,home,3',
  'c1,day_before,2022-12-31,,emergency,emergency,home,3',
  // The last of 180 days from 1 January 2023 is 29 June.
  'd1,last_day,2022-06-01,,outpatient,,,3',
  'd2,last_day,2023-06-29,,emergency,emergency,home,3',
  'e1,day_after,2022-06-01,,outpatient,,,3',
  'e2,day_after,2023-06-30,,emergency,emergency,home,3',
  // Planned stays and births are no acute visits, an unplanned stay is one, and one of no known type is taken for it.
  'f1,planned,2022-06-01,,outpatient,,,3',
  'f2,planned,2023-02-01,2023-02-04,inpatient,elective,home,3',
  'g1,born,2022-06-01,,outpatient,,,3',
  'g2,born,2023-02-01,2023-02-04,inpatient,newborn,home,3',
  'h1,urgent,2022-06-01,,outpatient,,,3',
  'h2,urgent,2023-02-01,2023-02-04,inpatient,urgent,home,3',
  'i1,untold,2022-06-01,,outpatient,,,3',
  'i2,untold,2023-02-01,2023-02-04,inpatient,,home,3',
  // Outpatient visits are none.
  'j1,outpatient,2022-06-01,,outpatient,,,3',
  'j2,outpatient,2023-02-01,,outpatient,,,3',
  // Died in the window without an acute visit: none. Died before it: no case.
  'k1,died_within,2022-06-01,,outpatient,,,3',
  'l1,died_before,2022-06-01,,outpatient,,,3',
  'm1,died_in_hospital,2022-06-01,2022-06-05,inpatient,urgent,died,3',
  // Died on the index date: still alive at the end of the day before it.
  'n1,died_on_the_day,2022-06-01,,outpatient,,,3',
  // First seen on the index date: nothing is known of them yet.
  'o1,new,2023-01-01,,emergency,emergency,home,3',
  'z1,last,2023-12-31,,outpatient,,,3',
];

const patients = [...new Set(visits.map((visit) => visit.split(',')[1] as string))].map((patient) => {
  const death = { died_within: '2023-03-01', died_before: '2022-12-31', died_on_the_day: '2023-01-01' }[patient] ?? '';
  return `${patient},1960-01-01,Female,2020-01-01,${death}`;
});

/** How severity went on: name of the patient, the severities and dates of their visits. */
const courses = [
  'better,2022-01-01,,outpatient,,,6|better,2022-03-01,,outpatient,,,4',
  'a_little_better,2022-01-01,,outpatient,,,6|a_little_better,2022-03-01,,outpatient,,,4.1',
  'worse,2022-01-01,,outpatient,,,4|worse,2022-03-01,,outpatient,,,6',
  'a_little_worse,2022-01-01,,outpatient,,,4|a_little_worse,2022-03-01,,outpatient,,,5.9',
  // The next visit that has a score counts, not one without.
  'skips,2022-01-01,,outpatient,,,4|skips,2022-02-01,,outpatient,,,|skips,2022-03-01,,outpatient,,,7',
  // 365 days after the visit ended, and one day more.
  'last_day,2022-01-01,,outpatient,,,4|last_day,2023-01-01,,outpatient,,,4',
  'day_after,2022-01-01,,outpatient,,,4|day_after,2023-01-02,,outpatient,,,4',
  // Counted from the discharge.
  'stay,2022-01-01,2022-01-10,inpatient,urgent,home,4|stay,2023-01-10,,outpatient,,,8',
  // Died at the next visit, after it, before it, or without another.
  'dies_there,2022-01-01,,outpatient,,,6|dies_there,2022-03-01,2022-03-03,inpatient,urgent,died,6',
  'dies_later,2022-01-01,,outpatient,,,6|dies_later,2022-03-01,,outpatient,,,6',
  'dies_alone,2022-01-01,,outpatient,,,6',
  'dies_too_late,2022-01-01,,outpatient,,,6',
  'nothing,2022-01-01,,outpatient,,,6',
  // The same day is not the next visit.
  'same_day,2022-01-01,,outpatient,,,3|same_day,2022-01-01,,emergency,emergency,home,9|same_day,2022-02-01,,outpatient,,,9',
  // Not followed up for 365 days.
  'late,2023-06-01,,outpatient,,,3|late,2023-07-01,,outpatient,,,9',
  'end,2023-12-31,,outpatient,,,',
]
  .flatMap((course) => course.split('|').map((visit, number) => `${visit.split(',')[0]}${number + 1},${visit}`))
  .map(rowOf);
const deaths: Readonly<Record<string, string>> = {
  dies_later: '2022-03-10',
  dies_alone: '2023-01-01',
  dies_too_late: '2023-01-02',
};
const walking = [...new Set(courses.map((visit) => visit.split(',')[1] as string))].map(
  (patient) => `${patient},1960-01-01,Male,2020-01-01,${deaths[patient] ?? ''}`,
);

const table = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const people = 'patient_id,birth_date,gender,registration_date,death_date';

async function labelsOf(place: ModelPlace, plan: Parameters<ModelPlace['rows']>[0]) {
  const rows = await place.rows(plan);
  return Object.fromEntries([...rows].map(([id, { label }]) => [id, label]));
}

describe('risk: an acute visit in 180 days', () => {
  let place: ModelPlace;
  beforeAll(async () => {
    place = await openModelPlace({
      'patients.csv': table(people, patients),
      'visits.csv': table(head, visits.map(rowOf)),
    });
  });
  afterAll(() => place.workspace.close());

  test('is told of every patient who is alive and was seen before, by what begins in the window', async () => {
    const labels = await labelsOf(place, planRisk(await place.facts()));
    const on = (day: string) =>
      Object.fromEntries(
        Object.entries(labels).flatMap(([id, label]) => (id.endsWith(` ${day}`) ? [[id.split(' ')[0], label]] : [])),
      );
    expect(on('2023-01-01')).toEqual({
      ...{ quiet: 0, onthe_day: 1, day_before: 0, last_day: 1, day_after: 0, planned: 0, born: 0, urgent: 1 },
      ...{ untold: 1, outpatient: 0, died_within: 0, died_on_the_day: 0 },
    });
  });

  test('is asked at every 1 January and 1 July that is followed to the end, and no other day', async () => {
    const labels = await labelsOf(place, planRisk(await place.facts()));
    const days = new Set(Object.keys(labels).map((id) => id.split(' ')[1]));
    expect([...days].sort()).toEqual(['2022-07-01', '2023-01-01', '2023-07-01']);
    expect(labels['day_after 2022-07-01']).toBe(0);
  });
});

describe('progression: the severity at the next visit within a year', () => {
  let place: ModelPlace;
  beforeAll(async () => {
    place = await openModelPlace({
      'patients.csv': table(people, walking),
      'visits.csv': table(head, courses),
    });
  });
  afterAll(() => place.workspace.close());

  test('is told of every visit that has a score and is followed up, and of no other', async () => {
    const plan = planProgression(await place.facts());
    const labels = Object.fromEntries(
      Object.entries(await labelsOf(place, plan)).map(([id, label]) => [id, plan.classes[Number(label)]]),
    );
    expect(labels).toEqual({
      ...{ better1: 'improving', a_little_better1: 'stable', worse1: 'worsening', a_little_worse1: 'stable' },
      ...{ skips1: 'worsening', last_day1: 'stable', stay1: 'worsening' },
      ...{ dies_there1: 'worsening', dies_later1: 'stable', dies_later2: 'worsening', dies_alone1: 'worsening' },
      ...{ same_day1: 'worsening', same_day2: 'stable' },
    });
  });
});
