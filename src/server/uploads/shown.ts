// An upload as it is answered: what is kept of it, and what the published run made of its files.
import { Type } from 'typebox';
import type { FileAccount } from '../../pipeline/accounting/account.js';
import type { Manifest } from '../../pipeline/publish/manifest.js';
import type { Kept } from './queue.js';

const textOrNull = Type.Union([Type.String(), Type.Null()]);
const count = Type.Integer({ minimum: 0 });

export const dispositions = Type.Object({
  total: count,
  used: count,
  duplicates: count,
  rejected: count,
  not_used: count,
});

export const uploadSchema = Type.Object({
  id: Type.String(),
  file: Type.String(),
  bytes: count,
  sha256: Type.String(),
  type: textOrNull,
  source: textOrNull,
  mode: Type.Enum(['upsert', 'snapshot']),
  mapping: Type.Unknown({ description: 'As it was when the file came; null where there was none.' }),
  state: Type.Enum(['waiting', 'landing', 'landed', 'refused', 'failed'], {
    description:
      '`landed`: its records are in the lake, for the next run. `refused`: the file is at fault. `failed`: given up.',
  }),
  by: Type.String(),
  received_at: Type.String({ format: 'date-time' }),
  finished_at: textOrNull,
  attempts: count,
  files: Type.Array(
    Type.Object({
      name: Type.String(),
      encoding: Type.String(),
      records: count,
      rejected: Type.Integer({ description: 'Records that could not be read.' }),
      already_there: Type.Boolean({ description: 'The same content came before, and nothing was added.' }),
      batch: Type.String(),
      accounting: Type.Union([dispositions, Type.Null()], {
        description: 'What became of its records in the published run; null until a run has read it.',
      }),
    }),
  ),
  skipped: Type.Array(Type.Object({ file: Type.String(), why: Type.String() })),
  unread: Type.Record(Type.String(), Type.Array(Type.String()), {
    description: 'Columns that no field reads, by file.',
  }),
  warnings: Type.Array(Type.String()),
  error: Type.Union([
    Type.Object({ code: Type.String(), message: Type.String(), errors: Type.Array(Type.Unknown()) }),
    Type.Null(),
  ]),
  run: Type.Union([Type.String(), Type.Null()], { description: 'The published run, where it has read the files.' }),
});

export const uploadExample = {
  ...{ id: '20260301T081530123Z-9f86d081884c', file: 'patients.csv', bytes: 1204, sha256: 'a'.repeat(64) },
  ...{ type: 'patients', source: null, mode: 'upsert', mapping: null, state: 'landed', by: 'ann' },
  ...{ received_at: '2026-03-01T08:15:30.123Z', finished_at: '2026-03-01T08:15:30.456Z', attempts: 1 },
  files: [
    {
      ...{ name: 'patients.csv', encoding: 'utf-8', records: 12, rejected: 0, already_there: false },
      ...{ batch: '3f2a9c1b7d405e68', accounting: { total: 12, used: 11, duplicates: 0, rejected: 1, not_used: 0 } },
    },
  ],
  ...{ skipped: [], unread: {}, warnings: [], error: null, run: '3-0a1b2c3d4e5f' },
};

export function shownUpload({ key, body }: Kept, manifest: Manifest | undefined) {
  const { how, audit, files } = body;
  const isRun = files.length > 0 && files.every(({ batch }) => manifest?.batches.includes(batch));
  return {
    ...{ id: key, file: body.file, bytes: body.bytes, sha256: body.sha256 },
    ...{ type: how.as ?? null, source: how.source ?? null, mode: how.mode, mapping: how.mapping ?? null },
    ...{ state: body.state, by: audit.by, received_at: body.received_at, finished_at: body.finished_at },
    attempts: body.attempts,
    files: files.map(({ sequence, ...file }) => ({ ...file, accounting: accountOf(manifest, sequence, file.name) })),
    ...{ skipped: body.skipped, unread: body.unread, warnings: body.warnings, error: body.error },
    run: isRun ? (manifest?.id ?? null) : null,
  };
}

function accountOf(manifest: Manifest | undefined, sequence: number, name: string): FileAccount['records'] | null {
  const found = manifest?.accounting.find(({ batch, file }) => batch === sequence && file === name);
  return found?.records ?? null;
}
