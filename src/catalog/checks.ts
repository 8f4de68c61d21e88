// Every quality check, by its id.
import { tables } from './catalog.js';
import type { Check } from './checks/check.js';
import { childChecks } from './checks/children.js';
import { derivedChecks } from './checks/derived.js';
import { monthChecks } from './checks/months.js';
import { patientChecks } from './checks/patients.js';
import { prescriptionChecks } from './checks/prescriptions.js';
import { recordChecks } from './checks/records.js';
import { visitChecks } from './checks/visits.js';

/** In the order of a report: records, then table by table. */
export const checks: readonly Check[] = [
  ...recordChecks,
  ...Object.values(tables).flatMap((table) => [
    ...derivedChecks(table),
    ...[...patientChecks, ...visitChecks, ...prescriptionChecks, ...childChecks].filter(
      (check) => check.table === table.name,
    ),
  ]),
  ...monthChecks,
];

const byId = new Map(checks.map((check) => [check.id, check]));

/** The check of that id; undefined where there is none (any more). */
export const checkNamed = (id: string): Check | undefined => byId.get(id);
