// Every kind of defect, by the table that it strikes.
import type { DefectKind, StruckTable } from './defect.js';
import { patientDefects } from './patients.js';
import { prescriptionDefects } from './prescriptions.js';
import { visitDefects } from './visits.js';

export const kindsByTable: Readonly<Record<StruckTable, readonly DefectKind[]>> = {
  patients: patientDefects,
  visits: visitDefects,
  prescriptions: prescriptionDefects,
};

export const defectKinds: readonly DefectKind[] = Object.values(kindsByTable).flat();
