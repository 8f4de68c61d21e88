// The hospital as streams of lines: patient by patient, each record clean or struck, with the truth beside it.
import { dayOf } from './calendar.js';
import { type Course, drawCourse } from './course.js';
import type { StruckTable } from './defects/defect.js';
import { strike } from './defects/inject.js';
import { READMISSION_DAYS } from './life.js';
import type { GenerateOptions } from './options.js';
import { drawPerson } from './people.js';
import type { Prescription } from './prescriptions.js';
import { Purpose, Random } from './random.js';
import { diagnosisRows, patientRow, prescriptionRow, type TableName, visitRow } from './rows.js';
import { defectRow, outcomeRow, type TruthTable, traitsRow } from './truth.js';
import type { Parameters } from './truth-readme.js';
import type { Visit } from './visits.js';
import type { BufferedFile } from './write.js';

/** The files being written: data by table, truth as `truth/<table>`. */
export type Out = Readonly<Record<TableName | `truth/${TruthTable}`, BufferedFile>>;

/** Patients between two looks at the buffers. */
const BATCH = 100;

/** Writes all patients, waiting for the disk whenever a buffer is full. */
export async function writeHospital(
  parameters: Parameters,
  out: Out,
  { onProgress, signal }: Pick<GenerateOptions, 'onProgress' | 'signal'>,
): Promise<void> {
  const { patients } = parameters;
  const hospital = new Hospital(parameters, out);
  const files = Object.values(out);
  for (let number = 1; number <= patients; number++) {
    hospital.admit(number);
    if (number % BATCH !== 0 && number !== patients) continue;
    signal?.throwIfAborted();
    for (const file of files) if (file.full) await file.flush();
    onProgress?.(number, patients);
  }
}

class Hospital {
  readonly #history = new Random();
  readonly #chance = new Random();
  readonly #seed: number;
  readonly #dirty: number;
  readonly #until: number;
  readonly #out: Out;

  constructor({ seed, dirty, until }: Parameters, out: Out) {
    this.#seed = seed;
    this.#dirty = dirty;
    this.#until = dayOf(until);
    this.#out = out;
  }

  /** Draws one patient with everything that follows, and adds the lines to the files. */
  admit(number: number): void {
    const random = this.#history.restart(this.#seed, number, Purpose.history);
    this.#chance.restart(this.#seed, number, Purpose.defects);
    const person = drawPerson(random, number, this.#until);
    const course = drawCourse(random, person, this.#until);
    const out = this.#out;
    this.#write('patients', patientRow(course), course);
    for (const visit of course.visits) {
      this.#write('visits', visitRow(person.id, visit), course, visit);
      for (const row of diagnosisRows(person.id, visit)) out.diagnoses.record(row);
    }
    for (const prescription of course.prescriptions) {
      this.#write('prescriptions', prescriptionRow(person.id, prescription), course, prescription.visit, prescription);
    }
    const followedUntil = this.#until - READMISSION_DAYS;
    for (const outcome of course.outcomes) out['truth/outcomes'].record(outcomeRow(person.id, outcome, followedUntil));
    out['truth/patients'].record(traitsRow(course));
  }

  /** Adds one record to its file, struck where chance has it. */
  #write(table: StruckTable, row: string, course: Course, visit?: Visit, prescription?: Prescription): void {
    const file = this.#out[table];
    if (this.#dirty === 0 || this.#chance.uniform() >= this.#dirty) {
      file.record(row);
      return;
    }
    const struck = strike(this.#chance, table, row, { course, visit, prescription, until: this.#until });
    for (const [index, line] of struck.injection.lines.entries()) {
      if (index === struck.injection.struck) {
        const place = { line: file.lines + 1, row: line === '' ? null : file.rows + 1 };
        this.#out['truth/defects'].record(defectRow(struck, place, { course, visit }));
      }
      if (line === '') file.line('\n');
      else file.record(`${line}\n`, line.split('\n').length);
    }
  }
}
