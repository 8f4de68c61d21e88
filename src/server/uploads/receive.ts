// Reads the form that a file comes in: the file goes to the disk as it comes, the fields beside it say how to read it.
import type { FastifyRequest } from 'fastify';
import { tables } from '../../catalog/catalog.js';
import { CarelakeError } from '../../errors.js';
import { parseMapping } from '../../sources/csv/mapping-file.js';
import type { Mapping } from '../../sources/source.js';
import { mappingCollection } from './mapping.js';
import { type Spooled, tooLarge } from './spool.js';
import type { HowToRead } from './upload.js';

export interface Received {
  readonly file: Spooled;
  readonly how: HowToRead;
  readonly isTrial: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a form may hold beside the file, in bytes: ten fields of 256 KiB, and what stands around them. */
const mostBeside = 3 * 2 ** 20;

const names = ['type', 'source', 'mode', 'mapping', 'dry_run'] as const;

/** Nothing stays of it where this throws. @throws REQUEST_MEDIA_TYPE, REQUEST_INVALID, UPLOAD_TYPE, UPLOAD_TOO_LARGE, … */
export async function receive(request: FastifyRequest): Promise<Received> {
  if (!request.isMultipart() || !/;\s*boundary=/i.test(request.headers['content-type'] ?? '')) {
    throw new CarelakeError('REQUEST_MEDIA_TYPE', 'A file is sent as multipart/form-data, in the field `file`.');
  }
  const { spool, newId } = request.server.uploads;
  const { mostBytes } = request.server.parts.landings;
  const announced = Number(request.headers['content-length'] ?? mostBytes);
  const fields: Record<string, unknown> = { ...(request.query as Fields) };
  let file: Spooled | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields[part.fieldname] = part.value;
      } else if (part.fieldname === 'file') {
        if (announced > mostBytes + mostBeside) throw tooLarge('The form', mostBytes + mostBeside);
        file = await spool.take(newId(), part.filename ?? '', part.file, announced);
        if (part.file.truncated) throw tooLarge(file.name, mostBytes);
      } else {
        throw invalid(part.fieldname, 'A file is sent in the field `file`.');
      }
    }
    if (!file) throw invalid('file', 'It must be given.');
    const unknown = Object.keys(fields).find((name) => !names.some((known) => known === name));
    if (unknown !== undefined) throw invalid(unknown, 'There is no such field.');
    return { file, how: await howToRead(request, fields), isTrial: flagOf(fields.dry_run) };
  } catch (error) {
    passOver(request.raw);
    if (file) await spool.drop(file.id);
    throw isOfForm(error) ? invalid('file', 'The form is broken off or malformed.') : error;
  }
}

/** How long whoever was refused may go on sending, in milliseconds: until then they are no worse off for reading the answer late. */
const patience = 30_000;

/** Reads what is still sent, so that the sender comes to the answer; nobody else would, and the connection would stand. */
function passOver(raw: FastifyRequest['raw']): void {
  raw.unpipe();
  raw.resume();
  const timer = setTimeout(() => raw.destroy(), patience).unref();
  raw.once('close', () => clearTimeout(timer));
}

/** What the reader of forms says, which has no class or code of its own. */
const isOfForm = (error: unknown): boolean =>
  error instanceof Error && /^(Multipart: |Unexpected end of |Malformed |Part terminated )/.test(error.message);

async function howToRead(request: FastifyRequest, { type, source, mode, mapping }: Fields): Promise<HowToRead> {
  const as = given(type);
  const table = as === undefined ? undefined : Object.keys(tables).find((name) => name === as || name === `${as}s`);
  if (as !== undefined && table === undefined) {
    throw invalid('type', `It must be one of ${Object.keys(tables).join(', ')}.`, as);
  }
  const kind = given(mode) ?? 'upsert';
  if (kind !== 'upsert' && kind !== 'snapshot') throw invalid('mode', 'It must be upsert or snapshot.', kind);
  const space = given(source);
  const named = given(mapping);
  return {
    mode: kind,
    ...(table !== undefined && { as: table }),
    ...(space !== undefined && { source: space }),
    ...(named !== undefined && { mapping: await mappingOf(request, named) }),
  };
}

/** The text of a mapping itself, or the name of one that is saved. @throws MAPPING_INVALID, MAPPING_NOT_FOUND */
async function mappingOf(request: FastifyRequest, text: string): Promise<Mapping> {
  if (text.startsWith('{')) return parseMapping(text, 'mapping');
  const { documents } = await request.server.parts.records();
  const found = await documents.collection(mappingCollection).get(text);
  if (found) return found.body.mapping;
  throw new CarelakeError('MAPPING_NOT_FOUND', `There is no mapping ${JSON.stringify(text.slice(0, 100))}.`);
}

const given = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
};

function flagOf(value: unknown): boolean {
  if (value === undefined || value === 'false' || value === '' || value === false) return false;
  if (value === 'true' || value === true) return true;
  throw invalid('dry_run', 'It must be true or false.', String(value));
}

function invalid(field: string, message: string, value?: string): CarelakeError {
  return new CarelakeError('REQUEST_INVALID', `${field}: ${message}`, {
    faults: [{ field: field.slice(0, 100), message, ...(value !== undefined && { value: value.slice(0, 100) }) }],
  });
}
