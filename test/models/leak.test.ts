// Nothing that happens after a case's moment changes what the case knows: random histories, each in two versions that part
// company on a day, run through the pipeline on the real engine. A feature that is made of the future is found so.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Feature } from '../../src/catalog/features/feature.js';
import type { ModelPlan } from '../../src/models/plan.js';
import { planProgression } from '../../src/models/progression.js';
import { planReadmission } from '../../src/models/readmission.js';
import { planRisk } from '../../src/models/risk.js';
import { openModelPlace } from './place.js';

const day = (n: number): string => new Date(Date.UTC(2021, 0, 1 + n)).toISOString().slice(0, 10);
/** Days on which visits begin, so few that they crowd, so many that windows of a year begin and end among them. */
const DAYS = 1100;

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const visit = fc.record({
  begins: fc.integer({ min: 0, max: DAYS }),
  lasts: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
  type: fc.constantFrom('inpatient', 'inpatient', 'emergency', 'outpatient'),
  as: fc.constantFrom('emergency', 'urgent', 'elective', ''),
  to: fc.constantFrom('home', 'home', 'facility', 'transfer', 'left against advice'),
  severity: maybe(fc.integer({ min: 0, max: 100 })),
  pulse: maybe(fc.integer({ min: 50, max: 150 })),
  code: fc.constantFrom('I50.9', 'J44.1', 'N18.9', 'E11.2', 'C34.9', 'Z00.0'),
  further: fc.constantFrom('I21', 'E10.2', 'B20', 'K27'),
  drug: maybe(fc.constantFrom('Diuretic', 'Antidiabetic', 'Psychotropic')),
});
type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never;

/** One person in two versions: what lies up to and on the day of parting is the same. */
const person = fc.record({
  parts: fc.integer({ min: 200, max: DAYS - 100 }),
  shared: fc.array(visit, { minLength: 2, maxLength: 8 }),
  ends: fc.tuple(fc.array(visit, { maxLength: 6 }), fc.array(visit, { maxLength: 6 })),
  dies: fc.tuple(maybe(fc.integer({ min: 1, max: 400 })), maybe(fc.integer({ min: 1, max: 400 }))),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

interface Told {
  readonly id: string;
  readonly visits: readonly (Omit<Visit, 'to' | 'code' | 'further'> &
    Readonly<Record<'id' | 'to' | 'code' | 'further', string>>)[];
  readonly dies: number | undefined;
}

function versions({ parts, shared, ends, dies }: Person, n: number): readonly [Told, Told] {
  const told = (version: 0 | 1): Told => {
    const id = `p${n}-${version}`;
    const before = shared.map((one) => ({ ...one, begins: one.begins % (parts + 1) }));
    const after = ends[version].map((one) => ({ ...one, begins: parts + 1 + (one.begins % (DAYS - parts)) }));
    const visits = [...before, ...after].map((one, v) => ({ ...one, id: `${id}-${String(v).padStart(2, '0')}` }));
    // What is still going on then goes on differently.
    const open = visits.map((one) =>
      version === 1 && one.type === 'inpatient' && one.begins <= parts && one.begins + one.lasts > parts
        ? { ...one, lasts: one.lasts + 3, to: 'home', code: 'C78.0', further: 'F03', severity: 99, pulse: 149 }
        : one,
    );
    return { id, visits: open, dies: dies[version] === undefined ? undefined : parts + (dies[version] ?? 0) };
  };
  return [told(0), told(1)];
}

function csv(people: readonly Told[]): Record<string, string> {
  const lines = (header: string, rows: readonly (readonly unknown[])[]) =>
    `${[header, ...rows.map((row) => row.map((value) => value ?? '').join(','))].join('\n')}\n`;
  return {
    'patients.csv': lines(
      'patient_id,birth_date,gender,registration_date,death_date',
      people.map(({ id, dies }) => [id, '1950-01-01', 'Female', '2020-01-01', dies === undefined ? '' : day(dies)]),
    ),
    'visits.csv': lines(
      'visit_id,patient_id,visit_date,discharge_date,visit_type,admission_type,discharge_disposition,severity_score,heart_rate,diagnosis_code',
      people.flatMap(({ id, visits }) =>
        visits.map((one) => [
          one.id,
          id,
          day(one.begins),
          one.type === 'inpatient' ? day(one.begins + one.lasts) : '',
          one.type,
          one.as,
          one.type === 'inpatient' ? one.to : '',
          one.severity === undefined ? '' : one.severity / 10,
          one.pulse,
          one.code,
        ]),
      ),
    ),
    'diagnoses.csv': lines(
      'visit_id,rank,diagnosis_system,diagnosis_code',
      people.flatMap(({ visits }) => visits.map((one) => [one.id, 2, 'icd-10', one.further])),
    ),
    'prescriptions.csv': lines(
      'prescription_id,patient_id,drug_name,drug_category,prescribed_date',
      people.flatMap(({ id, visits }) =>
        visits.flatMap((one) => (one.drug ? [[`r${one.id}`, id, one.drug, one.drug, day(one.begins)]] : [])),
      ),
    ),
  };
}

const ofTheFuture: Feature = {
  name: 'death_date',
  label: 'Death',
  type: 'category',
  definition: 'What nobody knew.',
  known: 'registration',
  origin: { kind: 'patient', column: 'death_date' },
  synonyms: [],
};

test('what happens after the moment changes no feature, and a feature that it changes is found', async () => {
  const property = fc.asyncProperty(fc.array(person, { minLength: 150, maxLength: 150 }), async (people) => {
    const pairs = people.map(versions);
    const place = await openModelPlace(csv(pairs.flat()));
    try {
      const facts = await place.facts();
      for (const plan of [planReadmission(facts), planRisk(facts), planProgression(facts)]) {
        const honest = await differences(plan, people, place);
        expect(honest.cases).toBeGreaterThan(50);
        expect(honest.features).toEqual([]);
        const planted = await differences({ ...plan, features: [...plan.features, ofTheFuture] }, people, place);
        expect(planted.features).toEqual([ofTheFuture.name]);
      }
    } finally {
      await place.workspace.close();
    }
  });
  await fc.assert(property, { numRuns: 1, endOnFailure: true });
});

/** Which columns differ between the versions of a case whose moment both have in common, and how many cases were compared. */
async function differences(
  plan: ModelPlan,
  people: readonly Person[],
  place: Awaited<ReturnType<typeof openModelPlace>>,
): Promise<{ cases: number; features: string[] }> {
  const rows = [...(await place.rows(plan)).values()];
  const keyOf = (row: Record<string, unknown>, version: number): string | undefined => {
    const [, n, which] = /^p([0-9]+)-([01])$/.exec(String(row.patient_id)) ?? [];
    const parts = day((people[Number(n)]?.parts ?? 0) + (plan.model === 'risk' ? 1 : 0));
    if (Number(which) !== version || String(row.index_date) > parts) return undefined;
    return `${String(row.case_id).replace(/^(p[0-9]+)-[01]/, '$1')} ${row.index_date}`;
  };
  const firsts = new Map(rows.flatMap((row) => (keyOf(row, 0) ? [[keyOf(row, 0), row] as const] : [])));
  const differing = new Set<string>();
  let cases = 0;
  for (const row of rows) {
    const first = firsts.get(keyOf(row, 1) ?? '-');
    if (!first) continue;
    cases++;
    for (const name of Object.keys(row)) {
      const told = name === 'label' || name === 'patient_id' || name === 'case_id';
      if (!told && row[name] !== first[name]) differing.add(name);
    }
  }
  return { cases, features: [...differing].sort() };
}
