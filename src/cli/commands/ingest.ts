// carelake ingest: files into the lake.
import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { tables } from '../../catalog/catalog.js';
import { CarelakeError } from '../../errors.js';
import type { Mode } from '../../pipeline/batch.js';
import { ingest } from '../../pipeline/land/ingest.js';
import type { IngestResult } from '../../pipeline/land/report.js';
import { parseMapping } from '../../sources/csv/mapping-file.js';
import { sources } from '../../sources/registry.js';
import { unreadable } from '../../sources/text/unreadable.js';
import { noteIn } from '../audited.js';
import { progressLine } from '../bar.js';
import { command, type Invocation, running } from '../command.js';
import { printable, textTable } from '../output.js';
import { passedOver } from '../passed-over.js';

interface Options {
  readonly as?: string;
  readonly from?: string;
  readonly source?: string;
  readonly map?: string;
  readonly mode: Mode;
}

export const ingestPaths = command({
  name: 'ingest',
  summary: 'Land files, folders, .gz, .zip and s3://… in the lake; the same file again changes nothing',
  examples: [
    'ingest hospital/',
    'ingest visits-2024.csv.gz --as visits --map columns.json',
    'ingest dataset_diabetes.zip',
    'ingest extract/ --mode snapshot',
    'ingest s3://bucket/extracts/2024/',
    'ingest s3://bucket/visits.csv.gz',
  ],
})
  .argument('<path...>', 'files, folders, and s3://bucket/key or s3://bucket/prefix/')
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
      refuseAddresses(paths);
      const { map, ...rest } = options;
      const mapping = map === undefined ? undefined : parseMapping(await readMapping(map), map);
      const result = await ingestInto(invocation, { ...rest, paths, ...(mapping && { mapping }) });
      const landed = result.batches.flatMap(({ id, files }) =>
        files.filter((file) => !file.already_there).map(() => id),
      );
      const detail = `${landed.length} files landed in the batches ${[...new Set(landed)].join(', ')}`;
      if (landed.length > 0) await noteIn(invocation, 'ingest', { action: 'land', detail });
      invocation.output.result(result, () => ingestText(result));
    }),
  );

/** The address of another place would only be a file that is not there. */
function refuseAddresses(paths: readonly string[]): void {
  const address = paths.find((path) => /^(?!s3:)[a-z][a-z0-9+.-]*:[/][/]/i.test(path));
  if (address === undefined) return;
  throw new CarelakeError(
    'CONFIG_UNSUPPORTED',
    `${address}: this version reads files and folders of this machine, and s3://bucket/prefix/.`,
  );
}

const readMapping = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(path, cause);
  });

/** Lands the files with progress on the terminal. */
export async function ingestInto(
  { app, output, signal }: Invocation,
  request: Parameters<typeof ingest>[0],
): Promise<IngestResult> {
  await app.landEntries();
  const result = await ingest(request, {
    lake: app.lake,
    objects: app.objects,
    lander: await app.engine(),
    clock: () => new Date(),
    signal,
    onProgress: ({ files, bytes, of }) => {
      const label = `Landing ${files.length === 1 ? files[0] : `${files.length} files`}`;
      // How long the text in a gzip is, only its end tells.
      output.progress(of ? progressLine(label, bytes / of) : `${label}: ${Math.round(bytes / 1e6)} MB`);
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
  return [
    textTable(['file', 'records', 'unreadable', 'encoding', ''], rows),
    ...[...left, ...passedOver(skipped)].map(printable),
  ].join('\n');
}
