// Each defect stands where the truth says, is what the truth says, and strikes nothing else.
import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defectKinds } from '../../../src/sources/generator/defects/kinds.js';
import { headers } from '../../../src/sources/generator/rows.js';
import { readHead } from '../../../src/sources/text/head.js';
import { readText } from '../../../src/sources/text/read-text.js';
import { Folder } from './folder.js';
import { fieldOf, refusal } from './judge.js';

const PATIENTS = 6000;
const RATE = 0.2;
const UNTIL = '2025-12-31';
const tables = ['patients', 'visits', 'prescriptions'] as const;
type Table = (typeof tables)[number];

interface Defect {
  readonly kind: string;
  readonly line: number;
  readonly row: number | null;
  readonly table: Table;
  readonly key: string;
  readonly field: string | null;
  readonly original_value: string | null;
  readonly injected_value: string | null;
  readonly expected_disposition: string;
  readonly expected_reason: string | null;
  readonly expected_missing_field: string | null;
}

/** What our own reader makes of a file. */
interface Read {
  /** Accepted records by row: the line on which each starts, and its values. */
  readonly records: Map<number, { line: number; values: string[] }>;
  /** Broken records: row, line, reason. */
  readonly rejects: (readonly [row: number, line: number, reason: string])[];
  readonly blank: number;
}

let folder: Folder;
let defects: Defect[];
const read = {} as Record<Table, Read>;

beforeAll(async () => {
  folder = await Folder.generated({ patients: PATIENTS, seed: 11, dirty: RATE });
  defects = (await folder.truth('defects')) as unknown as Defect[];
  for (const table of tables) read[table] = await readFileOf(table);
});
afterAll(() => folder.remove());

async function readFileOf(table: Table): Promise<Read> {
  const path = join(folder.path, `${table}.csv`);
  const pieces = join(folder.path, 'read', table);
  await mkdir(pieces, { recursive: true });
  const head = readHead(`${table}.csv`, (await readFile(path)).subarray(0, 65536), false);
  const records: Read['records'] = new Map();
  const rejects: Read['rejects'] = [];
  const { blank } = await readText(createReadStream(path), head, {
    folder: pieces,
    name: 'piece',
    onPiece: async (piece) => {
      const rows: string[][] = parse(await readFile(piece.path), {
        delimiter: piece.delimiter,
        relax_column_count: true,
      });
      for (const [row, line, , ...values] of rows) {
        if (piece.kind === 'records') records.set(Number(row), { line: Number(line), values });
        else rejects.push([Number(row), Number(line), values[0] as string]);
      }
    },
  });
  return { records, rejects: rejects.sort((a, b) => a[0] - b[0]), blank };
}

const unquoted = (value: string): string => (value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
const ofTable = (table: Table): Defect[] => defects.filter((defect) => defect.table === table);
const structural = ({ field, expected_disposition }: Defect): boolean =>
  field === null && expected_disposition === 'rejected';

describe('the kinds', () => {
  it('are at least twenty, each with an id of its own', () => {
    expect(defectKinds.length).toBeGreaterThanOrEqual(20);
    expect(new Set(defectKinds.map(({ id }) => id)).size).toBe(defectKinds.length);
  });

  it('strike each table at the rate that was asked for', async () => {
    for (const table of tables) {
      const added = ofTable(table).filter(({ kind }) => /duplicate|other-id|after-death/.test(kind)).length;
      const records = read[table].records.size + read[table].rejects.length - added;
      const deviation = Math.sqrt(records * RATE * (1 - RATE));
      expect(Math.abs(ofTable(table).length - records * RATE)).toBeLessThan(4 * deviation);
    }
  });

  it.each(defectKinds.map((kind) => [kind.id, kind] as const))('include %s as often as its weight says', (id, kind) => {
    const found = defects.filter((defect) => defect.kind === id);
    const total = defectKinds.filter(({ table }) => table === kind.table).reduce((sum, { weight }) => sum + weight, 0);
    // kinds that apply to few records come less often than their weight, the others more often
    const share = (found.length / ofTable(kind.table).length) * (total / kind.weight);
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(2.5);
    for (const { expected_disposition, expected_reason, expected_missing_field } of found) {
      expect([expected_disposition, expected_reason, expected_missing_field]).toEqual([
        kind.expected.disposition,
        kind.expected.reason,
        kind.expected.missingField,
      ]);
    }
  });
});

describe.each(tables)('%s.csv', (table) => {
  it('has exactly the broken records that the truth names, at their lines and for their reasons', () => {
    const expected = ofTable(table)
      .filter(structural)
      .map(({ row, line, expected_reason }) => [row, line, expected_reason]);
    expect(read[table].rejects).toEqual(expected);
  });

  it('has exactly the blank lines that the truth names', () => {
    const blank = ofTable(table).filter(({ expected_disposition }) => expected_disposition === 'blank');
    expect(read[table].blank).toBe(blank.length);
    const rest = blank.filter(({ row }) => row !== null);
    expect(rest).toEqual([]);
  });

  it('has every other defect at its row, line and field', () => {
    const header: readonly string[] = headers[table];
    const readable = ofTable(table).filter((defect) => defect.row !== null && !structural(defect));
    expect(readable.length).toBeGreaterThan(500);
    for (const { row, line, field, injected_value, key, kind } of readable) {
      const record = read[table].records.get(row as number);
      expect(record, `${kind} of ${key}`).toMatchObject({ line });
      if (field === null || injected_value === null) continue;
      expect(record?.values[header.indexOf(field)], `${kind} of ${key}`).toBe(unquoted(injected_value));
    }
  });

  it('is taken by the catalog in every record that the truth does not name', () => {
    const struck = new Set(ofTable(table).map(({ row }) => row));
    const refused = [...read[table].records]
      .filter(([row]) => !struck.has(row))
      .flatMap(([row, { values }]) =>
        headers[table].map((name, n) => [row, name, values[n], refusal(fieldOf(table, name), values[n] ?? '', UNTIL)]),
      )
      .filter(([, , , reason]) => reason !== undefined);
    expect(refused).toEqual([]);
  });

  it('has values that the catalog refuses for the reason expected, or takes where the record is used as it is', () => {
    const valued = ofTable(table).filter(
      ({ field, expected_disposition }) => field && expected_disposition !== 'duplicate',
    );
    for (const { kind, field, injected_value, expected_reason } of valued) {
      const definition = fieldOf(table, field as string);
      const judged = refusal(definition, unquoted(injected_value ?? ''), UNTIL);
      // of two fields one must be there: neither is required alone
      const alone = expected_reason === 'required_missing' && !definition.required ? null : expected_reason;
      expect(judged ?? null, `${kind}: ${injected_value}`).toBe(alone);
    }
  });

  it('has a later record of the same key for every duplicate', () => {
    const duplicates = ofTable(table).filter(({ expected_disposition }) => expected_disposition === 'duplicate');
    expect(duplicates.length).toBeGreaterThan(50);
    for (const { row, key } of duplicates) expect(read[table].records.get((row as number) + 1)?.values[0]).toBe(key);
  });
});

describe('a number in another form or unit', () => {
  it('is the number that it was', () => {
    const forms = defects.filter(({ kind }) => kind.endsWith('-number-form'));
    for (const { original_value, injected_value } of forms) expect(Number(injected_value)).toBe(Number(original_value));
    const foreign = defects.filter(({ kind }) => kind === 'visits/glucose-in-mmol');
    expect(foreign.length).toBeGreaterThan(20);
    for (const { original_value, injected_value } of foreign) {
      expect(Math.abs(Number.parseFloat(injected_value as string) * 18.0182 - Number(original_value))).toBeLessThan(
        0.1,
      );
    }
  });
});

describe('diagnoses.csv', () => {
  it('stays clean', async () => {
    const rows = await folder.rows('diagnoses');
    const refused = rows.flatMap((row) =>
      headers.diagnoses.filter((name) => refusal(fieldOf('diagnoses', name), row[name] ?? '', UNTIL)),
    );
    expect(refused).toEqual([]);
  });
});

describe('the README of the truth', () => {
  it('names every kind, every column and every term of the probability', async () => {
    const text = await folder.text('truth/README.md');
    for (const { id } of defectKinds) expect(text).toContain(`| ${id} |`);
    for (const table of ['defects', 'outcomes', 'patients']) {
      for (const column of Object.keys((await folder.truth(table))[0] ?? {})) expect(text).toContain(`| ${column} |`);
    }
  });
});
