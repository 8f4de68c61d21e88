// Creates, changes and deletes a record: what is wrong with it first, all at once, then one entry of the log.
import type { FastifyRequest } from 'fastify';
import { CarelakeError, type Fault } from '../../errors.js';
import { localDate } from '../../pipeline/land/clock.js';
import { RecordConflict } from '../../records/conflict.js';
import type { NewEntry, RecordTable, Value, Values } from '../../records/entry.js';
import { lacking, readFields } from '../../records/reading/read-record.js';
import { auditLine } from '../plugins/actor.js';
import { keyIn, scopedKey } from '../repeats/key.js';
import { type PresentRecord, presentRecord } from './present.js';
import { danglingReferences } from './references.js';
import { keyOf, rowOfValues, type ShownRow, valuesOf } from './row.js';
import { StaleWrite, versionIn } from './stale-write.js';
import { requireUnused } from './unused.js';

export interface Written {
  readonly key: string;
  readonly version: number;
  /** As it now is; of what was deleted nothing. */
  readonly row: ShownRow | undefined;
  /** Whether the write had been made before, under the same idempotency key. */
  readonly repeated: boolean;
}

type Body = Readonly<Record<string, unknown>>;
type Draft = Pick<NewEntry, 'kind' | 'key' | 'expected' | 'before' | 'after'>;

/** @throws RECORD_INVALID, RECORD_EXISTS, IDEMPOTENCY_REUSED */
export async function createRecord(request: FastifyRequest, table: RecordTable, body: Body): Promise<Written> {
  const { given, faults } = readFields(table, body, localDate(new Date()));
  const values = withoutNulls(given);
  const wrong = [...faults, ...lacking(table, values, fieldsOf(faults))];
  const key = String(values[keyOf(table)] ?? '');
  const draft: Draft = { kind: 'create', key, expected: 0, before: null, after: values };
  request.audited = { table, ids: [key], unchanged: true };
  const { entries } = await request.server.parts.records();
  const known = wrong.length === 0 ? await entries.known(entryOf(request, table, draft)) : undefined;
  if (known) return { key, version: known.version, row: rowOfValues(table, key, known.after ?? {}), repeated: true };
  refuse([...wrong, ...(await danglingReferences(request, table, values))]);
  const found = await presentRecord(request, table, key);
  if (found.row) throw conflictWith('RECORD_EXISTS', table, key, { version: 0, values: null }, found);
  return append(request, table, draft);
}

/** @throws ROW_NOT_FOUND, RECORD_OF_SOURCE, RECORD_CONFLICT, RECORD_INVALID, RECORD_IN_USE */
export async function changeRecord(
  request: FastifyRequest,
  table: RecordTable,
  key: string,
  { version, ...body }: Body,
): Promise<Written> {
  const seen = versionOf(version);
  const found = await requireVersion(request, table, key, seen);
  const before = valuesOf(table, found.row);
  const { given, faults } = readFields(table, body, localDate(new Date()));
  const after = withoutNulls({ ...before, ...given });
  const own = keyOf(table);
  const renamed = given[own] !== undefined && given[own] !== key;
  refuse([
    ...faults,
    ...(renamed ? [{ field: own, message: 'It cannot be changed: delete the record and create another.' }] : []),
    ...(Object.keys(body).length === 0 ? [{ message: 'No field is given that is to be changed.' }] : []),
    ...lacking(table, after, fieldsOf(faults)),
    ...(await danglingReferences(request, table, changedReferences(given, after))),
  ]);
  if (isSame(before, after)) return { key, version: found.version, row: found.row, repeated: true };
  // Its prescriptions would be left with another patient.
  const patient = table === 'visits' && after.patient_id !== before.patient_id ? String(after.patient_id) : undefined;
  if (patient !== undefined) await requireUnused(request, table, key, patient);
  return append(request, table, { kind: 'change', expected: found.version, key, before, after });
}

/** @throws ROW_NOT_FOUND, RECORD_OF_SOURCE, RECORD_CONFLICT, RECORD_IN_USE */
export async function deleteRecord(
  request: FastifyRequest,
  table: RecordTable,
  key: string,
  version: number | undefined,
): Promise<Written> {
  const found = await requireVersion(request, table, key, versionOf(version));
  await requireUnused(request, table, key);
  const before = valuesOf(table, found.row);
  return append(request, table, { kind: 'delete', expected: found.version, key, before, after: null });
}

async function requireVersion(
  request: FastifyRequest,
  table: RecordTable,
  key: string,
  seen: number,
): Promise<PresentRecord & { row: ShownRow }> {
  request.audited = { table, ids: [key], unchanged: true };
  const found = await presentRecord(request, table, key);
  const { row, version } = found;
  if (!row && (version === 0 || version === seen)) {
    throw new CarelakeError('ROW_NOT_FOUND', `${table} has no row ${key.slice(0, 200)}.`);
  }
  if (row && row.source !== 'default') {
    throw new CarelakeError('RECORD_OF_SOURCE', `${table} ${key.slice(0, 200)} is of the source ${row.source}.`);
  }
  if (!row || version !== seen) {
    const { entries } = await request.server.parts.records();
    const expected = versionIn(await entries.history(table, key), seen);
    throw conflictWith('RECORD_CONFLICT', table, key, expected, found);
  }
  return { ...found, row };
}

/** Who writes must say what they saw. @throws RECORD_VERSION_MISSING, RECORD_INVALID */
function versionOf(given: unknown): number {
  if (given === undefined) throw new CarelakeError('RECORD_VERSION_MISSING', 'There is no version beside the fields.');
  if (Number.isSafeInteger(given) && Number(given) >= 0) return Number(given);
  const message = 'It must be the version that the record bore when it was read, a whole number.';
  throw new CarelakeError('RECORD_INVALID', `version: ${message}`, { faults: [{ field: 'version', message }] });
}

async function append(request: FastifyRequest, table: RecordTable, draft: Draft): Promise<Written> {
  const { parts, changes } = request.server;
  const { entries } = await parts.records();
  const written = entryOf(request, table, draft);
  try {
    const { entry, repeated } = await entries.append(written);
    const { key, version, kind, sequence, after } = entry;
    request.audited = { table, ids: [key], inEntry: !repeated, unchanged: repeated };
    if (!repeated) changes.tell({ event: 'entry', data: { kind, table, sequence } });
    return { key, version, row: after === null ? undefined : rowOfValues(table, key, after), repeated };
  } catch (error) {
    // Another was first, between our look and our write.
    if (!(error instanceof RecordConflict)) throw error;
    const { present, code, expected } = error;
    throw new StaleWrite(code as 'RECORD_EXISTS' | 'RECORD_CONFLICT', table, draft.key, {
      expected: { version: expected, values: draft.before },
      present: { version: present?.version ?? 0, values: present?.after ?? null, deleted: present?.kind === 'delete' },
    });
  }
}

function entryOf(request: FastifyRequest, table: RecordTable, draft: Draft): NewEntry {
  const key = keyIn(request);
  return {
    ...draft,
    table,
    audit: auditLine(request),
    at: new Date().toISOString(),
    idempotencyKey: key === undefined ? null : scopedKey(request.actor, key),
  };
}

function conflictWith(
  code: 'RECORD_EXISTS' | 'RECORD_CONFLICT',
  table: RecordTable,
  key: string,
  expected: { version: number; values: Values | null },
  { row, version }: PresentRecord,
): StaleWrite {
  const values = row ? valuesOf(table, row) : null;
  return new StaleWrite(code, table, key, { expected, present: { version, values, deleted: !row } });
}

/** What the change names anew, with the patient that a visit must be one of. */
function changedReferences(given: Readonly<Record<string, Value>>, after: Values): Values {
  const names = ['patient_id', 'visit_id'];
  return names.some((name) => given[name] !== undefined)
    ? Object.fromEntries(names.map((name) => [name, after[name] ?? null]))
    : {};
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const said = faults.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`));
  throw new CarelakeError('RECORD_INVALID', said.join('\n'), { faults });
}

const fieldsOf = (faults: readonly Fault[]): ReadonlySet<string> => new Set(faults.map(({ field }) => field ?? ''));

const withoutNulls = (values: Readonly<Record<string, Value>>): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const isSame = (a: Values, b: Values): boolean => {
  const sorted = (values: Values) => JSON.stringify(Object.entries(values).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
};
