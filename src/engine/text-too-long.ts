// What JavaScript says where a text is longer than one can be, as a coded error.
import { constants } from 'node:buffer';
import { CarelakeError } from '../errors.js';

/** QUERY_FAILED where a value or a whole result did not fit into one text; undefined for every other error. */
export function textTooLong(error: unknown): CarelakeError | undefined {
  const said = error instanceof Error ? error.message : '';
  if (!/^(Invalid string length|Cannot create a string longer than)/.test(said)) return undefined;
  const most = constants.MAX_STRING_LENGTH.toLocaleString('en-US');
  return new CarelakeError(
    'QUERY_FAILED',
    `The result holds more text than can be handed out at once (${most} characters). Ask for fewer rows or shorter texts.`,
    { cause: error },
  );
}
