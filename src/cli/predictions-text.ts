// Answers of a model to the rows of a file, as CSV: one row for each, in their order, with what it says or why it says nothing.
import { csvLine } from '../analytics/export/csv.js';
import { unarmed } from '../analytics/export/formula.js';
import type { ModelName } from '../models/plan.js';
import type { Predictor, Result } from '../models/predict/predictor.js';
import type { ServedModel } from '../models/predict/served.js';
import type { CsvRow } from './csv-rows.js';

/** Rows that the model is asked about at once. */
const atOnce = 1000;

export async function* predictionsText(
  predictor: Predictor,
  served: ServedModel,
  rows: AsyncIterable<CsvRow>,
  counts: { rows: number; failed: number },
): AsyncGenerator<string> {
  const model = served.name;
  yield csvLine([
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
    const results = predictor.ofFields(
      served,
      some.map(({ values }) => values),
    );
    const lines = results.map((result, at) => lineOf(model, some[at] as CsvRow, result));
    counts.rows += results.length;
    counts.failed += results.filter((result) => 'failure' in result).length;
    for (const line of lines) yield csvLine(line.map(unarmed));
  }
}

async function* batches(rows: AsyncIterable<CsvRow>): AsyncGenerator<CsvRow[]> {
  let some: CsvRow[] = [];
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

function lineOf(model: ModelName, { line, values }: CsvRow, result: Result<ModelName>): unknown[] {
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
