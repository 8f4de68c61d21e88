// carelake ingest: files into the lake.
import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { tables } from '../../catalog/catalog.js';
import type { Mode } from '../../pipeline/batch.js';
import { ingest } from '../../pipeline/land/ingest.js';
import type { IngestResult } from '../../pipeline/land/report.js';
import { parseMapping } from '../../sources/csv/mapping-file.js';
import { sources } from '../../sources/registry.js';
import { unreadable } from '../../sources/text/unreadable.js';
import { command, type Invocation, running } from '../command.js';
import { textTable } from '../output.js';

interface Options {
  readonly as?: string;
  readonly from?: string;
  readonly source?: string;
  readonly map?: string;
  readonly mode: Mode;
}

export const ingestPaths = command({
  name: 'ingest',
  summary: 'Land files, folders, .gz and .zip in the lake; the same file again changes nothing',
  examples: [
    'ingest hospital/',
    'ingest visits-2024.csv.gz --as visits --map columns.json',
    'ingest dataset_diabetes.zip',
    'ingest extract/ --mode snapshot',
  ],
})
  .argument('<path...>', 'files and folders')
  .addOption(new Option('--as <table>', 'the table that the files hold').choices(Object.keys(tables)))
  .addOption(new Option('--from <source>', 'the format (detected otherwise)').choices(sources.map(({ name }) => name)))
  .option('--source <name>', 'the name-space of the rows (default, or the name of the format)')
  .option('--map <file>', 'a mapping file for columns of other names and dates such as 03/04/2024')
  .addOption(
    new Option('--mode <mode>', 'upsert adds and replaces; snapshot is a full extract: ids not in it are gone')
      .choices(['upsert', 'snapshot'])
      .default('upsert'),
  )
  .action(
    running<Options, [string[]]>(async (invocation, options, paths) => {
      const { map, ...rest } = options;
      const mapping = map === undefined ? undefined : parseMapping(await readMapping(map), map);
      const result = await ingestInto(invocation, { ...rest, paths, ...(mapping && { mapping }) });
      invocation.output.result({ batches: result.batches }, () => ingestText(result));
    }),
  );

const readMapping = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });

/** Lands the files with progress on the terminal. */
export async function ingestInto(
  { app, output, signal }: Invocation,
  request: Parameters<typeof ingest>[0],
): Promise<IngestResult> {
  const result = await ingest(request, {
    lake: app.lake,
    lander: await app.engine(),
    clock: () => new Date(),
    signal,
    onProgress: ({ file, bytes, of }) => {
      const share = of ? ` ${Math.floor((100 * bytes) / of)} %` : '';
      output.progress(`Landing ${file}: ${Math.round(bytes / 1e6)} MB${share}`);
    },
  });
  for (const warning of result.warnings) output.note(warning);
  return result;
}

function ingestText({ batches, skipped, unread }: IngestResult): string {
  const rows = batches.flatMap(({ files }) =>
    files.map((file) => [
      file.name,
      file.records,
      file.rejected,
      file.encoding,
      file.already_there ? 'already there' : 'landed',
    ]),
  );
  const left = Object.entries(unread).map(([file, columns]) => `Not read in ${file}: ${columns.join(', ')}`);
  const passed = skipped.map(({ file, why }) => `Passed over ${file}: ${why}`);
  return [textTable(['file', 'records', 'unreadable', 'encoding', ''], rows), ...left, ...passed].join('\n');
}
