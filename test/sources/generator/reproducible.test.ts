// The same options give the same bytes; what was asked for wrongly is refused before anything is written.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { generate } from '../../../src/sources/generator/generate.js';
import type { GenerateOptions } from '../../../src/sources/generator/options.js';
import { emptyFolder, Folder } from './folder.js';

const folders: Folder[] = [];
async function generated(options: Partial<GenerateOptions>): Promise<Folder> {
  const folder = await Folder.generated(options);
  folders.push(folder);
  return folder;
}
async function empty(): Promise<Folder> {
  const folder = new Folder(await emptyFolder());
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder.remove();
});

const data = ['patients.csv', 'visits.csv', 'prescriptions.csv', 'diagnoses.csv'];

describe('the same options', () => {
  it('give the same bytes in every file, Parquet too', async () => {
    const options = { patients: 3000, seed: 42, dirty: 0.05 };
    const first = await (await generated(options)).digests();
    expect(Object.keys(first)).toEqual([
      ...['diagnoses.csv', 'patients.csv', 'prescriptions.csv', 'truth/README.md'],
      ...['truth/defects.parquet', 'truth/outcomes.parquet', 'truth/patients.parquet', 'visits.csv'],
    ]);
    expect(await (await generated(options)).digests()).toEqual(first);
  });

  it('give the same bytes over an earlier generation', async () => {
    const folder = await generated({ patients: 900, seed: 1 });
    await generate({ patients: 300, seed: 2, dirty: 0, out: folder.path });
    expect(await folder.digests()).toEqual(await (await generated({ patients: 300, seed: 2 })).digests());
  });
});

describe('another seed', () => {
  it('gives other data, also where only its upper half differs', async () => {
    const seeds = [5, 6, 5 + 2 ** 32];
    const texts = await Promise.all(
      seeds.map(async (seed) => (await generated({ patients: 50, seed })).text('patients.csv')),
    );
    expect(new Set(texts).size).toBe(seeds.length);
  });
});

describe('more patients', () => {
  it('begin with the same rows', async () => {
    const few = await generated({ patients: 400, dirty: 0.1 });
    const many = await generated({ patients: 800, dirty: 0.1 });
    for (const name of data) {
      const start = await few.text(name);
      const whole = await many.text(name);
      expect(whole.length).toBeGreaterThan(start.length);
      expect(whole.startsWith(start)).toBe(true);
    }
  });
});

describe('a higher rate of defects', () => {
  it('leaves every record that it does not strike as it was', async () => {
    const clean = await generated({ patients: 600 });
    const dirty = await generated({ patients: 600, dirty: 0.2 });
    const defects = await dirty.truth('defects');
    for (const table of ['visits', 'prescriptions']) {
      const struck = new Set(defects.filter((row) => row.table === table).map(({ key }) => key));
      const lines = (await clean.text(`${table}.csv`)).split('\n').filter((line) => !struck.has(line.split(',')[0]));
      const there = new Set((await dirty.text(`${table}.csv`)).split('\n'));
      expect(struck.size).toBeGreaterThan(100);
      expect(lines.filter((line) => !there.has(line))).toEqual([]);
    }
  });
});

describe('no patients', () => {
  it('gives headers, and empty tables of truth', async () => {
    const folder = await generated({ patients: 0 });
    for (const name of data) expect((await folder.text(name)).split('\n')).toHaveLength(2);
    expect(await folder.truth('outcomes')).toEqual([]);
  });
});

describe('options out of range', () => {
  it.each<[string, Partial<GenerateOptions>]>([
    ['patients', { patients: -1 }],
    ['patients', { patients: 1.5 }],
    ['seed', { seed: Number.NaN }],
    ['seed', { seed: 2 ** 53 }],
    ['dirty', { dirty: 1.01 }],
    ['until', { until: '2024-02-30' }],
    ['until', { until: '2020-12-31' }],
    ['until', { until: 'tomorrow' }],
  ])('are refused by name (%s, %o), and nothing is written', async (field, options) => {
    const folder = await empty();
    const attempt = generate({ patients: 1, seed: 1, dirty: 0, out: folder.path, ...options });
    await expect(attempt).rejects.toMatchObject({ code: 'GENERATE_INVALID', faults: [{ field }] });
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe('a folder', () => {
  it('with files of somebody else is left alone', async () => {
    const folder = await empty();
    await writeFile(join(folder.path, 'visits.csv'), 'precious\n');
    const attempt = generate({ patients: 1, seed: 1, dirty: 0, out: folder.path });
    await expect(attempt).rejects.toMatchObject({ code: 'GENERATE_INVALID' });
    expect(await readdir(folder.path)).toEqual(['visits.csv']);
    expect(await folder.text('visits.csv')).toBe('precious\n');
  });

  it('that cannot be written is a coded error that keeps its cause', async () => {
    const folder = await empty();
    await writeFile(join(folder.path, 'occupied'), '');
    const attempt = generate({ patients: 1, seed: 1, dirty: 0, out: join(folder.path, 'occupied') });
    await expect(attempt).rejects.toMatchObject({ code: 'GENERATE_FAILED', cause: { code: expect.any(String) } });
  });
});

describe('a signal', () => {
  it('ends the generation and leaves no pieces behind', async () => {
    const folder = await empty();
    const controller = new AbortController();
    const onProgress = (done: number) => {
      if (done >= 1000) controller.abort(new Error('enough'));
    };
    const attempt = generate({
      ...{ patients: 100_000, seed: 1, dirty: 0.03, out: folder.path },
      ...{ onProgress, signal: controller.signal },
    });
    await expect(attempt).rejects.toThrow('enough');
    expect(await readdir(join(folder.path, 'truth'))).toEqual(['README.md']);
  });
});
