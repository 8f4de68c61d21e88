// What can be asked of the generator, checked before anything is written.
import { CarelakeError } from '../../errors.js';
import { DEFAULT_UNTIL, dayOf, dayText, FIRST_DAY, LAST_DAY } from './calendar.js';
import type { Parameters } from './truth-readme.js';

export interface GenerateOptions {
  /** How many, 0 to 2^31. */
  readonly patients: number;
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number;
  /** The folder to write into; it is made where there is none. */
  readonly out: string;
  /** The share of records with a defect, 0 to 1. */
  readonly dirty: number;
  /** The last day of the record, YYYY-MM-DD; 2025-12-31 unless given. */
  readonly until?: string;
  /** Called now and then with the patients done and the patients asked for. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the generation with the signal's reason. */
  readonly signal?: AbortSignal;
}

const MOST_PATIENTS = 2 ** 31;
/** So that everybody can be registered before the end. */
const SHORTEST_RECORD = 90;

/** The parameters that decide the content. Throws GENERATE_INVALID naming every option that is wrong. */
export function checkOptions({ patients, seed, dirty, until = DEFAULT_UNTIL }: GenerateOptions): Parameters {
  const earliest = FIRST_DAY + SHORTEST_RECORD;
  const end = dayOf(until);
  const wrong = [
    Number.isSafeInteger(patients) && patients >= 0 && patients <= MOST_PATIENTS
      ? []
      : { field: 'patients', value: String(patients), message: `must be a whole number from 0 to ${MOST_PATIENTS}` },
    Number.isSafeInteger(seed) && seed >= 0
      ? []
      : { field: 'seed', value: String(seed), message: `must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}` },
    dirty >= 0 && dirty <= 1 ? [] : { field: 'dirty', value: String(dirty), message: 'must be a share from 0 to 1' },
    Number.isInteger(end) && dayText(end) === until && end >= earliest && end <= LAST_DAY
      ? []
      : { field: 'until', value: until, message: `must be a day from ${dayText(earliest)} to ${dayText(LAST_DAY)}` },
  ].flat();
  if (wrong.length > 0) {
    const detail = wrong.map(({ field, value, message }) => `${field} ${message}, not ${value}`).join('; ');
    throw new CarelakeError('GENERATE_INVALID', detail, { faults: wrong });
  }
  return { patients, seed, dirty, until };
}
