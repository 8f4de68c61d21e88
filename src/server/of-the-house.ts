// What is for whoever runs the server, and not for whoever asks it: where something is kept, and what a disk, a database or an
// engine said.
import type { CarelakeError, ErrorCode } from '../errors.js';

/** Whether the message of such a failure says so. */
const isOfTheHouse = (code: ErrorCode): boolean =>
  code === 'AUDIT_FAILED' || code === 'NOT_PUBLISHED' || /^(LAKE|ENGINE|RECORDS)_/.test(code);

/** What is told of it. */
export const toldOf = ({ code, entry, message }: CarelakeError): string =>
  isOfTheHouse(code) ? `${entry.title}.` : message;

/** Writes down what is not told. That nothing is published yet is no failure. */
export function noteKeptBack(what: string, { code, message }: CarelakeError, report: (text: string) => void): void {
  if (isOfTheHouse(code) && code !== 'NOT_PUBLISHED') report(`${what}: ${code}: ${message}`);
}
