// The UCI set "Diabetes 130-US hospitals for years 1999-2008" (doi:10.1155/2014/781670), as its zip holds it.
import { CarelakeError } from '../../errors.js';
import type { RawTable, Source } from '../source.js';
import { codesUnread } from './codes.js';
import { diagnosesReading } from './diagnoses.js';
import { plan, recognises } from './files.js';
import { patientsReading } from './patients.js';
import { prescriptionsReading } from './prescriptions.js';
import { visitsReading } from './visits.js';

export const uciDiabetes: Source = {
  name: 'uci-diabetes',
  nameSpace: 'uci-diabetes',
  version: 1,
  together: true,
  recognises,
  plan,
  readings(rawTables) {
    const codes = codesOf(rawTables);
    const encounters = rawTables.filter(({ name }) => name === 'encounters');
    return {
      readings: encounters.flatMap((table) => [
        visitsReading(table, codes),
        patientsReading(table),
        diagnosesReading(table),
        prescriptionsReading(table),
      ]),
      unread: [codesUnread(codes)],
    };
  },
};

function codesOf(rawTables: readonly RawTable[]): RawTable {
  const codes = rawTables.find(({ name }) => name === 'codes');
  if (codes) return codes;
  throw new CarelakeError(
    'UCI_CODES_MISSING',
    `The batch has no raw table of codes, only: ${rawTables.map(({ name }) => name).join(', ')}.`,
  );
}
