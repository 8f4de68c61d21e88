// carelake generate: a synthetic hospital with known truth.
import { generate } from '../../sources/generator/generate.js';
import { command, running, share, wholeNumber } from '../command.js';
import { textTable } from '../output.js';

interface Options {
  readonly patients: number;
  readonly seed: number;
  readonly out: string;
  readonly dirty: number;
}

export const generateTo = command({
  name: 'generate',
  summary: 'Write a synthetic hospital as CSV files, with the truth behind it',
  examples: ['generate --out hospital', 'generate --patients 500000 --seed 7 --dirty 0 --out big'],
})
  .requiredOption('--out <dir>', 'the folder to write into')
  .option('--patients <n>', 'how many patients', wholeNumber('--patients', 0), 12_000)
  .option('--seed <n>', 'the same seed gives the same bytes', wholeNumber('--seed', 0), 1)
  .option('--dirty <share>', 'the share of records with an injected defect, 0 to 1', share('--dirty'), 0.03)
  .action(
    running<Options, []>(async ({ output, signal }, { patients, seed, out, dirty }) => {
      const result = await generate({
        patients,
        seed,
        out,
        dirty,
        signal,
        onProgress: (done, total) => output.progress(`Generating: ${done} of ${total} patients`),
      });
      output.result({ out, ...result }, () =>
        [
          textTable(
            ['file', 'records', 'bytes'],
            result.files.map(({ name, rows, bytes }) => [name, rows, bytes]),
          ),
          `${result.defects} defects injected. Next: carelake ingest ${out}`,
        ].join('\n'),
      );
    }),
  );
