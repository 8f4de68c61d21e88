// carelake predict: asks a served model about every row of a CSV file, of any size.
import { createWriteStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writingTo } from '../../analytics/export/writing.js';
import { CarelakeError } from '../../errors.js';
import { modelNames } from '../../models/plans.js';
import { openPredictor } from '../../models/predict/predictor.js';
import { noteIn } from '../audited.js';
import { command, running } from '../command.js';
import { csvRowsOf } from '../csv-rows.js';
import { predictionsText } from '../predictions-text.js';

interface Options {
  readonly csv: string;
  readonly out?: string;
}

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
      const served = await predictor.served(name);
      const { version } = served;
      await noteIn({ app, output }, 'predict', {
        action: 'ask',
        detail: `${name} ${version} about the rows of ${csv}`,
      });
      const counts = { rows: 0, failed: 0 };
      const text = predictionsText(predictor, served, csvRowsOf(csv), counts);
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
