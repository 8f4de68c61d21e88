// What a stay is, which stays are index stays, and what counts as a readmission. Each history is one patient; the source
// is followed up to 2024-06-15 by a visit of somebody else.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staysStep } from '../../../src/pipeline/marts/stays.js';
import { runSteps } from '../../../src/pipeline/runner.js';
import { openWorkspace, type Row, type Workspace } from '../harness.js';
import { type Visit, visitsCsv } from './histories.js';

interface Case {
  readonly visits: readonly Visit[];
  /** What the stays are expected to hold, in their order. */
  readonly stays: readonly Row[];
}

const may = (day: number): string => `2024-05-${String(day).padStart(2, '0')}`;
const january = (day: number): string => `2024-01-${String(day).padStart(2, '0')}`;
const first: Visit = { id: 'a', in: january(1), out: january(5) };
const readmitted = { is_index: true, exclusion_reason: null, readmitted_within_30_days: true };
const notReadmitted = { is_index: true, exclusion_reason: null, readmitted_within_30_days: false };
const excluded = (reason: string) => ({ is_index: false, exclusion_reason: reason, readmitted_within_30_days: null });

const cases: Readonly<Record<string, Case>> = {
  'a live discharge without a return is an index stay that was not readmitted': {
    visits: [first],
    stays: [
      {
        stay_id: 'a',
        first_visit_id: 'a',
        last_visit_id: 'a',
        visits: 1,
        admitted_on: '2024-01-01',
        discharged_on: '2024-01-05',
        length_of_stay_days: 4,
        stay_order: null,
        admission_type: 'emergency',
        planned: false,
        planned_basis: 'admission type',
        discharge_disposition: 'home',
        died: false,
        facility: 'North',
        disease: 'Circulatory',
        next_stay_id: null,
        days_to_next_stay: null,
        next_stay_planned: null,
        readmission_basis: 'dates, unplanned',
        ...notReadmitted,
      },
    ],
  },
  'an unplanned return on the day of discharge to another hospital is a readmission': {
    visits: [first, { id: 'b', in: january(5), out: january(8), at: 'South' }],
    stays: [
      { stay_id: 'a', next_stay_id: 'b', days_to_next_stay: 0, next_stay_planned: false, ...readmitted },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'an unplanned return on the day of discharge for another diagnosis is a readmission': {
    visits: [first, { id: 'b', in: january(5), out: january(8), dx: 'J18.9' }],
    stays: [
      { stay_id: 'a', days_to_next_stay: 0, ...readmitted },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'an unplanned return on day 1 is a readmission, also for the same diagnosis in the same hospital': {
    visits: [first, { id: 'b', in: january(6), out: january(8) }],
    stays: [
      { stay_id: 'a', days_to_next_stay: 1, ...readmitted },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'an unplanned return on day 30 is a readmission': {
    visits: [first, { id: 'b', in: '2024-02-04', out: '2024-02-08' }],
    stays: [
      { stay_id: 'a', days_to_next_stay: 30, ...readmitted },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'an unplanned return on day 31 is none': {
    visits: [first, { id: 'b', in: '2024-02-05', out: '2024-02-08' }],
    stays: [
      { stay_id: 'a', next_stay_id: 'b', days_to_next_stay: 31, ...notReadmitted },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'a planned return is no readmission and closes the window for the unplanned one behind it': {
    visits: [
      first,
      { id: 'b', in: january(15), out: january(17), as: 'elective' },
      { id: 'c', in: january(25), out: january(27) },
    ],
    stays: [
      { stay_id: 'a', next_stay_id: 'b', days_to_next_stay: 10, next_stay_planned: true, ...notReadmitted },
      { stay_id: 'b', planned: true, planned_basis: 'admission type', days_to_next_stay: 8, ...readmitted },
      { stay_id: 'c', planned: false, ...notReadmitted },
    ],
  },
  'a readmission may itself be an index stay that is readmitted': {
    visits: [first, { id: 'b', in: january(10), out: january(12) }, { id: 'c', in: january(20), out: january(22) }],
    stays: [
      { stay_id: 'a', ...readmitted },
      { stay_id: 'b', ...readmitted },
      { stay_id: 'c', ...notReadmitted },
    ],
  },
  'who died in hospital is no index stay': {
    visits: [{ ...first, to: 'died' }],
    stays: [{ died: true, discharge_disposition: 'died', ...excluded('died') }],
  },
  'who left against advice is no index stay, whatever came after': {
    visits: [
      { ...first, to: 'left against advice' },
      { id: 'b', in: january(7), out: january(8) },
    ],
    stays: [
      { stay_id: 'a', next_stay_id: 'b', days_to_next_stay: 2, ...excluded('left against advice') },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'a discharge to a hospice is an index stay where there are dates': {
    visits: [{ ...first, to: 'hospice' }],
    stays: [notReadmitted],
  },
  'a transfer on the same day is one stay, for which the last hospital answers': {
    visits: [
      { ...first, to: 'transfer', as: 'elective' },
      { id: 'b', in: january(5), out: january(9), at: 'South', dx: 'J18.9' },
    ],
    stays: [
      {
        stay_id: 'a',
        first_visit_id: 'a',
        last_visit_id: 'b',
        visits: 2,
        discharged_on: '2024-01-09',
        length_of_stay_days: 8,
        admission_type: 'elective',
        planned: true,
        discharge_disposition: 'home',
        facility: 'South',
        disease: 'Circulatory',
        ...notReadmitted,
      },
    ],
  },
  'a transfer on the next day is one stay': {
    visits: [
      { ...first, to: 'transfer' },
      { id: 'b', in: january(6), out: january(9), at: 'South' },
    ],
    stays: [{ stay_id: 'a', last_visit_id: 'b', visits: 2, discharged_on: '2024-01-09', ...notReadmitted }],
  },
  'an admission two days after a transfer is a stay of its own': {
    visits: [
      { ...first, to: 'transfer' },
      { id: 'b', in: january(7), out: january(9), at: 'South' },
    ],
    stays: [
      { stay_id: 'a', days_to_next_stay: 2, ...excluded('transferred out') },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'a chain of three transfers is one stay, and its readmission counts from the last discharge': {
    visits: [
      { ...first, to: 'transfer' },
      { id: 'b', in: january(5), out: january(9), at: 'South', to: 'transfer' },
      { id: 'c', in: january(10), out: january(20), at: 'West' },
      { id: 'd', in: '2024-02-15', out: '2024-02-16' },
    ],
    stays: [
      { stay_id: 'a', last_visit_id: 'c', visits: 3, facility: 'West', days_to_next_stay: 26, ...readmitted },
      { stay_id: 'd', ...notReadmitted },
    ],
  },
  'a transfer after which nobody is seen again is transferred out': {
    visits: [{ ...first, to: 'transfer' }],
    stays: [{ discharge_disposition: 'transfer', ...excluded('transferred out') }],
  },
  'the same day, hospital and diagnosis again is the same stay': {
    visits: [first, { id: 'b', in: january(5), out: january(8) }],
    stays: [{ stay_id: 'a', last_visit_id: 'b', visits: 2, length_of_stay_days: 7, ...notReadmitted }],
  },
  'a visit that begins before the one before it has ended goes on with it': {
    visits: [first, { id: 'b', in: january(3), out: january(8), at: 'South', dx: 'J18.9', to: 'facility' }],
    stays: [{ stay_id: 'a', last_visit_id: 'b', visits: 2, discharge_disposition: 'facility', length_of_stay_days: 7 }],
  },
  'a visit within another does not end the stay: the one that ends last does': {
    visits: [
      { id: 'a', in: january(1), out: january(20), to: 'left against advice', at: 'North' },
      { id: 'b', in: january(5), out: january(7), at: 'South' },
    ],
    stays: [
      {
        first_visit_id: 'a',
        last_visit_id: 'a',
        visits: 2,
        facility: 'North',
        discharged_on: '2024-01-20',
        ...excluded('left against advice'),
      },
    ],
  },
  'a transfer goes on although another visit lies within the stay that it ends': {
    visits: [
      { id: 'a', in: january(1), out: january(20), to: 'transfer' },
      { id: 'b', in: january(5), out: january(7), at: 'South' },
      { id: 'c', in: january(21), out: january(25), at: 'West' },
    ],
    stays: [{ first_visit_id: 'a', last_visit_id: 'c', visits: 3, facility: 'West', ...notReadmitted }],
  },
  'a discharge before the admission ends nothing, and is told apart from one that is missing': {
    visits: [{ ...first, in: january(5), out: january(1), days: 3 }],
    stays: [{ discharged_on: null, length_of_stay_days: null, ...excluded('discharge before admission') }],
  },
  'a stay of which one visit has no end and another ends before it begins is told by the fault': {
    visits: [
      { ...first, out: january(9) },
      { id: 'b', in: january(3), out: january(2) },
      { id: 'c', in: january(4) },
    ],
    stays: [{ visits: 3, discharged_on: null, ...excluded('discharge before admission') }],
  },
  'without a discharge date the length of stay tells, in whole days': {
    visits: [{ id: 'a', in: january(1), days: 3.75 }],
    stays: [{ discharged_on: '2024-01-04', length_of_stay_days: 3, ...notReadmitted }],
  },
  'without a discharge date and a length of stay nothing tells': {
    visits: [
      { id: 'a', in: january(1) },
      { id: 'b', in: january(10), out: january(12) },
    ],
    stays: [
      { stay_id: 'a', next_stay_id: 'b', days_to_next_stay: null, ...excluded('no discharge date') },
      { stay_id: 'b', ...notReadmitted },
    ],
  },
  'who died is excluded for that, not for a missing discharge date': {
    visits: [{ id: 'a', in: january(1), to: 'died' }],
    stays: [excluded('died')],
  },
  'who left against advice is excluded for that, not for a short follow-up': {
    visits: [{ id: 'a', in: may(28), out: may(30), to: 'left against advice' }],
    stays: [excluded('left against advice')],
  },
  'a transfer out without a discharge date is excluded as a transfer': {
    visits: [{ id: 'a', in: january(1), to: 'transfer' }],
    stays: [excluded('transferred out')],
  },
  'a discharge exactly 30 days before the end of the data is followed up': {
    visits: [{ id: 'a', in: may(10), out: may(16) }],
    stays: [notReadmitted],
  },
  'a discharge 29 days before the end of the data is not, even where a return is known': {
    visits: [
      { id: 'a', in: may(10), out: may(17) },
      { id: 'b', in: may(20), out: may(21) },
    ],
    stays: [
      { stay_id: 'a', next_stay_id: 'b', days_to_next_stay: 3, ...excluded('follow-up too short') },
      { stay_id: 'b', ...excluded('follow-up too short') },
    ],
  },
  'outpatient, emergency and other visits are neither stays nor returns': {
    visits: [
      first,
      { id: 'b', in: january(6), type: 'emergency' },
      { id: 'c', in: january(7), out: january(7), type: 'outpatient', as: 'elective' },
      { id: 'd', in: january(8), type: 'other' },
      { id: 'e', in: january(9), out: january(11) },
    ],
    stays: [
      { stay_id: 'a', next_stay_id: 'e', days_to_next_stay: 4, ...readmitted },
      { stay_id: 'e', ...notReadmitted },
    ],
  },
  'a newborn was planned': {
    visits: [{ ...first, as: 'newborn' }],
    stays: [{ planned: true, ...notReadmitted }],
  },
  'a return without an admission type is unplanned': {
    visits: [first, { id: 'b', in: january(10), out: january(12), as: null }],
    stays: [
      { stay_id: 'a', next_stay_planned: false, ...readmitted },
      { stay_id: 'b', planned: false, admission_type: null, ...notReadmitted },
    ],
  },
};

const names = Object.keys(cases);
/** Every history is that of one patient, whose visits bear the patient's number: `a` of the third is `3a`. */
const histories = Object.fromEntries(
  names.map((name, n) => [`p${n}`, (cases[name]?.visits ?? []).map((visit) => ({ ...visit, id: `${n}${visit.id}` }))]),
);
const ids = ['stay_id', 'first_visit_id', 'last_visit_id', 'next_stay_id'] as const;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  const everybody = Object.keys(histories).map((patient) => `${patient},50`);
  const endOfData = { watcher: [{ id: 'end', in: '2024-06-15', type: 'outpatient' }] };
  await workspace.land({
    'patients.csv': `patient_id,age\n${everybody.join('\n')}\n`,
    'visits.csv': visitsCsv({
      ...histories,
      ...endOfData,
      orphan: [{ id: 'orphan', in: january(1), out: january(2) }],
    }),
  });
  await workspace.land(
    { 'visits.csv': visitsCsv({ early: [{ id: 'x', in: '2024-02-01', out: '2024-02-03' }] }) },
    { source: 'early' },
  );
  await workspace.land(
    {
      'visits.csv': [
        'visit_id,patient_id,visit_order,visit_type,length_of_stay,admission_type,discharge_disposition,readmitted_within_30_days,age',
        'u1,p,1,inpatient,3,emergency,home,Yes,61',
        'u2,p,2,inpatient,4.5,elective,left against advice,No,62',
        'u3,q,3,inpatient,2,emergency,died,No,70',
        'u4,q,4,inpatient,2,emergency,hospice,No,70',
        'u5,q,5,inpatient,2,emergency,transfer,Yes,70',
        'u6,q,6,inpatient,2,emergency,home,,70',
        'u7,q,7,outpatient,,,,Yes,70',
        '',
      ].join('\n'),
    },
    { source: 'undated' },
  );
  await workspace.run();
});
afterAll(() => workspace.close());

describe('stays', () => {
  test.each(names)('%s', async (name) => {
    const n = names.indexOf(name);
    const rows = await workspace.rows(
      'stays',
      `select * from t where patient_id = 'p${n}' order by admitted_on, stay_id`,
    );
    const own = rows.map((row) => ({
      ...row,
      ...Object.fromEntries(ids.map((id) => [id, row[id] === null ? null : String(row[id]).slice(`${n}`.length)])),
    }));
    expect(own).toHaveLength(cases[name]?.stays.length ?? 0);
    expect(own).toMatchObject(cases[name]?.stays ?? []);
  });

  test('hold every inpatient visit exactly once', async () => {
    const [counted] = await workspace.ask(
      `select (select cast(sum(visits) as bigint) from stays) as merged, (select count(*) from visits where visit_type = 'inpatient') as visits`,
    );
    expect(counted?.merged).toBe(counted?.visits);
  });

  test('of a patient who is not known are there all the same', async () => {
    const [stay] = await workspace.rows('stays', `select * from t where patient_id = 'orphan'`);
    expect(stay).toMatchObject({ stay_id: 'orphan', age_at_admission: null, ...notReadmitted });
  });

  test('are followed up to the end of their own source', async () => {
    const [stay] = await workspace.rows('stays', `select * from t where source = 'early'`);
    expect(stay).toMatchObject({ stay_id: 'early:x', ...excluded('follow-up too short') });
  });

  test('of a source without dates keep its label and leave out deaths, hospice and what has no label', async () => {
    const stays = await workspace.rows('stays', `select * from t where source = 'undated' order by stay_order`);
    const label = { readmission_basis: 'file label, all-cause', admitted_on: null, discharged_on: null, visits: 1 };
    expect(stays).toMatchObject([
      { stay_id: 'undated:u1', stay_order: 1, length_of_stay_days: 3, age_at_admission: 61, ...label, ...readmitted },
      { stay_id: 'undated:u2', stay_order: 2, length_of_stay_days: 4, planned: true, ...label, ...notReadmitted },
      { stay_id: 'undated:u3', died: true, ...label, ...excluded('died') },
      { stay_id: 'undated:u4', died: false, ...label, ...excluded('hospice') },
      { stay_id: 'undated:u5', next_stay_id: null, ...label, ...readmitted },
      { stay_id: 'undated:u6', ...label, ...excluded('no label') },
    ]);
    expect(stays).toHaveLength(6);
  });

  test('take no date after the day of the run for the end of the data', async () => {
    const plan = await workspace.plan();
    const earlier = staysStep(plan.published.visits as typeof plan.issues, '2024-02-10');
    const [made] = (await runSteps([earlier], workspace)).slice(-1);
    const [dated] = await workspace.rows(
      made?.hash ?? '',
      `select * from t where first_visit_id = '${names.indexOf('an unplanned return on day 30 is a readmission')}a'`,
    );
    // Discharged on 5 January, and the latest date not after 10 February is that of a discharge on 8 February.
    expect(dated).toMatchObject(readmitted);
    const [late] = await workspace.rows(made?.hash ?? '', `select * from t where admitted_on = date '2024-05-28'`);
    expect(late).toMatchObject({ is_index: false });
    const ends = await workspace.rows(
      made?.hash ?? '',
      `select max(discharged_on) as latest from t where is_index and source = 'default'`,
    );
    expect(ends).toEqual([{ latest: '2024-01-09' }]);
  });
});
