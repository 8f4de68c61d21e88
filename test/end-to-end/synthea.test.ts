// The Synthea sample data as they were downloaded, from the zip to published tables. What they must hold is worked out
// here from the CSV files by an independent reader, record by record.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpack } from '../sources/uci-diabetes/zip.js';
import { type IngestDocument, Place, type StatusDocument } from './place.js';

const data = process.env.CARELAKE_TEST_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
const zip = join(data, 'synthea', 'synthea_sample_data_csv.zip');

type Record = Readonly<{ [column: string]: string }>;

describe.skipIf(!existsSync(zip))(`the Synthea zip as it is (${zip})`, () => {
  let place: Place;
  let folder: string;
  let landed: IngestDocument;
  const files = new Map<string, Record[]>();
  const of = (kind: string): Record[] => files.get(kind) ?? [];
  const everyRow = ['--limit', '100000'];
  const key = (id: string | undefined) => (id ? `synthea:${id}` : null);
  /** Some units are written `null` or `n/a`. */
  const said = (text = '') => (['', 'null', 'n/a'].includes(text) ? null : text);
  const timeOf = (text: string | undefined) => text?.slice(0, 19) ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-synthea-'));
    for (const [name, path] of await unpack(zip, folder)) {
      files.set(name.replace('.csv', ''), parse(readFileSync(path), { columns: true }));
    }
    place = await Place.make();
    landed = await place.json<IngestDocument>(['ingest', zip]);
    await place.json(['run']);
  });
  afterAll(async () => {
    await place?.remove();
    await rm(folder, { recursive: true });
  });

  /** The values of records under this code, each with its record, the last by time behind. */
  function measured(records: readonly Record[], ...codes: string[]): Record[] {
    const found = records.filter(({ CODE, VALUE }) => codes.includes(CODE ?? '') && VALUE !== '');
    return found.toSorted((a, b) => (timeOf(a.DATE) < timeOf(b.DATE) ? -1 : timeOf(a.DATE) > timeOf(b.DATE) ? 1 : 0));
  }

  function grouped(records: readonly Record[], by: (record: Record) => string): Map<string, Record[]> {
    const groups = new Map<string, Record[]>();
    for (const record of records) {
      const group = groups.get(by(record));
      if (group) group.push(record);
      else groups.set(by(record), [record]);
    }
    return groups;
  }

  const distinct = (kind: string, ...columns: string[]): string[][] => [
    ...new Map(
      of(kind).map((record) => {
        const values = columns.map((column) => record[column] ?? '');
        return [JSON.stringify(values), values] as const;
      }),
    ).values(),
  ];

  const sorted = (rows: readonly (readonly unknown[])[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

  test('is recognised and lands as one batch of its own source, with every record of the 18 files', () => {
    expect(landed.batches).toHaveLength(1);
    expect(landed.batches[0]?.source).toBe('synthea');
    const records = landed.batches[0]?.files.map((file) => [file.name.split('/').at(-1), file.records, file.rejected]);
    expect(sorted(records ?? [])).toEqual(sorted([...files].map(([kind, rows]) => [`${kind}.csv`, rows.length, 0])));
    expect(files.size).toBe(18);
    expect([of('patients'), of('encounters'), of('observations')].map((rows) => rows.length)).toEqual([
      22, 1361, 16959,
    ]);
  });

  test('has one disposition for every record, and every line accounted for', async () => {
    const { accounting, tables } = await place.json<StatusDocument>(['status']);
    const alike = 16_959 - distinct('observations', ...observationKey).length;
    expect(alike).toBe(14);
    const read = ['patients', 'encounters', 'conditions', 'procedures', 'medications', 'observations'];
    const names = ['organizations', 'providers', 'payers'];
    const expected = [...files].map(([kind, rows]) => {
      const used = [...read, ...names].includes(kind) ? rows.length : 0;
      const duplicates = kind === 'observations' ? alike : 0;
      return [kind, rows.length, used - duplicates, duplicates, 0, rows.length - used];
    });
    const found = accounting.map(({ file, records }) => [
      file.split('/').at(-1)?.replace('.csv', ''),
      ...[records.total, records.used, records.duplicates, records.rejected, records.not_used],
    ]);
    expect(sorted(found)).toEqual(sorted(expected));
    for (const row of accounting) {
      expect(row.header + row.blank + row.used + row.duplicates + row.rejected + row.not_used).toBe(row.lines);
    }
    const rows = Object.fromEntries(Object.entries(tables).map(([table, counted]) => [table, counted.rows]));
    expect(rows).toMatchObject({ patients: 22, visits: 1361, observations: 16_945, diagnoses: 976, procedures: 1771 });
    expect(rows).toMatchObject({ prescriptions: 1905 });
  });

  test('has each visit with its times, names, reason and the last of what was measured at it', async () => {
    const nameOf = (kind: string, column = 'NAME') => new Map(of(kind).map((record) => [record.Id, record[column]]));
    const [facilities, payers, specialties] = [
      nameOf('organizations'),
      nameOf('payers'),
      nameOf('providers', 'SPECIALITY'),
    ];
    const atVisit = grouped(of('observations'), ({ ENCOUNTER, PATIENT }) => `${ENCOUNTER} ${PATIENT}`);
    const dead = new Map(of('patients').map((patient) => [patient.Id, patient.DEATHDATE]));
    const acute = of('encounters').filter(({ ENCOUNTERCLASS }) =>
      ['inpatient', 'emergency'].includes(ENCOUNTERCLASS ?? ''),
    );
    const lastStay = new Map(
      acute.toSorted((a, b) => (timeOf(a.START) < timeOf(b.START) ? -1 : 1)).map((stay) => [stay.PATIENT, stay.Id]),
    );
    const types = new Map([
      ...['ambulatory', 'wellness', 'outpatient', 'urgentcare'].map((word) => [word, 'outpatient'] as const),
      ...['inpatient', 'emergency'].map((word) => [word, word] as const),
    ]);
    const expected = of('encounters').map((encounter) => {
      const observed = atVisit.get(`${encounter.Id} ${encounter.PATIENT}`) ?? [];
      const [start = '', stop = ''] = [encounter.START, encounter.STOP];
      const died = dead.get(encounter.PATIENT) ?? '';
      const ended = died !== '' && start.slice(0, 10) <= died && died <= stop.slice(0, 10);
      const glucose = measured(observed, '2339-0', '2345-7').at(-1)?.VALUE;
      const pulse = measured(observed, '8867-4').at(-1)?.VALUE;
      return [
        ...[key(encounter.Id), key(encounter.PATIENT), start.slice(0, 10), stop.slice(0, 10)],
        ...[start.slice(0, 19).replace('T', ' '), stop.slice(0, 19).replace('T', ' ')],
        ...[types.get(encounter.ENCOUNTERCLASS ?? ''), facilities.get(encounter.ORGANIZATION)],
        ...[payers.get(encounter.PAYER), specialties.get(encounter.PROVIDER)],
        ...(encounter.REASONCODE ? ['snomed', encounter.REASONCODE, encounter.REASONDESCRIPTION] : [null, null, null]),
        ended && lastStay.get(encounter.PATIENT) === encounter.Id ? 'died' : null,
        pressureOf(observed),
        glucose === undefined ? null : Number(glucose).toFixed(1),
        pulse === undefined ? null : String(Math.floor(Number(pulse) + 0.5)),
        measured(observed, '4548-4').at(-1)?.VALUE ?? null,
        true,
      ];
    });
    const rows = await place.query(
      `select visit_id, patient_id, visit_date::varchar, discharge_date::varchar, admitted_at::varchar,
        discharged_at::varchar, visit_type, facility, payer, specialty, diagnosis_system, diagnosis_code,
        diagnosis_description, discharge_disposition, blood_pressure, glucose_level::decimal(9,1)::varchar,
        heart_rate::varchar, a1c_result, patient_known from visits`,
      everyRow,
    );
    expect(sorted(rows)).toEqual(sorted(expected));
    const filled = (column: number) => expected.filter((row) => row[column] !== null).length;
    expect([filled(13), filled(14), filled(15), filled(16), filled(17)]).toEqual([5, 305, 235, 304, 194]);
  });

  /** The last pair of systolic and diastolic pressure that was taken at one time, in whole mmHg. */
  function pressureOf(observed: readonly Record[]): string | null {
    const pairs = [...grouped(measured(observed, '8480-6', '8462-4'), ({ DATE }) => timeOf(DATE)).values()];
    const whole = (pair: readonly Record[], code: string) => {
      const value = measured(pair, code).at(-1)?.VALUE;
      return value === undefined ? undefined : Math.floor(Number(value) + 0.5);
    };
    const texts = pairs.map((pair) => [whole(pair, '8480-6'), whole(pair, '8462-4')]);
    return texts.findLast((pair) => !pair.includes(undefined))?.join('/') ?? null;
  }

  test('has each patient with the last BMI, smoking status and insurance', async () => {
    const ofPatient = grouped(of('observations'), ({ PATIENT }) => PATIENT ?? '');
    const visits = grouped(of('encounters'), ({ PATIENT }) => PATIENT ?? '');
    const payers = new Map(of('payers').map(({ Id, NAME }) => [Id, NAME]));
    const words = new Map([
      ...['Never smoker', 'Never smoked tobacco (finding)'].map((word) => [word, 'Never'] as const),
      ...['Former smoker', 'Ex-smoker (finding)'].map((word) => [word, 'Former'] as const),
    ]);
    const insurance = (name = '') =>
      ['Medicare', 'Medicaid', 'Dual Eligible'].includes(name)
        ? 'Government'
        : name === 'NO_INSURANCE'
          ? 'None'
          : 'Private';
    const expected = of('patients').map((patient) => {
      const observed = ofPatient.get(patient.Id ?? '') ?? [];
      const last = visits
        .get(patient.Id ?? '')
        ?.toSorted((a, b) => (timeOf(a.START) < timeOf(b.START) ? -1 : 1))
        .at(-1);
      return [
        ...[key(patient.Id), `${patient.FIRST} ${patient.LAST}`, patient.BIRTHDATE, patient.DEATHDATE || null],
        ...[patient.GENDER === 'M' ? 'Male' : 'Female', patient.RACE, `${patient.CITY}, ${patient.STATE}`],
        Number(measured(observed, '39156-5').at(-1)?.VALUE),
        words.get(measured(observed, '72166-2').at(-1)?.VALUE ?? ''),
        insurance(payers.get(last?.PAYER)),
      ];
    });
    const rows = await place.query(
      `select patient_id, name, birth_date::varchar, death_date::varchar, gender, race, location, bmi, smoker_status,
        insurance_type from patients`,
    );
    expect(sorted(rows)).toEqual(sorted(expected));
    expect(new Set(rows.map((row) => row.at(-1)))).toEqual(new Set(['Private', 'Government', 'None']));
  });

  test('has each prescription under an id of its own', async () => {
    const expected = of('medications').map((medication) => [
      ...[key(medication.ENCOUNTER), key(medication.PATIENT), medication.CODE, medication.DESCRIPTION],
      medication.START?.slice(0, 10),
    ]);
    const rows = await place.query(
      'select visit_id, patient_id, drug_code, drug_name, prescribed_date::varchar from prescriptions',
      everyRow,
    );
    expect(sorted(rows)).toEqual(sorted(expected));
    const [counted] = await place.query(
      `select count(distinct prescription_id), count(drug_category) from prescriptions`,
    );
    // No category: aspirin, which ATC has in two, and leronlimab, which it does not have.
    const without = of('medications').filter(({ DESCRIPTION }) => /aspirin|leronlimab/i.test(DESCRIPTION ?? ''));
    expect(counted).toEqual([1905, 1905 - without.length]);
  });

  const observationKey = ['ENCOUNTER', 'PATIENT', 'CODE', 'DESCRIPTION', 'VALUE', 'UNITS', 'DATE'];

  test('has each observation once, with the day and the time at which it was made', async () => {
    const expected = distinct('observations', ...observationKey).map(
      ([encounter, patient, code, description, value, units, date = '']) => [
        ...[key(encounter), key(patient), code, description, value, said(units)],
        ...[date.slice(0, 10), date.slice(0, 19).replace('T', ' ')],
      ],
    );
    const rows = await place.query(
      `select visit_id, patient_id, observation_code, observation_description, value, unit, observation_date::varchar,
        observed_at::varchar from observations`,
      everyRow,
    );
    expect(sorted(rows)).toEqual(sorted(expected));
  });

  test('has each diagnosis and each procedure of a visit', async () => {
    const diagnoses = of('conditions').map((condition) => [
      ...[key(condition.ENCOUNTER), key(condition.PATIENT), 'snomed', condition.CODE, condition.DESCRIPTION],
    ]);
    const columns = 'visit_id, patient_id, diagnosis_system, diagnosis_code, diagnosis_description';
    expect(sorted(await place.query(`select ${columns} from diagnoses`, everyRow))).toEqual(sorted(diagnoses));
    const procedures = of('procedures').map((procedure) => [
      ...[key(procedure.ENCOUNTER), key(procedure.PATIENT), 'snomed', procedure.CODE, procedure.DESCRIPTION],
      procedure.START?.slice(0, 10),
    ]);
    const rows = await place.query(
      `select visit_id, patient_id, procedure_system, procedure_code, procedure_description, procedure_date::varchar
        from procedures`,
      everyRow,
    );
    expect(sorted(rows)).toEqual(sorted(procedures));
  });

  test('can be followed back from a visit to the line of the file', async () => {
    const [encounter] = of('encounters');
    const { rows } = await place.json<{ rows: { file: string; line: number; disposition: string }[] }>([
      ...['lineage', 'visits', `synthea:${encounter?.Id}`],
    ]);
    expect(rows).toMatchObject([{ file: 'synthea_sample_data_csv.zip/encounters.csv', line: 2, disposition: 'used' }]);
  });

  test('is recognised as a folder of some of its files, and says what follows from the others missing', async () => {
    const other = await Place.make();
    try {
      const some = join(other.path, 'some');
      await mkdir(some);
      await unpack(zip, some);
      for (const kind of files.keys()) {
        if (!['patients', 'encounters'].includes(kind)) await rm(join(some, `${kind}.csv`));
      }
      const { code, stdout, stderr } = await other.run(['ingest', some]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('encounters.csv')]);
      expect(stderr).toMatch(/Without observations[.]csv among these files .*no blood pressure/);
      expect(stderr).toMatch(/Without payers[.]csv among these files .*no insurance type/);
      expect(stderr).not.toMatch(/claims|Without patients/);
      await other.json(['run']);
      expect(await other.query('select count(*), count(blood_pressure), count(payer) from visits')).toEqual([
        [1361, 0, 1361],
      ]);
    } finally {
      await other.remove();
    }
  });
});
