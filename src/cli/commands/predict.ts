// carelake predict: asks a served model about every row of a CSV file, of any size.
import { createReadStream, createWriteStream } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { csvHeader, csvRows } from '../../analytics/export/csv.js';
import { writingTo } from '../../analytics/export/writing.js';
import { CarelakeError } from '../../errors.js';
import type { ModelName } from '../../models/plan.js';
import { modelNames } from '../../models/plans.js';
import { openPredictor, type Predictor, type Result } from '../../models/predict/predictor.js';
import { HEAD_BYTES, readHead } from '../../sources/text/head.js';
import { command, running } from '../command.js';

interface Options {
  readonly csv: string;
  readonly out?: string;
}

/** The longest row, in bytes: a quote that is never closed must not take a whole file into memory. */
const longest = 2 ** 20;

/** Rows that the model is asked about at once. */
const atOnce = 1000;

export const predict = command({
  name: 'predict',
  summary: 'Ask a served model about every row of a CSV file',
  examples: ['predict readmission --csv discharges.csv', 'predict risk --csv patients.csv --out risk.csv --json'],
})
  .argument('<model>', modelNames.join(', '))
  .requiredOption('--csv <file>', 'a header and a row for each patient; the columns are those of docs/features.md')
  .option('--out <file>', 'write the answers there; else to stdout')
  .action(
    running<Options, [string]>(async ({ app, output, signal }, { csv, out }, model) => {
      const name = modelNames.find((one) => one === model);
      if (!name) throw new CarelakeError('USAGE', `There is no model ${model}; there are ${modelNames.join(', ')}.`);
      if (output.json && out === undefined)
        throw new CarelakeError('USAGE', '--json says what was written to --out FILE.');
      if (out !== undefined && (await samePlace(csv, out))) {
        throw new CarelakeError('USAGE', '--out must name another file than --csv.');
      }
      const predictor = openPredictor(app.lake);
      const { version } = await predictor.served(name);
      const counts = { rows: 0, failed: 0 };
      const text = answersText(predictor, name, rowsOf(csv), counts);
      const to = out === undefined ? process.stdout : createWriteStream(out, { mode: 0o600 });
      await writingTo(out ?? 'stdout', () => pipeline(Readable.from(text), to, { end: out !== undefined, signal }));
      if (out === undefined) return;
      output.result(
        { model: name, version, file: out, ...counts },
        () =>
          `${counts.rows} rows answered by ${name} ${version} and written to ${out}${counts.failed > 0 ? `; ${counts.failed} of them say why there is no answer` : ''}.`,
      );
    }),
  );

/** Links and spellings apart. */
async function samePlace(one: string, other: string): Promise<boolean> {
  const placeOf = (path: string) => realpath(path).catch(() => resolve(path));
  return (await placeOf(one)) === (await placeOf(other));
}

interface Row {
  readonly line: number;
  readonly values: Readonly<Record<string, string | null>>;
}

/** @throws FILE_NOT_FOUND, FILE_NOT_TEXT … of the head; CSV_ROW where a row is none, with its line. */
async function* rowsOf(path: string): AsyncGenerator<Row> {
  const file = basename(path);
  const { delimiter } = await headOf(path, file);
  const input = createReadStream(path);
  const parser = input.pipe(
    parse({
      delimiter,
      columns: true,
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: longest,
    }),
  );
  input.once('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      const values = Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name, value === '' ? null : value]),
      );
      yield { line: info.lines, values };
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new CarelakeError('CSV_ROW', `${file}: ${cause.message}`, { cause });
  }
}

async function headOf(path: string, file: string) {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path);
  } catch (cause) {
    throw new CarelakeError('FILE_NOT_FOUND', `${path} cannot be opened.`, { cause });
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return readHead(file, buffer.subarray(0, bytesRead), bytesRead < HEAD_BYTES);
  } finally {
    await handle.close();
  }
}

async function* answersText(
  predictor: Predictor,
  model: ModelName,
  rows: AsyncIterable<Row>,
  counts: { rows: number; failed: number },
): AsyncGenerator<string> {
  yield csvHeader([
    'line',
    'patient_id',
    ...answerColumns[model],
    'model_version',
    'strongest',
    'warnings',
    'code',
    'message',
  ]);
  for await (const some of batches(rows)) {
    const results = await predictor.ofFields(
      model,
      some.map(({ values }) => values),
    );
    const lines = results.map((result, at) => lineOf(model, some[at] as Row, result));
    counts.rows += results.length;
    counts.failed += results.filter((result) => 'failure' in result).length;
    yield csvRows({
      columns: [],
      rows: lines.length,
      values: (lines[0] ?? []).map((_, column) => lines.map((line) => line[column])),
    });
  }
}

async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let some: Row[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < atOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

const answerColumns: Readonly<Record<ModelName, readonly string[]>> = {
  readmission: ['prediction', 'probability'],
  risk: ['category', 'risk_score', 'percentile'],
  progression: ['prediction', 'confidence'],
};

function lineOf(model: ModelName, { line, values }: Row, result: Result<ModelName>): unknown[] {
  const who = [line, values.patient_id ?? null];
  const empty = answerColumns[model].map(() => null);
  if ('failure' in result) {
    const { code, message, faults } = result.failure;
    const said = [message, ...faults.map((fault) => `${fault.field}: ${fault.message}`)].join(' ');
    return [...who, ...empty, null, null, null, code, said];
  }
  const answer = result.answer as unknown as Record<string, unknown> & (typeof result)['answer'];
  const strongest = answer.explanation
    .filter(({ feature }) => feature !== 'base' && feature !== 'calibration')
    .slice(0, 3)
    .map(({ feature, contribution }) => `${feature} ${contribution.toFixed(3)}`);
  const warnings = answer.warnings.map(({ field, message }) => `${field}: ${message}`);
  return [
    ...who,
    ...answerColumns[model].map((column) => answer[column]),
    answer.model.version,
    strongest,
    warnings,
    null,
    null,
  ];
}
