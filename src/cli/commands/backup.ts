// carelake backup: one file of all that there is, made while others go on.
import { writeBackup } from '../../backup/write.js';
import { s3AddressOf } from '../../config/s3.js';
import { noteIn } from '../audited.js';
import { progressLine } from '../bar.js';
import { command, running } from '../command.js';

interface Options {
  readonly lake: boolean;
  readonly records: boolean;
}

export const backup = command({
  name: 'backup',
  summary: 'Copy records, lake and models into one file, while the server serves',
  examples: ['backup carelake-2026-03-01.zip', 'backup records.zip --no-lake'],
})
  .argument('<file>', 'a new file, on another disk')
  .option('--no-lake', 'leave out the files of the lake')
  .option('--no-records', 'leave out what people typed, users and the audit log')
  .action(
    running<Options, [string]>(async ({ app, output, signal }, { lake, records }, file) => {
      await noteIn({ app, output }, 'backup', { action: 'export', detail: `backup to ${file}` });
      const list = await writeBackup(app, file, {
        ...{ withoutLake: !lake, withoutRecords: !records, signal },
        onProgress: (bytes, of) => output.progress(progressLine(`Backing up to ${file}`, of === 0 ? 1 : bytes / of)),
      });
      const bytes = list.files.reduce((sum, one) => sum + one.bytes, 0);
      if (list.records?.encrypted === false || list.workspaces.length > 0) {
        output.note('The file holds data of patients that is not encrypted: keep it on an encrypted disk.');
      }
      if (list.records?.encrypted)
        output.note('The records in it open with CARELAKE_RECORDS_KEY alone, which is not in it: keep it apart.');
      if (s3AddressOf(app.config.lake) && lake)
        output.note(`Of the lake in S3 it holds the workspace ${app.config.workspace} alone.`);
      const { files, ...rest } = list;
      output.result({ file, ...rest, files: files.length, bytes }, () =>
        [
          `${files.length.toLocaleString('en-US')} files, ${bytes.toLocaleString('en-US')} bytes, in ${file}.`,
          ...(list.records ? [] : ['Records are not in it.']),
          ...(lake ? [] : ['The lake is not in it.']),
        ].join('\n'),
      );
    }),
  );
