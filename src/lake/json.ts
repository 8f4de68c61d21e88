// The small JSON files of a lake: what stands in one, or an error that names it.
import { CarelakeError } from '../errors.js';

/** The content of the file `key`. @throws LAKE_DAMAGED where it is no JSON object */
export function parseJson<Content extends object>(key: string, body: Buffer): Content {
  let value: unknown;
  let cause: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    cause = error;
  }
  if (typeof value === 'object' && value !== null) return value as Content;
  throw new CarelakeError('LAKE_DAMAGED', `${key} of ${body.length} bytes is not the JSON that was written.`, {
    cause,
  });
}
