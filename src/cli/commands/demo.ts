// carelake demo: a synthetic hospital from raw files to published tables, in one command.
import { join } from 'node:path';
import { rowsOf } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import { modelNames } from '../../models/plans.js';
import { usualTraining } from '../../models/train/settings.js';
import { readBatches } from '../../pipeline/batch.js';
import { generate } from '../../sources/generator/generate.js';
import { command, type Invocation, running, wholeNumber } from '../command.js';
import { textTable } from '../output.js';
import { ingestInto } from './ingest.js';
import { runIn, runText } from './run.js';
import { requireFreePort, serveUntilStopped } from './serve.js';
import { trainAll, trainedDocument, trainedText } from './train.js';

interface Options {
  readonly patients: number;
  readonly seed: number;
  readonly data?: string;
  readonly port: number;
  readonly serve: boolean;
  readonly train: boolean;
}

/** Some of what a synthetic hospital has wrong with it, so that the account shows something. */
const dirty = 0.03;

const host = '127.0.0.1';

export const demo = command({
  name: 'demo',
  summary: 'Make up a hospital, land its files, run the pipeline, show what came of it and serve it',
  examples: ['demo', 'demo --patients 500 --no-serve --json', 'demo --data /tmp/demo'],
})
  .option('--patients <n>', 'how many patients', wholeNumber('--patients', 1), 12_000)
  .option('--seed <n>', 'the same seed gives the same hospital', wholeNumber('--seed', 0), 1)
  .option('--port <n>', 'where to serve', wholeNumber('--port', 1, 65_535), 5000)
  .option('--no-train', 'learn no models')
  .option('--no-serve', 'end after the report')
  .action(
    running<Options, []>(async (invocation, { patients, seed, data, port, serve, train }) => {
      const { app, output } = invocation;
      await refuseOwnData(invocation);
      if (serve) await requireFreePort(host, port);
      const folder = join(app.config.data, 'demo');
      const paths = ['patients', 'visits', 'prescriptions', 'diagnoses'].map((table) => join(folder, `${table}.csv`));
      const generated = await generate({
        patients,
        seed,
        out: folder,
        dirty,
        signal: invocation.signal,
        onProgress: (done, total) => output.progress(`Generating: ${done} of ${total} patients`),
      });
      const landed = await ingestInto(invocation, { paths, mode: 'snapshot', demo: true });
      const { result, document } = await runIn(invocation);
      const readmission = await readmissions(invocation);
      const trained = train ? await trainAll(invocation, modelNames, quickTraining) : undefined;
      output.result(
        {
          ...document,
          generated,
          batches: landed.batches,
          readmissions: readmission,
          ...(trained && trainedDocument(trained)),
        },
        () =>
          `${runText(result, document)}\n\n${readmissionText(readmission)}\n\n${trained ? `${trainedText(trained)}\n\n` : ''}${nextSteps(generated.defects, data)}`,
      );
      if (serve) await serveUntilStopped(reported(invocation), { port, host });
    }),
  );

/** So that all three models are there within a minute; `carelake train` looks further, on all cases. */
const quickTraining = { ...usualTraining, trials: 1, folds: 3, most: 15_000 };

/** The result was the report of the demo; where it is served is said beside it. */
function reported(invocation: Invocation): Invocation {
  const { output } = invocation;
  return { ...invocation, output: { ...output, result: (_document, text) => output.note(`\n${text()}`) } };
}

/** The demo replaces only what a demo made. */
async function refuseOwnData({ app }: Invocation): Promise<void> {
  const own = (await readBatches(app.lake)).find((batch) => !batch.demo);
  if (own) {
    const files = own.files.map(({ name }) => name).join(', ');
    throw new CarelakeError(
      'DEMO_REFUSED',
      `${app.lake.address} holds data of your own (batch ${own.sequence}: ${files}).`,
    );
  }
}

interface Readmission {
  readonly admission_type: string | null;
  readonly index_stays: number;
  readonly readmissions: number;
}

async function readmissions({ app }: Invocation): Promise<Readmission[]> {
  const stays = (await app.published(() => ['stays'])).stays?.paths ?? [];
  const sql = `select admission_type, count(*) as index_stays, count(case when readmitted_within_30_days then 1 end) as readmissions
from stays where is_index group by admission_type order by count(*) desc, admission_type`;
  return rowsOf<Readmission>(await app.engine(), { name: 'demo report', sql, inputs: { stays } });
}

function readmissionText(rows: readonly Readmission[]): string {
  const percent = ({ index_stays, readmissions: count }: Readmission): string =>
    `${((100 * count) / index_stays).toFixed(1)} %`;
  return `Unplanned readmission within 30 days, by type of the index admission:\n${textTable(
    ['admission', 'index stays', 'readmitted', 'rate'],
    rows.map((row) => [row.admission_type ?? 'not known', row.index_stays, row.readmissions, percent(row)]),
  )}`;
}

/** What to try next, as it can be typed where this command was. */
function nextSteps(defects: number, data: string | undefined): string {
  const where = data === undefined ? '' : ` --data ${data}`;
  return [
    `The files were made with ${defects.toLocaleString('en-US')} defects; the account above shows what became of them.`,
    'Look closer:',
    `  carelake rejects${where}   every refused record, with line and reason`,
    `  carelake lineage visits V1-1${where}   a row back to its file and line`,
    `  carelake query "select * from stays limit 5"${where}   read-only SQL over the published tables`,
    '  carelake ingest PATH --data my-data   your own files, in a folder of their own',
  ].join('\n');
}
