// Synthea's CSV export (github.com/synthetichealth/synthea): 18 files of synthetic patients, as zip, folder or some of them.
import type { RawTable, Reading, Source } from '../source.js';
import { diagnosesReading, observationsReading, proceduresReading } from './events.js';
import { plan, recognises, remarks } from './files.js';
import { patientsReading } from './patients.js';
import { prescriptionsReading } from './prescriptions.js';
import { namesUnread, unread } from './unread.js';
import { visitsReading } from './visits.js';

type Read = (rawTable: RawTable, rawTables: readonly RawTable[]) => Reading;

/** By kind of file. Each has one reading, which decides what became of its records. */
const readers: Readonly<Record<string, Read>> = {
  patients: patientsReading,
  encounters: visitsReading,
  conditions: diagnosesReading,
  procedures: proceduresReading,
  medications: prescriptionsReading,
  observations: observationsReading,
};

/** Files that give names to the ids of encounters. */
const namesOfEncounters = ['organizations', 'providers', 'payers'];

export const synthea: Source = {
  name: 'synthea',
  nameSpace: 'synthea',
  version: 1,
  together: true,
  recognises,
  plan,
  remarks,
  readings(rawTables) {
    const hasEncounters = rawTables.some(({ name }) => name === 'encounters');
    return {
      readings: rawTables.flatMap((table) => readers[table.name]?.(table, rawTables) ?? []),
      unread: rawTables
        .filter(({ name }) => readers[name] === undefined)
        .map((table) => (hasEncounters && namesOfEncounters.includes(table.name) ? namesUnread(table) : unread(table))),
    };
  },
};
