// POST /api/upload: a file with rows of patients, visits, prescriptions.
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { CarelakeError, type ErrorCode, errorTable } from '../../../errors.js';
import { readCurrent } from '../../../pipeline/publish/manifest.js';
import { auditLine } from '../../plugins/actor.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';
import type { Kept } from '../../uploads/queue.js';
import { receive } from '../../uploads/receive.js';
import { dispositions, shownUpload, uploadExample, uploadSchema } from '../../uploads/shown.js';
import type { Spooled } from '../../uploads/spool.js';
import type { HowToRead } from '../../uploads/upload.js';

/** How long an answer waits for the file to land, in milliseconds. */
const patience = 20_000;

const count = Type.Integer({ minimum: 0 });

const uploadedExample = {
  ...{ success: true, message: '12 records of patients.csv have landed.', records: 12, rejected: 0 },
  ...{ already_there: false, upload: uploadExample },
};

const uploadedSchema = Type.Object(
  {
    success: Type.Literal(true),
    message: Type.String(),
    records: Type.Union([count, Type.Null()], { description: 'Records of the file that are in the lake now.' }),
    rejected: Type.Union([count, Type.Null()], { description: 'Records that could not be read.' }),
    already_there: Type.Boolean({ description: 'The same content had come before; nothing was added.' }),
    upload: uploadSchema,
  },
  { examples: [uploadedExample] },
);

const trialSchema = Type.Object({
  success: Type.Literal(true),
  message: Type.String(),
  dry_run: Type.Literal(true),
  records: dispositions,
  files: Type.Array(
    Type.Object({
      name: Type.String(),
      encoding: Type.String(),
      table: Type.Union([Type.String(), Type.Null()]),
      already_there: Type.Boolean(),
      records: dispositions,
    }),
  ),
  unread: Type.Record(Type.String(), Type.Array(Type.String()), {
    description: 'Columns that no field reads, by file.',
  }),
  skipped: Type.Array(Type.Object({ file: Type.String(), why: Type.String() })),
  warnings: Type.Array(Type.String()),
  flaws: Type.Integer({ minimum: 0, description: 'For which records would be rejected.' }),
  rejects: Type.Array(Type.Record(Type.String(), Type.Unknown()), { description: 'The first 100 of them.' }),
});

const form = Type.Object({
  file: Type.String({ format: 'binary', description: '.csv, .tsv, .txt, one of them as .gz, or a .zip of them.' }),
  type: Type.Optional(
    Type.String({ description: 'The table that it holds; found by its columns otherwise.', examples: ['patients'] }),
  ),
  source: Type.Optional(Type.String({ description: 'The name-space of the rows.' })),
  mode: Type.Optional(
    Type.Enum(['upsert', 'snapshot'], { description: '`snapshot`: a full extract; ids not in it are gone.' }),
  ),
  mapping: Type.Optional(Type.String({ description: 'The name of a saved mapping, or a mapping as JSON.' })),
  dry_run: Type.Optional(Type.Enum(['true', 'false'], { description: 'Only says what would become of the file.' })),
});

/** What may be wrong with a file itself, or with how it is said to be read. */
const ofFile = [
  ...(['FILE_EMPTY', 'FILE_NOT_TEXT', 'HEADER_TOO_LONG', 'HEADER_UNREADABLE', 'GZIP_TRUNCATED'] as const),
  ...([
    'ARCHIVE_DAMAGED',
    'ARCHIVE_UNSAFE_NAME',
    'ARCHIVE_ENCRYPTED',
    'ARCHIVE_TOO_MANY_FILES',
    'ARCHIVE_BOMB',
  ] as const),
  ...(['FILES_UNREADABLE', 'NO_FILES', 'NOTHING_LANDED'] as const),
  ...(['TABLE_UNKNOWN', 'MAPPING_INVALID', 'SOURCE_NAME', 'SYNTHEA_FILE_UNKNOWN', 'SYNTHEA_COLUMN_MISSING'] as const),
  ...([
    'UCI_FILE_UNKNOWN',
    'UCI_ENCOUNTERS_MISSING',
    'UCI_COLUMN_MISSING',
    'UCI_CODES_MISSING',
    'UCI_CODES_TWICE',
  ] as const),
] as const;

export const upload: Route = async (app) => {
  const { landings } = app.parts;
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { files: 1, fields: 10, parts: 12, fieldSize: 2 ** 18, headerPairs: 50, fileSize: landings.mostBytes + 1 },
  });
  const schema = {
    tags: ['uploads'],
    summary: 'Send a file: its records land in the lake, and the next run makes data of them',
    description:
      'The file is kept on disk as it comes. Once it is whole it lands, whatever happens to the server; the answer waits for that up to 20 seconds, and is 202 after that, or at once with `Prefer: respond-async`: /api/uploads/:id says how it goes on. The same content again changes nothing and says so. With `dry_run` nothing is kept.',
    consumes: ['multipart/form-data'],
    body: form,
    querystring: Type.Object({ dry_run: Type.Optional(Type.Enum(['true', 'false'])) }),
    response: {
      200: Type.Union([uploadedSchema, trialSchema], { examples: [uploadedExample] }),
      202: uploadedSchema,
      ...refusals('UPLOAD_TYPE', 'UPLOAD_TOO_LARGE', 'MAPPING_NOT_FOUND', 'LAKE_DISK_FULL', ...ofFile),
    },
  };
  app.post(
    '',
    {
      schema,
      config: { permission: 'uploads:write', audit: 'write', body: 'long', repeats: 'asked' },
      // What is in the form is judged as it comes.
      validatorCompiler: () => (value) => ({ value }),
    },
    async (request, reply) => {
      const { file, how, isTrial } = await receive(request);
      request.audited = { table: 'uploads', ids: [], unchanged: true };
      const { name, sha256 } = file;
      if (await isRepeated(request, reply, file, { name, sha256, how, isTrial })) return reply;
      if (isTrial) return tried(file, how, reply.raw);
      const { uploads } = app;
      const audit = auditLine(request);
      const detail = `${file.name}, ${file.bytes} bytes, SHA-256 ${file.sha256}`;
      try {
        await app.audit.append({
          ...{ action: 'upload', outcome: 'done', by: audit.by, kind: request.actor.kind, from: audit.from },
          ...{
            request: audit.request,
            workspace: app.parts.workspace,
            table: 'uploads',
            ids: [file.id],
            patients: [],
            detail,
          },
        });
      } catch (error) {
        await uploads.spool.drop(file.id);
        throw error;
      }
      await uploads.add(file, { how, audit });
      request.audited = { table: 'uploads', ids: [file.id], written: true };
      reply.header('location', `/api/uploads/${file.id}`);
      const isPatient = !/respond-async/i.test(String(request.headers.prefer ?? ''));
      const kept = isPatient ? await uploads.settled(file.id, patience) : undefined;
      if (kept && kept.body.state !== 'landed') throw refusalOf(kept);
      if (!kept) reply.code(202);
      return answerOf(kept, file);
    },
  );

  /** The file that came with a request which had been made before is not needed. */
  async function isRepeated(request: FastifyRequest, reply: FastifyReply, { id }: Spooled, content: object) {
    let isWanted = false;
    try {
      isWanted = !(await app.repeated(request, reply, content));
      return !isWanted;
    } finally {
      if (!isWanted) await app.uploads.spool.drop(id);
    }
  }

  async function answerOf(kept: Kept | undefined, { id, name }: Spooled) {
    const manifest = (await readCurrent(app.parts.lake))?.manifest;
    if (!kept) {
      const waits = await app.uploads.get(id);
      const message = `${name} is kept, and will land.`;
      return {
        success: true,
        message,
        records: null,
        rejected: null,
        already_there: false,
        upload: shownUpload(waits, manifest),
      };
    }
    const { files } = kept.body;
    const fresh = files.filter((file) => !file.already_there);
    const sum = (of: (file: (typeof files)[number]) => number) => fresh.reduce((total, file) => total + of(file), 0);
    const records = sum((file) => file.records);
    const alreadyThere = files.length > 0 && fresh.length === 0;
    const message = alreadyThere
      ? `${name} had come before, and nothing was added.`
      : `${records.toLocaleString('en-US')} records of ${name} have landed.`;
    const upload = shownUpload(kept, manifest);
    return {
      success: true,
      message,
      records,
      rejected: sum((file) => file.rejected),
      already_there: alreadyThere,
      upload,
    };
  }

  async function tried(file: Spooled, how: HowToRead, raw: { once(event: 'close', listener: () => void): unknown }) {
    const gone = new AbortController();
    raw.once('close', () => gone.abort(new CarelakeError('ENGINE_CANCELLED', 'Nobody waits for the answer.')));
    try {
      const trial = await app.uploads.inTurn(() => landings.tryOut(file.path, how, gone.signal));
      const { landed, accounting, rejects, flaws, known } = trial;
      const files = landed.batches.flatMap((batch) => batch.files);
      const total = { total: 0, used: 0, duplicates: 0, rejected: 0, not_used: 0 };
      for (const { records } of accounting) {
        for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += records[name];
      }
      return {
        ...{ success: true, message: `${file.name} was only tried out.`, dry_run: true, records: total },
        files: files.map(({ name, encoding }) => ({
          ...{ name, encoding, table: trial.tables.get(name) ?? null, already_there: known.has(name) },
          records: accounting.find((account) => account.file === name)?.records ?? total,
        })),
        ...{ unread: landed.unread, skipped: landed.skipped, warnings: landed.warnings, flaws, rejects },
      };
    } finally {
      await app.uploads.spool.drop(file.id);
    }
  }
};

/** As the landing said it. */
function refusalOf({ body: { error, file } }: Kept): CarelakeError {
  const { code = 'INTERNAL', message = file, errors = [] } = error ?? {};
  const known = Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'INTERNAL';
  return new CarelakeError(known, message, { faults: errors });
}
