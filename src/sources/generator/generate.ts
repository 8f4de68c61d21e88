// Generates the synthetic hospital into a folder: four files of data, and the truth behind them.
import { access, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CarelakeError } from '../../errors.js';
import { type Out, writeHospital } from './hospital.js';
import { checkOptions, type GenerateOptions } from './options.js';
import { headers, type TableName, tables } from './rows.js';
import { type TruthTable, truthTables } from './truth.js';
import { writeTruthParquet } from './truth-parquet.js';
import { type Parameters, README_TITLE, truthReadme } from './truth-readme.js';
import { BufferedFile } from './write.js';

export interface GeneratedFile {
  /** Relative to the folder: `visits.csv`, `truth/outcomes.parquet`. */
  readonly name: string;
  /** Records; of the README none. */
  readonly rows: number;
  readonly bytes: number;
}

export interface Generated {
  readonly files: readonly GeneratedFile[];
  readonly defects: number;
}

const truthNames = Object.keys(truthTables) as TruthTable[];

/**
 * Writes patients.csv, visits.csv, prescriptions.csv, diagnoses.csv and truth/ into `out`. The same options give the same
 * bytes; memory does not grow with the number of patients. A folder that holds an earlier generation is overwritten.
 *
 * @throws CarelakeError GENERATE_INVALID for options out of range or a folder with files that are not ours,
 *   GENERATE_FAILED where the folder cannot be written.
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const parameters = checkOptions(options);
  const { out } = options;
  await refuseForeignFiles(out);
  const truth = join(out, 'truth');
  const pieces = join(truth, '.pieces');
  try {
    await mkdir(pieces, { recursive: true });
    try {
      // first, so that a generation cut short is known as ours
      await writeFile(join(truth, 'README.md'), truthReadme(parameters));
      return await writeFiles(parameters, options, pieces);
    } finally {
      await rm(pieces, { recursive: true, force: true });
    }
  } catch (cause) {
    if (cause instanceof CarelakeError || options.signal?.aborted) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CarelakeError('GENERATE_FAILED', `${out}: ${why}`, { cause });
  }
}

async function writeFiles(parameters: Parameters, options: GenerateOptions, pieces: string): Promise<Generated> {
  const { out } = options;
  const files = await openAll(out, pieces);
  try {
    await writeHospital(parameters, files, options);
  } finally {
    await closeAll(Object.values(files));
  }
  await writeTruthParquet(
    truthNames.map((table) => ({
      table,
      text: files[`truth/${table}`].path,
      parquet: join(out, 'truth', `${table}.parquet`),
    })),
  );
  return { files: await listed(out, files), defects: files['truth/defects'].rows };
}

async function openAll(out: string, pieces: string): Promise<Out> {
  const opened: [string, BufferedFile][] = [];
  try {
    for (const table of tables) {
      const file = await BufferedFile.create(join(out, `${table}.csv`));
      file.line(`${headers[table].join(',')}\n`);
      opened.push([table, file]);
    }
    for (const table of truthNames)
      opened.push([`truth/${table}`, await BufferedFile.create(join(pieces, `${table}.csv`))]);
  } catch (error) {
    await closeAll(opened.map(([, file]) => file));
    throw error;
  }
  return Object.fromEntries(opened) as Out;
}

/** Closes every file, then throws the first failure. */
async function closeAll(files: readonly BufferedFile[]): Promise<void> {
  const results = await Promise.allSettled(files.map((file) => file.close()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function listed(out: string, files: Out): Promise<GeneratedFile[]> {
  const names: [string, number][] = [
    ...tables.map((table: TableName): [string, number] => [`${table}.csv`, files[table].rows]),
    ...truthNames.map((table): [string, number] => [`truth/${table}.parquet`, files[`truth/${table}`].rows]),
    ['truth/README.md', 0],
  ];
  return Promise.all(names.map(async ([name, rows]) => ({ name, rows, bytes: (await stat(join(out, name))).size })));
}

/** A folder with a patients.csv of somebody else must not lose it. */
async function refuseForeignFiles(out: string): Promise<void> {
  const readme = await readFile(join(out, 'truth', 'README.md'), 'utf8').catch(() => '');
  if (readme.startsWith(README_TITLE)) return;
  for (const table of tables) {
    const path = join(out, `${table}.csv`);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there)
      throw new CarelakeError(
        'GENERATE_INVALID',
        `${path} is there already and was not generated; choose another folder`,
      );
  }
}
