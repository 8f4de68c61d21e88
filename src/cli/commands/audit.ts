// carelake audit: whether the audit log is as it was written, and its lines for whoever has to look at them.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { writingTo } from '../../analytics/export/writing.js';
import { CarelakeError } from '../../errors.js';
import { allLines } from '../../records/audit/find.js';
import { type Anchor, type AuditFault, type Verification, verifyChain } from '../../records/audit/verify.js';
import { auditCsv, auditNdjson } from '../../server/audit/line-text.js';
import { noteIn } from '../audited.js';
import { command, running } from '../command.js';

const verify = command({
  name: 'verify',
  summary: 'Find out whether a line of the audit log was changed, removed, put in or moved',
  examples: [
    'audit verify',
    'audit verify --anchor 1042:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ],
})
  .option(
    '--anchor <seq:hash...>',
    'ends that this command said before and that were noted down elsewhere',
    (text: string, before: readonly Anchor[] = []) => [...before, anchorOf(text)],
  )
  .action(
    running<{ readonly anchor?: readonly Anchor[] }, []>(async ({ app, output, signal }, { anchor: anchors = [] }) => {
      const { lines, seals } = await app.audit();
      const onProgress = (count: number) => output.progress(`${count.toLocaleString('en-US')} lines verified`);
      const found = await verifyChain(lines, seals, { anchors, onProgress, signal });
      if (found.fault_count > 0 && !output.json) throw broken(found);
      output.result(shown(found), () => goodText(found, anchors.length));
      if (found.fault_count > 0) process.exitCode = 1;
    }),
  );

const shown = ({ head, ...rest }: Verification) => ({
  ok: rest.fault_count === 0,
  ...rest,
  head: { sequence: head.sequence, hash: head.hash, at: head.at || null },
});

function goodText({ lines, head, sealed_from: sealed }: Verification, anchors: number): string {
  if (lines === 0) return 'The audit log has no line yet.';
  const seal =
    sealed === null ? 'no key seals them' : sealed === 1 ? 'sealed with a key' : `sealed from line ${sealed} on`;
  return [
    `${lines.toLocaleString('en-US')} lines are as they were written (${seal}); the last is of ${head.at}.`,
    ...(anchors > 0
      ? [`${anchors} that ${anchors === 1 ? 'was' : 'were'} noted down ${anchors === 1 ? 'is' : 'are'} there.`]
      : []),
    `Its end, to be noted down elsewhere: --anchor ${head.sequence}:${head.hash}`,
  ].join('\n');
}

function broken({ faults, fault_count: count, lines }: Verification): CarelakeError {
  const rest = count > faults.length ? [`… and ${(count - faults.length).toLocaleString('en-US')} more.`] : [];
  const said = [...faults.map(({ message }) => message), ...rest].join('\n');
  return new CarelakeError('AUDIT_BROKEN', `${said}\n${lines.toLocaleString('en-US')} lines were read.`, {
    faults: faults.map(({ line, kind, message }: AuditFault) => ({ field: kind, line, message })),
  });
}

function anchorOf(text: string): Anchor {
  const [, sequence, hash] = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new InvalidArgumentError('--anchor must be the number of a line, a colon and its 64 hexadecimal digits.');
  }
  return { sequence: Number(sequence), hash: hash.toLowerCase() };
}

interface ExportOptions {
  readonly format: 'csv' | 'ndjson';
  readonly from?: string;
  readonly before?: string;
  readonly by?: string;
  readonly patient?: string;
}

const exportLines = command({
  name: 'export',
  summary: 'Write lines of the audit log to a file, the oldest first',
  examples: [
    'audit export audit.csv',
    'audit export march.ndjson --format ndjson --from 2026-03-01 --before 2026-04-01',
  ],
})
  .argument('<file>', 'a new file')
  .addOption(new Option('--format <format>', 'csv or ndjson').choices(['csv', 'ndjson']).default('csv'))
  .option('--from <time>', 'lines from this day or time on, UTC', timeOf)
  .option('--before <time>', 'lines before this day or time, UTC', timeOf)
  .option('--by <name>', 'lines of whom')
  .option('--patient <id>', 'lines about a patient')
  .action(
    running<ExportOptions, [string]>(async ({ app, output, signal }, { format, from, before, by, patient }, file) => {
      const detail = `audit log to ${format}, from ${from ?? 'the start'} before ${before ?? 'now'}`;
      await noteIn({ app, output }, 'audit export', { action: 'export', detail, table: 'audit' });
      const { lines, head } = await app.audit();
      const query = {
        ...(from !== undefined && { from }),
        ...(before !== undefined && { before }),
        ...(by !== undefined && { by }),
        ...(patient !== undefined && { patient }),
      };
      const counted = { lines: 0 };
      const found = allLines(lines, await head(), query);
      const text = format === 'csv' ? auditCsv(found, counted) : auditNdjson(found, counted);
      const to = createWriteStream(file, { mode: 0o600, flags: 'wx' });
      await writingTo(file, () => pipeline(Readable.from(text), to, { signal }));
      output.result({ file, ...counted }, () => `${counted.lines.toLocaleString('en-US')} lines written to ${file}.`);
    }),
  );

/** As lines bear it. */
function timeOf(text: string): string {
  const time = new Date(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}([.]\d{1,3})?)?Z?)?$/.test(text) ? withZone(text) : '');
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It must be a day such as 2026-03-01, or a time such as 2026-03-01T08:00:00Z.');
  }
  return time.toISOString();
}

const withZone = (text: string): string => (text.length > 10 && !text.endsWith('Z') ? `${text}Z` : text);

/** Has no options: those of the commands below it would be taken for its own. */
export const auditCommand = new Command('audit')
  .description('The log of who did what to whose rows: verify, export')
  .addHelpText('after', '\nExamples:\n  carelake audit verify\n  carelake audit export audit.csv');
for (const one of [verify, exportLines]) {
  auditCommand.addCommand(one.exitOverride().showHelpAfterError('(--help shows how it is used)'));
}
