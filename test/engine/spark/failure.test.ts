// What Spark answers as coded errors, from answers as they come over the wire.
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../src/engine/spark/address.js';
import { engineFailure } from '../../../src/engine/spark/failure.js';
import { faultOf } from '../../../src/engine/spark/fault.js';
import { CarelakeError } from '../../../src/errors.js';
import { errorTrailer } from './impostor.js';

interface Answer {
  readonly code?: status;
  readonly text?: string;
  /** What Spark 4 says beside its text. */
  readonly info?: Readonly<Record<string, string>>;
}

function answer({ code = status.INTERNAL, text = '', info }: Answer): ServiceError {
  const metadata = info ? errorTrailer(info) : new Metadata();
  return Object.assign(new Error(`${code} ${text}`), { code, details: text, metadata });
}

const secret = 'Jane Roe 1950';

/** The coded error of an answer; in no part of it a value of a row. */
function failure(given: Answer, address = 'sc://spark', signal?: AbortSignal): CarelakeError {
  const error = engineFailure(parseAddress(address), 'clean/visits@1', faultOf(answer(given)), signal);
  if (!(error instanceof CarelakeError)) throw new Error('It is not coded.');
  const parts = [error, error.cause as Error].map((part) => `${part.stack} ${JSON.stringify(part)}`);
  expect(parts.join()).not.toContain(secret);
  expect(error.message).toContain('clean/visits@1');
  return error;
}

describe('class and SQLSTATE', () => {
  test('come from the details of Spark 4', () => {
    const info = {
      errorClass: 'CAST_INVALID_INPUT',
      sqlState: '22018',
      classes: '["org.apache.spark.SparkNumberFormatException"]',
      messageParameters: JSON.stringify({ expression: `'${secret}'`, sourceType: '"STRING"' }),
    };
    expect(failure({ text: `[CAST_INVALID_INPUT] The value '${secret}'`, info })).toMatchObject({
      code: 'ENGINE_FAILED',
      cause: { errorClass: 'CAST_INVALID_INPUT', sqlState: '22018', subject: undefined },
    });
  });

  test('come from the text of Spark 3.5', () => {
    const text = `[CAST_INVALID_INPUT] The value '${secret}' of the type "STRING" cannot be cast. SQLSTATE: 22018`;
    expect(failure({ text })).toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('CAST_INVALID_INPUT, SQLSTATE 22018'),
    });
  });

  test('and the path that is not there, from the text of Spark 3.5 too', () => {
    const text = '[PATH_NOT_FOUND] Path does not exist: s3a://bucket/a b/part-0.parquet.';
    expect(failure({ text }).message).toContain('Spark does not find s3a://bucket/a b/part-0.parquet, which');
    expect(failure({ text: "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'selec'." }).message).toContain(
      'PARSE_SYNTAX',
    );
  });

  test('with the name in the statement that is wrong, where the statement is', () => {
    const info = {
      errorClass: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
      sqlState: '42703',
      messageParameters: JSON.stringify({ objectName: '`nowhere`', proposal: '`x`' }),
    };
    expect(failure({ info }).message).toMatch(/UNRESOLVED_COLUMN.WITH_SUGGESTION, SQLSTATE 42703.*`nowhere`/);
  });

  test('stay unknown where Spark cut its details short', () => {
    const info = {
      errorClass: 'PARSE_SYNTAX_ERROR',
      classes: '["org.apache',
      messageParameters: `{"error":"'${secret}`,
    };
    expect(failure({ info })).toMatchObject({ code: 'ENGINE_FAILED', cause: { exceptions: [], subject: undefined } });
  });
});

describe('a failure with a code of its own', () => {
  test.each<[string, Answer, string]>([
    ['a session that was released', { info: { errorClass: 'INVALID_HANDLE.SESSION_CLOSED' } }, 'ENGINE_LOST'],
    ['a server that was started again', { info: { errorClass: 'INVALID_HANDLE.SESSION_CHANGED' } }, 'ENGINE_LOST'],
    ['a session on 3.5', { text: '[INVALID_HANDLE.SESSION_NOT_FOUND] The handle is' }, 'ENGINE_LOST'],
    ['a lost step', { info: { errorClass: 'INVALID_HANDLE.OPERATION_NOT_FOUND' } }, 'ENGINE_LOST'],
    ['lost executors', { text: 'Job aborted: ExecutorLostFailure (executor 7 exited' }, 'ENGINE_LOST'],
    [
      'a driver without room for a table that it broadcasts',
      { text: `Not enough memory to build and broadcast the table to all worker nodes. ${secret}` },
      'ENGINE_OUT_OF_MEMORY',
    ],
    ['a full heap', { text: `Job aborted: java.lang.OutOfMemoryError: ${secret}` }, 'ENGINE_OUT_OF_MEMORY'],
    [
      'a killed container',
      { text: 'Container killed by YARN for exceeding physical memory limits' },
      'ENGINE_OUT_OF_MEMORY',
    ],
    [
      'a machine that ended for want of memory',
      {
        text: 'ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Command exited with code 52',
      },
      'ENGINE_OUT_OF_MEMORY',
    ],
    [
      'memory that is refused',
      { text: '[UNABLE_TO_ACQUIRE_MEMORY] Unable to acquire 65536 bytes' },
      'ENGINE_OUT_OF_MEMORY',
    ],
    ['a full disk', { text: `java.io.IOException: No space left on device ${secret}` }, 'LAKE_DISK_FULL'],
    ['a damaged file', { text: `file:/a.parquet is not a Parquet file. ${secret}` }, 'LAKE_DAMAGED'],
    ['no reader of S3', { text: 'No FileSystem for scheme "s3a"' }, 'ENGINE_UNABLE'],
    ['an S3 that is away', { text: `Unable to execute HTTP request: Connect to ${secret}` }, 'LAKE_UNREACHABLE'],
    ['a wrong token', { code: status.UNAUTHENTICATED, text: secret }, 'ENGINE_REFUSED'],
    ['a right that lacks', { code: status.PERMISSION_DENIED, text: secret }, 'ENGINE_REFUSED'],
    ['no Spark', { code: status.UNIMPLEMENTED, text: 'unknown service' }, 'ENGINE_UNREACHABLE'],
    ['no server', { code: status.UNAVAILABLE, text: 'connect ECONNREFUSED 10.0.0.1:15002' }, 'ENGINE_UNREACHABLE'],
    ['no host', { code: status.UNAVAILABLE, text: 'Name resolution failed for target' }, 'ENGINE_UNREACHABLE'],
    ['no answer', { code: status.DEADLINE_EXCEEDED, text: 'Deadline exceeded' }, 'ENGINE_UNREACHABLE'],
    ['no right', { info: { classes: '["java.nio.file.AccessDeniedException"]' }, text: secret }, 'ENGINE_FAILED'],
    ['anything else', { code: status.UNKNOWN, text: secret }, 'ENGINE_FAILED'],
  ])('%s', (_, given, code) => {
    expect(failure(given)).toMatchObject({ code, cause: { name: 'SparkFault' } });
  });

  test('an abort is ENGINE_CANCELLED, and what failed by itself before it is not', () => {
    const cancelled = { info: { errorClass: 'OPERATION_CANCELED', sqlState: 'HY008' } };
    expect(failure(cancelled, undefined, AbortSignal.abort()).code).toBe('ENGINE_CANCELLED');
    expect(failure(cancelled).code).toBe('ENGINE_FAILED');
    const failed = { info: { errorClass: 'DIVIDE_BY_ZERO' } };
    expect(failure(failed, undefined, AbortSignal.abort()).code).toBe('ENGINE_FAILED');
  });

  test('says what to do about TLS and tokens, and shows neither token nor headers', () => {
    const address = 'sc://spark:443/;token=sesame;x-key=open';
    const refused = failure({ code: status.UNAUTHENTICATED }, address);
    expect(refused.message).toContain('sc://spark:443 does not accept the token');
    const tls = failure({ code: status.UNAVAILABLE, text: 'SSL routines:wrong version number' }, address);
    expect(tls.message).toContain('with TLS');
    for (const { message } of [refused, tls]) expect(message).not.toMatch(/sesame|open/);
  });

  test('what is no fault of Spark is handed on as it is', () => {
    const own = new CarelakeError('ENGINE_NO_INPUT', 'It has no files.');
    expect(engineFailure(parseAddress('sc://spark'), 'x', own)).toBe(own);
  });
});
