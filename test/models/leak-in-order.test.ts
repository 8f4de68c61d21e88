// Of a source whose visits have an order and no dates: nothing that comes after a case's place in it changes what the case
// knows. Random histories, each in two versions that part company after a visit, run through the pipeline on the real engine.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Feature } from '../../src/catalog/features/feature.js';
import type { ModelPlan } from '../../src/models/plan.js';
import { planReadmission } from '../../src/models/readmission.js';
import type { Row } from '../pipeline/harness.js';
import { type ModelPlace, openModelPlace } from './place.js';

const visit = fc.record({
  lasts: fc.integer({ min: 1, max: 14 }),
  came: fc.constantFrom('emergency', 'urgent', 'elective', ''),
  from: fc.constantFrom('emergency room', 'physician referral', ''),
  to: fc.constantFrom('home', 'home', 'facility', 'transfer'),
  again: fc.constantFrom('<30', '>30', 'No'),
  code: fc.constantFrom('428.0', '496', '585.9', '250.40', '162.9', 'V58.1'),
  further: fc.constantFrom('410', '250.40', '042', '531'),
  third: fc.constantFrom('401.9', '276.1', ''),
  a1c: fc.constantFrom('>7', '>8', 'Norm', ''),
  dose: fc.constantFrom('steady', 'increased', 'decreased', ''),
  emergencies: fc.integer({ min: 0, max: 5 }),
});
type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never;

/** One person in two versions: the visits of `shared` are the same but for what followed the last of them. */
const person = fc.record({
  shared: fc.array(visit, { minLength: 1, maxLength: 6 }),
  follows: fc.tuple(fc.constantFrom('<30', '>30', 'No'), fc.constantFrom('<30', '>30', 'No')),
  ends: fc.tuple(fc.array(visit, { maxLength: 5 }), fc.array(visit, { maxLength: 5 })),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;
type Told = { readonly id: string; readonly visits: readonly (Visit & { readonly id: string })[] };

function versions({ shared, follows, ends }: Person, n: number): readonly [Told, Told] {
  const told = (version: 0 | 1): Told => {
    const id = `p${n}-${version}`;
    const last = shared.length - 1;
    const before = shared.map((one, at) => (at === last ? { ...one, again: follows[version] } : one));
    return { id, visits: [...before, ...ends[version]].map((one, at) => ({ ...one, id: `${id}-${at}` })) };
  };
  return [told(0), told(1)];
}

function csv(people: readonly Told[]): Record<string, string> {
  const lines = (header: string, rows: readonly (readonly unknown[])[]) =>
    `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;
  const all = people.flatMap(({ id: patient, visits }) => visits.map((one, at) => ({ ...one, patient, at })));
  return {
    'patients.csv': lines(
      'patient_id,age,gender',
      people.map(({ id }) => [id, 70, 'Female']),
    ),
    'visits.csv': lines(
      'visit_id,patient_id,visit_order,visit_type,length_of_stay,admission_type,admission_source,discharge_disposition,readmitted_within_30_days,readmitted_after_30_days,diagnosis_system,diagnosis_code,a1c_result,prior_emergency',
      all.map((one) => [
        ...[one.id, one.patient, one.at, 'inpatient', one.lasts, one.came, one.from, one.to],
        ...[one.again === '<30' ? 'Yes' : 'No', one.again === '>30' ? 'Yes' : 'No'],
        ...['icd-9-cm', one.code, one.a1c, one.emergencies],
      ]),
    ),
    'diagnoses.csv': lines(
      'visit_id,rank,diagnosis_system,diagnosis_code',
      all.flatMap(({ id, further, third }) => [
        [id, 2, 'icd-9-cm', further],
        ...(third ? [[id, 3, 'icd-9-cm', third]] : []),
      ]),
    ),
    'prescriptions.csv': lines(
      'prescription_id,visit_id,patient_id,drug_name,dosage',
      all.flatMap(({ id, patient, dose }) => (dose ? [[`r${id}`, id, patient, 'insulin', dose]] : [])),
    ),
  };
}

/** What followed the stay of the moment, which nobody knew. */
const ofTheFuture: Feature = {
  name: 'readmitted_after_30_days',
  label: 'Readmitted later',
  type: 'category',
  definition: 'What nobody knew.',
  known: 'end of the visit',
  origin: { kind: 'visit', column: 'readmitted_after_30_days' },
  synonyms: [],
};

test('what comes after a place in the order changes no feature, and a feature that it changes is found', async () => {
  const property = fc.asyncProperty(fc.array(person, { minLength: 120, maxLength: 120 }), async (people) => {
    const place = await openModelPlace(csv(people.flatMap(versions)));
    try {
      const facts = await place.facts();
      expect(facts.dated).toBe(false);
      const plan = planReadmission(facts);
      const names = plan.features.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['is_readmission', 'earlier_late_readmissions', 'third_disease']));
      const honest = await differences(plan, people, place);
      expect(honest.cases).toBeGreaterThan(100);
      expect(honest.features).toEqual([]);
      const planted = await differences({ ...plan, features: [...plan.features, ofTheFuture] }, people, place);
      expect(planted.features).toEqual([ofTheFuture.name]);
    } finally {
      await place.workspace.close();
    }
  });
  await fc.assert(property, { numRuns: 1, endOnFailure: true });
});

/** Which columns differ between the versions of a stay that both have in common, and how many stays were compared. */
async function differences(plan: ModelPlan, people: readonly Person[], place: ModelPlace) {
  const versionsOf = new Map<string, Row[]>();
  for (const row of (await place.rows(plan)).values()) {
    const [, n, at] = /^p([0-9]+)-[01]-([0-9]+)$/.exec(String(row.case_id)) ?? [];
    if (Number(at) >= (people[Number(n)]?.shared.length ?? 0)) continue;
    versionsOf.set(`${n} ${at}`, [...(versionsOf.get(`${n} ${at}`) ?? []), row]);
  }
  const told = ['label', 'patient_id', 'case_id'];
  const pairs = [...versionsOf.values()].filter(({ length }) => length === 2);
  const differing = pairs.flatMap(([first = {}, second = {}]) =>
    Object.keys(first).filter((name) => !told.includes(name) && first[name] !== second[name]),
  );
  return { cases: pairs.length, features: [...new Set(differing)].sort() };
}
