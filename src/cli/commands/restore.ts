// carelake restore: brings a backup back into an empty data folder.
import { restoreBackup } from '../../backup/restore.js';
import type { EndedAccess } from '../../records/directory/end-all.js';
import { noteIn } from '../audited.js';
import { progressLine } from '../bar.js';
import { command, running } from '../command.js';

export const restore = command({
  name: 'restore',
  summary: 'Bring a backup back into an empty or new data folder, after checking all of it',
  examples: ['restore carelake-2026-03-01.zip --data restored'],
})
  .argument('<file>', 'a file that backup made')
  .option('--keep-keys', 'API keys stay good: none was revoked since the backup')
  .action(
    running<{ readonly keepKeys?: boolean }, [string]>(async ({ app, output, signal }, { keepKeys = false }, file) => {
      const { files, ...rest } = await restoreBackup(app.config, file, {
        ...{ signal, keepKeys },
        onProgress: (bytes, of) => output.progress(progressLine(`Restoring ${file}`, of === 0 ? 1 : bytes / of)),
      });
      if (rest.ended) {
        const { sessions, keys } = rest.ended;
        const detail = `${file}, made ${rest.made_at}; ended ${sessions} sessions and ${keys} keys`;
        await noteIn({ app, output }, 'restore', { action: 'restore', detail });
        output.note(endedText(rest.ended));
      }
      const { data } = app.config;
      output.result(
        { data, ...rest, files: files.length },
        () => `${files.length.toLocaleString('en-US')} files restored to ${data}.`,
      );
    }),
  );

const endedText = ({ sessions, keys }: EndedAccess): string =>
  `${count(sessions, 'session')} and ${count(keys, 'key')} were ended: what was revoked since the backup must not come back. Users, roles and passwords are those of the backup: whoever was disabled since has to be again.`;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
