// The account of real files, and that neither threads nor the order of files change what a run publishes.
import { describe, expect, test } from 'vitest';
import { openWorkspace, type WorkspaceOptions } from '../harness.js';

test('lines that span, blank lines, duplicates and rejects of every kind add up', async () => {
  const workspace = await openWorkspace();
  try {
    const lines = [
      'patient_id,name,age',
      '', //                     blank
      'p1,"Ann', //              two lines
      'Lee",40',
      '   ', //                  blank
      'p2,Bob,50',
      'p2,"Bob', //              a newer version on three lines
      '',
      'Ray",51',
      'p3,Cid,412', //           rejected by cleaning
      'p4,Dan', //               rejected by the reader
      'p5,Eve,30,extra', //      rejected by the reader
      'p6,"Fay', //              rejected by the reader: the quote is never closed
    ];
    await workspace.land({ 'patients.csv': lines.join('\r\n') });
    const { manifest } = await workspace.run();
    const [file] = manifest.accounting;
    expect(file?.records).toEqual({ total: 7, used: 2, duplicates: 1, rejected: 4, not_used: 0 });
    expect(file).toMatchObject({ lines: 13, header: 1, used: 5, duplicates: 1, rejected: 4, not_used: 0 });
    const rejects = await workspace.rejects();
    expect(rejects.map(({ line, code }) => `${line} ${code}`).sort()).toEqual([
      '10 out_of_range',
      '11 too_few_fields',
      '12 too_many_fields',
      '13 quote_unterminated',
    ]);
    const used = 'select patient_id, name, _line, _lines from t order by 1';
    expect(await workspace.rows('patients', used)).toEqual([
      { patient_id: 'p1', name: 'Ann\r\nLee', _line: 3, _lines: 2 },
      { patient_id: 'p2', name: 'Bob\r\n\r\nRay', _line: 7, _lines: 3 },
    ]);
  } finally {
    await workspace.close();
  }
});

test.each([
  ['of a header alone', '', { total: 0, rejected: 0 }],
  ['of which no record can be read', 'p1\np2,Bob,1,2\n', { total: 2, rejected: 2 }],
  ['of blank lines', '\n \n\n', { total: 0, rejected: 0 }],
])('a file %s is accounted for, and stops no run', async (_, body, records) => {
  const workspace = await openWorkspace();
  try {
    await workspace.land({ 'patients.csv': `patient_id,name,age\n${body}` });
    const { manifest } = await workspace.run();
    expect(manifest.accounting).toMatchObject([{ header: 1, records }]);
    expect(manifest.tables.patients?.rows).toBe(0);
  } finally {
    await workspace.close();
  }
});

describe('what a run publishes', () => {
  const patients = (from: number) => [
    'patient_id,name,birth_date,chronic_conditions',
    ...Array.from(
      { length: 300 },
      (_, n) => `p${(n * 7 + from) % 400},Name ${n},19${10 + (n % 80)}-0${1 + (n % 9)}-11,Asthma;COPD ${n % 5}`,
    ),
    '',
  ];
  const visits = (from: number) => [
    'visit_id,patient_id,visit_date,discharge_date,visit_type,discharge_disposition,diagnosis_code,severity_score,facility',
    ...Array.from({ length: 500 }, (_, n) => {
      const day = String(1 + (n % 27)).padStart(2, '0');
      const month = String(1 + (n % 12)).padStart(2, '0');
      const type = ['inpatient', 'emergency', 'outpatient'][n % 3];
      return `v${(n * 3 + from) % 700},p${n % 420},2023-${month}-${day},2023-${month}-28,${type},home,E11.${n % 9},${n % 11}.${n % 10},F${n % 3}`;
    }),
    '',
  ];
  const files = {
    'patients-1.csv': patients(0).join('\n'),
    'patients-2.csv': patients(3).join('\r\n'),
    'visits-1.csv': visits(0).join('\n'),
    'visits-2.csv': visits(11).join('\n'),
  };

  async function publishedBy(options: WorkspaceOptions, order: readonly string[]): Promise<Record<string, string>> {
    const workspace = await openWorkspace(options);
    try {
      await workspace.land(files, { order });
      await workspace.run();
      return await workspace.digests();
    } finally {
      await workspace.close();
    }
  }

  test('depends neither on the order of the files on the command line, nor on threads, nor on the lake', async () => {
    const names = Object.keys(files);
    const once = await publishedBy({ threads: 1 }, names);
    expect(new Set(Object.values(once)).size).toBe(Object.keys(once).length);
    expect(await publishedBy({ threads: 4 }, [...names].reverse())).toEqual(once);
    expect(await publishedBy({ threads: 2, lake: 'local' }, [...names.slice(2), ...names.slice(0, 2)])).toEqual(once);
  });
});
