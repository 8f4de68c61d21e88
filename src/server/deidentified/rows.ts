// De-identified rows as answers give them: the one place where rows of patients become rows of nobody in particular. Every path of
// /api/deidentified reads through it; it knows no other columns than those of src/catalog/deidentified.ts.
import type { FastifyRequest } from 'fastify';
import { deidentified } from '../../analytics/deidentify/select.js';
import { overlaid } from '../../analytics/rows/overlay.js';
import { type Page, readPage, type Source } from '../../analytics/rows/rows.js';
import { publishedTableNamed } from '../../catalog/catalog.js';
import { deidentifiedTable, disclosureOf } from '../../catalog/deidentified.js';
import { localDate } from '../../pipeline/land/clock.js';
import { type RecordTable, recordTables } from '../../records/entry.js';
import { answerOf, nothingPublished } from '../answer/answer.js';
import { pageRequest } from '../answer/list.js';
import { typedRows } from '../records/list.js';

/** The tables whose rows are about patients. */
export const deidentifiedTables = [
  ...['patients', 'visits', 'prescriptions', 'diagnoses', 'procedures', 'observations', 'patient_summary', 'stays'],
] as const;

type Asked = Readonly<Record<string, unknown>>;

/** The columns in whose values a code stands. */
export const codeColumns = (table: string): string[] =>
  publishedTableNamed(table).columns.flatMap((column) => (disclosureOf(column)?.as === 'code' ? [column.name] : []));

/** Of a request that `reads: 'records'`. @throws NOT_PUBLISHED, REQUEST_INVALID */
export async function deidentifiedPage(request: FastifyRequest, name: string, query: Asked): Promise<Page> {
  const { columns, key } = deidentifiedTable(publishedTableNamed(name));
  const coded = codeColumns(name);
  const source = await deidentifiedSource(request, name);
  const asked = pageRequest(await withPlaces(request, query, coded), columns, [...key, 'source']);
  return withCodes(request, await readPage(answerOf(request).engine, source, asked), coded);
}

/** The rows of a table as a relation of de-identified ones, in which a place stands for each key. */
async function deidentifiedSource(request: FastifyRequest, name: string): Promise<Source> {
  return deidentified(publishedTableNamed(name), identified(request, name), await deidentifying(request));
}

/** With the secret of the crosswalk, and the day on which ages are judged. */
export async function deidentifying(request: FastifyRequest) {
  const { salt } = await request.server.crosswalk();
  return { salt, asOf: answerOf(request).publication?.manifest.as_of ?? localDate(new Date()) };
}

/** The rows as they are: for this room alone. @throws NOT_PUBLISHED */
export function identified(request: FastifyRequest, name: string): Source {
  const { publication, typed, lake } = answerOf(request);
  const isTyped = (recordTables as readonly string[]).includes(name);
  const rows = isTyped ? typedRows(typed, name as RecordTable) : [];
  const paths = publication?.tables[name]?.paths ?? [];
  if (paths.length === 0 && rows.length === 0) throw nothingPublished(lake);
  return overlaid(publishedTableNamed(name), paths, rows);
}

/** A page whose places have become codes. */
export async function withCodes(request: FastifyRequest, page: Page, columns: readonly string[]): Promise<Page> {
  const crosswalk = await request.server.crosswalk();
  const places = page.rows.flatMap((row) => columns.map((name) => row[name]));
  const codes = await crosswalk.codesOf(places.filter((place) => typeof place === 'string'));
  const coded = (row: Page['rows'][number]) =>
    Object.fromEntries(columns.map((name) => [name, codes.get(String(row[name])) ?? null]));
  return { ...page, rows: page.rows.map((row) => ({ ...row, ...coded(row) })) };
}

/** Codes in filters become places; one that was never given is of no row. */
export async function withPlaces(request: FastifyRequest, query: Asked, columns: readonly string[]): Promise<Asked> {
  const crosswalk = await request.server.crosswalk();
  const changed: Record<string, unknown> = { ...query };
  for (const name of columns.flatMap((column) => [column, `${column}!`])) {
    const texts = query[name] as readonly string[] | undefined;
    if (!texts) continue;
    changed[name] = await Promise.all(
      texts.map(async (text) => (text === '' ? '' : ((await crosswalk.placeOf(text)) ?? 'no place'))),
    );
  }
  return changed;
}
