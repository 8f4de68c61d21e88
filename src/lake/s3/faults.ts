// What S3 and the way to it answer, as coded errors that name the driver, the file and S3's own word for it.
import { CarelakeError, type ErrorCode } from '../../errors.js';

/** By the name that S3 or the AWS SDK gives an error, or the code that the system does. */
const codes: Readonly<Record<string, ErrorCode>> = {
  CredentialsProviderError: 'LAKE_CREDENTIALS',
  ExpiredToken: 'LAKE_CREDENTIALS',
  InvalidAccessKeyId: 'LAKE_CREDENTIALS',
  InvalidToken: 'LAKE_CREDENTIALS',
  SignatureDoesNotMatch: 'LAKE_CREDENTIALS',
  TokenProviderError: 'LAKE_CREDENTIALS',
  TokenRefreshRequired: 'LAKE_CREDENTIALS',
  AccessDenied: 'LAKE_FORBIDDEN',
  AllAccessDisabled: 'LAKE_FORBIDDEN',
  NoSuchBucket: 'LAKE_NO_BUCKET',
  AuthorizationHeaderMalformed: 'LAKE_REGION',
  IllegalLocationConstraintException: 'LAKE_REGION',
  PermanentRedirect: 'LAKE_REGION',
  NoSuchKey: 'LAKE_NOT_FOUND',
  NotFound: 'LAKE_NOT_FOUND',
  NoSuchUpload: 'LAKE_NOT_FOUND',
  ConditionalRequestConflict: 'LAKE_CONFLICT',
  PreconditionFailed: 'LAKE_CONFLICT',
  KeyTooLongError: 'LAKE_KEY_INVALID',
  RequestTimeTooSkewed: 'LAKE_CLOCK',
  ServiceUnavailable: 'LAKE_SLOW_DOWN',
  SlowDown: 'LAKE_SLOW_DOWN',
  RequestTimeout: 'LAKE_TIMEOUT',
  TimeoutError: 'LAKE_TIMEOUT',
  ETIMEDOUT: 'LAKE_TIMEOUT',
  EAI_AGAIN: 'LAKE_UNREACHABLE',
  ECONNREFUSED: 'LAKE_UNREACHABLE',
  ECONNRESET: 'LAKE_UNREACHABLE',
  EHOSTUNREACH: 'LAKE_UNREACHABLE',
  ENETUNREACH: 'LAKE_UNREACHABLE',
  ENOTFOUND: 'LAKE_UNREACHABLE',
  EPIPE: 'LAKE_UNREACHABLE',
};

/** Where the answer has no name, as that to a question without a body. */
const codesOfStatus: Readonly<Record<number, ErrorCode>> = {
  301: 'LAKE_REGION',
  403: 'LAKE_FORBIDDEN',
  404: 'LAKE_NOT_FOUND',
  412: 'LAKE_CONFLICT',
  503: 'LAKE_SLOW_DOWN',
};

interface Told {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly attempts?: number };
}

/** How often the request was tried that ended in this error. */
export const attemptsOf = (error: unknown): number => (error as Told).$metadata?.attempts ?? 1;

/** Runs a request to S3 at `s3://…`; what comes of it that is no answer becomes a coded error that starts with `says`. */
export async function whileAsking<Answer>(
  says: string,
  address: string,
  verb: string,
  key: string,
  request: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    const code = error instanceof CarelakeError ? undefined : codeOf(error as Told);
    if (!code) throw error;
    const detail = `${says}: cannot ${verb} ${JSON.stringify(key)} in ${address}: ${wordsOf(error as Told)}`;
    throw new CarelakeError(code, detail, { cause: withoutSecrets(error as Error & Told) });
  }
}

/** Undefined for what neither S3 nor the system said: a fault of the program itself. */
function codeOf({ name = '', code = '', message = '', $metadata }: Told): ErrorCode | undefined {
  // The SDK has no name of its own for these.
  if (/^Region (is missing|not accepted)/.test(message)) return 'LAKE_REGION';
  // The SDK calls a connection that was cut a TimeoutError; the system's own word for it is the better one.
  const named = codes[code] ?? codes[name] ?? codesOfStatus[$metadata?.httpStatusCode ?? 0];
  return named ?? ($metadata || code !== '' ? 'LAKE_FAILED' : undefined);
}

/** `AccessDenied: Access Denied (status 403, request 1A2B)`. */
function wordsOf({
  name = '',
  code = '',
  message = '',
  $metadata: { httpStatusCode, attempts, requestId } = {},
}: Told) {
  const word = code === '' ? name : code;
  const around = [
    httpStatusCode !== undefined && `status ${httpStatusCode}`,
    attempts !== undefined && attempts > 1 && `${attempts} attempts`,
    requestId !== undefined && `request ${requestId}`,
  ].filter((part) => part !== false);
  return `${word}${word && ': '}${message}${around.length > 0 ? ` (${around.join(', ')})` : ''}`;
}

/** S3's errors carry the access key, what was signed and the raw answer; the cause keeps what names the fault. */
function withoutSecrets({ name, message, stack, code, $metadata }: Error & Told): Error {
  return Object.assign(new Error(message), { name, stack, ...(code && { code }), ...($metadata && { $metadata }) });
}
