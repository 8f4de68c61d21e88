// carelake restore: brings a backup back into an empty data folder.
import { restoreBackup } from '../../backup/restore.js';
import { noteIn } from '../audited.js';
import { progressLine } from '../bar.js';
import { command, running } from '../command.js';

export const restore = command({
  name: 'restore',
  summary: 'Bring a backup back into an empty or new data folder, after checking all of it',
  examples: ['restore carelake-2026-03-01.zip --data restored'],
})
  .argument('<file>', 'a file that backup made')
  .action(
    running<object, [string]>(async ({ app, output, signal }, _options, file) => {
      const { files, ...rest } = await restoreBackup(app.config, file, {
        signal,
        onProgress: (bytes, of) => output.progress(progressLine(`Restoring ${file}`, of === 0 ? 1 : bytes / of)),
      });
      if (rest.records)
        await noteIn({ app, output }, 'restore', { action: 'restore', detail: `${file}, made ${rest.made_at}` });
      const { data } = app.config;
      output.result(
        { data, ...rest, files: files.length },
        () => `${files.length.toLocaleString('en-US')} files restored to ${data}.`,
      );
    }),
  );
