// What MongoDB and its driver say, as coded errors that name the servers and never who signs in, or with what.
import {
  MongoAPIError,
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
  MongoWriteConcernError,
} from 'mongodb';
import { CarelakeError, type ErrorCode } from '../../errors.js';

/** By the numbers of the server (its error_codes.yml). */
const codes: Readonly<Record<number, ErrorCode>> = {
  13: 'RECORDS_DENIED', // Unauthorized
  18: 'RECORDS_DENIED', // AuthenticationFailed
  8000: 'RECORDS_DENIED', // AtlasError
  50: 'RECORDS_BUSY', // MaxTimeMSExpired
  64: 'RECORDS_BUSY', // WriteConcernTimeout
  14031: 'RECORDS_FULL', // OutOfDiskSpace
  // No primary, or one that ends: PrimarySteppedDown, NotWritablePrimary, InterruptedAtShutdown and their kin.
  ...Object.fromEntries([91, 189, 10058, 10107, 11600, 11602, 13435, 13436].map((one) => [one, 'RECORDS_UNREACHABLE'])),
};

const duplicate = 11_000;

/** Whether the write was refused since a unique key is taken. */
export const isDuplicate = (error: unknown): boolean => error instanceof MongoError && error.code === duplicate;

/** The same of every one of several writes that was refused; all others were made. */
export const areDuplicates = (error: unknown): boolean =>
  isDuplicate(error) &&
  error instanceof MongoBulkWriteError &&
  [error.writeErrors].flat().every(({ code }) => code === duplicate);

/** Whether the server refused it with one of these names of an error. */
export const isRefused = (error: unknown, names: readonly string[]): boolean =>
  error instanceof MongoServerError && names.includes(error.codeName ?? '');

export function mongoFault(uri: string, cause: unknown): CarelakeError {
  if (cause instanceof CarelakeError) return cause;
  const said = withoutSecrets(uri, (cause as Error).message);
  // The message of the driver names the key that is taken, and so what somebody typed.
  const message = isDuplicate(cause) ? 'a unique key is taken.' : said;
  return new CarelakeError(codeOf(cause), `mongodb records: ${message}`, { cause: withoutUri(uri, cause) });
}

export const busy = (said: string): CarelakeError => new CarelakeError('RECORDS_BUSY', `mongodb records: ${said}`);

function codeOf(error: unknown): ErrorCode {
  // What befell the connection is within the failure of a write of several documents.
  if (error instanceof MongoBulkWriteError) {
    const within: unknown = error.errorResponse;
    if (within instanceof Error) return codeOf(within);
  }
  const { code, message = '' } = error as { code?: unknown; message?: string };
  if (code === 8000 && /quota|space/i.test(message)) return 'RECORDS_FULL';
  if (typeof code === 'number' && codes[code]) return codes[code];
  if (error instanceof MongoWriteConcernError || error instanceof MongoNetworkTimeoutError) return 'RECORDS_BUSY';
  if (error instanceof MongoServerSelectionError || error instanceof MongoNetworkError) return 'RECORDS_UNREACHABLE';
  if (error instanceof MongoParseError || error instanceof MongoAPIError) return 'RECORDS_FAILED';
  if (error instanceof Error && error.name === 'MongoWaitQueueTimeoutError') return 'RECORDS_BUSY';
  // The resolver of names speaks for itself.
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? 'RECORDS_UNREACHABLE' : 'RECORDS_FAILED';
}

/** An address without its user and password, whether it can be parsed or not. */
export const withoutCredentials = (text: string): string => text.replace(/:[/][/][^/?\s]*@/g, '://');

function withoutSecrets(uri: string, message: string): string {
  const [, password = ''] = /:[/][/][^/?:@]*:([^/?]*)@/.exec(uri) ?? [];
  const forms = [password, decoded(password)].filter((form) => form !== '');
  return forms.reduce(
    (text, form) => text.replaceAll(form, '…'),
    withoutCredentials(message.replaceAll(uri, withoutCredentials(uri))),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Of a cause that repeats the address, or what somebody typed, nothing is kept but its name. */
function withoutUri(uri: string, cause: unknown): unknown {
  const { message = '', name = '', stack = '' } = cause as { message?: string; name?: string; stack?: string };
  const isPlain = withoutSecrets(uri, message + stack) === message + stack && !isDuplicate(cause);
  return isPlain ? cause : new Error(name);
}
