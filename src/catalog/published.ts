// The tables that a run publishes, in the order in which people meet them.
import type { PublishedTable } from './field.js';
import { diagnoses } from './published/diagnoses.js';
import { months } from './published/months.js';
import { observations } from './published/observations.js';
import { patientSummary } from './published/patient-summary.js';
import { patients } from './published/patients.js';
import { prescriptions } from './published/prescriptions.js';
import { procedures } from './published/procedures.js';
import { stays } from './published/stays.js';
import { visits } from './published/visits.js';

export const published: readonly PublishedTable[] = [
  patients,
  visits,
  prescriptions,
  diagnoses,
  procedures,
  observations,
  patientSummary,
  stays,
  months,
];
