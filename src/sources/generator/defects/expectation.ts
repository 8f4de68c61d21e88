// What must become of a struck record. What the catalog decides is read from the catalog, so that the two agree.
import { kindOfReason } from '../../../catalog/checks/derived.js';
import type { Table } from '../../../catalog/field.js';
import type { Reason } from '../../../catalog/reasons.js';
import { patients } from '../../../catalog/tables/patients.js';
import { prescriptions } from '../../../catalog/tables/prescriptions.js';
import { visits } from '../../../catalog/tables/visits.js';
import type { Expected, StruckTable } from './defect.js';

const tables: Readonly<Record<StruckTable, Table>> = { patients, visits, prescriptions };

export function rejected(reason: Reason, checkId: string): Expected {
  return { disposition: 'rejected', reason, missingField: null, checkId };
}

/** Used as it is, or as its plain form: nothing is wrong with it. */
export const used: Expected = { disposition: 'used', reason: null, missingField: null, checkId: null };

/** Used as it is; only the check says that something is wrong. */
export const found = (checkId: string): Expected => ({ ...used, checkId });

/** An earlier record of a key that comes again. */
export const superseded = (table: StruckTable): Expected => ({
  disposition: 'duplicate',
  reason: 'earlier_version',
  missingField: null,
  checkId: `${table}.key.unique`,
});

export const blank: Expected = { disposition: 'blank', reason: null, missingField: null, checkId: null };

/** A value of this field that is wrong for this reason: the catalog rejects the record or sets the field missing. */
export function invalid(table: StruckTable, name: string, reason: Reason): Expected {
  const field = tables[table].fields.find((candidate) => candidate.name === name);
  if (!field) throw new RangeError(`${table} has no field ${name}`);
  const checkId = `${table}.${name}.${kindOfReason[reason]}`;
  if (field.invalid === 'reject') return rejected(reason, checkId);
  return { disposition: 'used', reason, missingField: name, checkId };
}
