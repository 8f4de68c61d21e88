// The code lists of the UCI file are those of its own IDs_mapping.csv, and what they mean the catalog allows.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { fieldNamed, tableNamed } from '../../src/catalog/catalog.js';
import { uciAdmissionSources } from '../../src/catalog/codes/uci-admission-sources.js';
import { uciAdmissionTypes } from '../../src/catalog/codes/uci-admission-types.js';
import { uciDischargeDispositions } from '../../src/catalog/codes/uci-discharge-dispositions.js';
import { unpack } from '../sources/uci-diabetes/zip.js';

const data = process.env.CARELAKE_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const zip = join(data, 'uci-diabetes-130', 'dataset_diabetes.zip');
const details = uciDischargeDispositions.codes.map((code) => ({ ...code, value: code.detail }));
const lists = [
  ['admission_type', 'admission_type', uciAdmissionTypes.codes],
  ['admission_source', 'admission_source', uciAdmissionSources.codes],
  ['discharge_disposition', 'discharge_disposition', uciDischargeDispositions.codes],
  ['discharge_disposition_detail', 'discharge_disposition', details],
] as const;

describe.each(lists)('%s', (field, name, codes) => {
  const allowed = fieldNamed(tableNamed('visits'), field).values ?? [];

  test('the codes rise', () => {
    expect(codes.map(({ code }) => code)).toEqual([...new Set(codes.map(({ code }) => code))].sort((a, b) => a - b));
  });

  test('every value is one that visits allow, and the description alone is read as it', () => {
    for (const { description, value } of codes) {
      const word = description.toLowerCase();
      const meant = allowed.filter((option) => option.value === word || option.synonyms.includes(word));
      expect([description, ...meant.map((option) => option.value)]).toEqual(
        value ? [description, value] : [description],
      );
    }
  });

  test.skipIf(!existsSync(zip))(`codes and descriptions are those of the file (${zip})`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-uci-codes-'));
    try {
      const path = (await unpack(zip, folder)).get('IDs_mapping.csv') ?? '';
      const rows: string[][] = parse(await readFile(path, 'utf8'), { trim: true });
      const head = rows.findIndex(([id]) => id === `${name}_id`);
      const end = rows.findIndex(([id], index) => index > head && id === '');
      const ours = codes.map(({ code, description }) => [String(code), description]);
      expect(rows.slice(head + 1, end < 0 ? undefined : end).toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(
        ours,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('a disposition that is known is known in full, and each in full belongs to one', () => {
  const { codes } = uciDischargeDispositions;
  expect(codes.filter(({ value, detail }) => (value === null) !== (detail === null))).toEqual([]);
  const known = codes.flatMap(({ detail }) => detail ?? []);
  expect(new Set(known).size).toBe(known.length);
});

test('follow-up ends with death and hospice, which are the six dispositions of the published studies', () => {
  const ending = uciDischargeDispositions.codes.filter(({ endsFollowUp }) => endsFollowUp);
  expect(ending.map(({ code }) => code)).toEqual([11, 13, 14, 19, 20, 21]);
  const lost = uciDischargeDispositions.codes.filter(({ value }) => value === 'died' || value === 'hospice');
  expect(lost).toEqual(ending);
});
