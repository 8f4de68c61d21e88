// Faults of Spark and of the way to it as coded errors: each says the step, what failed and what would be right.
import { CarelakeError, type ErrorCode } from '../../errors.js';
import { type SparkAddress, shownAddress } from './address.js';
import { SparkFault } from './fault.js';

/** Whether the server no longer has the session or the statement. */
export const isLost = ({ errorClass = '' }: SparkFault): boolean =>
  /^INVALID_HANDLE[.](SESSION_|OPERATION_NOT_FOUND|OPERATION_ABANDONED)/.test(errorClass);

/**
 * ENGINE_CANCELLED, ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_LOST, ENGINE_OUT_OF_MEMORY, LAKE_DISK_FULL, LAKE_DAMAGED,
 * LAKE_UNREACHABLE, ENGINE_UNABLE or ENGINE_FAILED, with the fault as its cause. What is no fault of Spark is passed on as it is.
 */
export function engineFailure(address: SparkAddress, step: string, error: unknown, signal?: AbortSignal): unknown {
  if (!(error instanceof SparkFault)) return error;
  const failed = (code: ErrorCode, said: string) => new CarelakeError(code, `Step ${step}: ${said}`, { cause: error });
  const { errorClass, signs } = error;
  // An abort while the way is cut ends the wait for it.
  if (signal?.aborted && (errorClass === undefined || errorClass === 'OPERATION_CANCELED')) {
    return new CarelakeError('ENGINE_CANCELLED', `Step ${step} was cancelled.`, { cause: error });
  }
  if (isLost(error)) {
    return failed('ENGINE_LOST', `${shownAddress(address)} no longer has the session (${error.said}).`);
  }
  if (signs.includes('memory')) return failed('ENGINE_OUT_OF_MEMORY', `Spark needs more memory (${error.said}).`);
  if (signs.includes('disk')) return failed('LAKE_DISK_FULL', `Spark has no space left (${error.said}).`);
  if (signs.includes('damaged')) return failed('LAKE_DAMAGED', `a file cannot be read as Parquet (${error.said}).`);
  if (errorClass === 'PATH_NOT_FOUND') {
    return failed(
      'ENGINE_FAILED',
      `Spark does not find ${error.subject ?? 'a file'}, which all its machines must see at that path.`,
    );
  }
  if (error.exceptions.some((name) => /Access(Denied|Control)Exception$/.test(name))) {
    return failed(
      'ENGINE_FAILED',
      `Spark has no right to read or write there: give it to the user or role it runs as, or let it use the keys of this process (CARELAKE_SPARK_S3=keys).`,
    );
  }
  if (signs.includes('storeless')) {
    return failed('ENGINE_UNABLE', 'Spark cannot read S3: give it hadoop-aws in the version of its Hadoop client.');
  }
  if (signs.includes('storeAway')) return failed('LAKE_UNREACHABLE', `S3 does not answer Spark (${error.said}).`);
  if (signs.includes('executor')) return failed('ENGINE_LOST', `Spark lost its machines (${error.said}).`);
  return connectionFailure(address, error, `Step ${step}`) ?? failed('ENGINE_FAILED', `Spark says ${error.said}.`);
}

/** What is wrong with the way to the server, or undefined where the server itself answered. */
export function connectionFailure(address: SparkAddress, fault: SparkFault, where: string): CarelakeError | undefined {
  const { grpc, errorClass, signs } = fault;
  const coded = (code: ErrorCode, words: string) =>
    new CarelakeError(code, `${where}: ${shownAddress(address)} ${words}.`, { cause: fault });
  if (grpc === 'UNAUTHENTICATED')
    return coded('ENGINE_REFUSED', address.token ? 'does not accept the token' : 'asks for a token');
  if (grpc === 'PERMISSION_DENIED') return coded('ENGINE_REFUSED', 'does not allow it to this user');
  if (errorClass !== undefined || fault.exceptions.length > 0) return undefined;
  if (grpc === 'UNIMPLEMENTED') return coded('ENGINE_UNREACHABLE', 'is no Spark Connect server');
  if (grpc !== 'UNAVAILABLE' && grpc !== 'DEADLINE_EXCEEDED' && !signs.includes('cut')) return undefined;
  if (signs.includes('nameless')) return coded('ENGINE_UNREACHABLE', 'has a host name that nobody knows');
  if (signs.includes('refused'))
    return coded('ENGINE_UNREACHABLE', 'refuses the connection: nothing listens at that port');
  if (signs.includes('tls')) {
    return coded('ENGINE_UNREACHABLE', `does not speak gRPC ${address.tls ? 'with' : 'without'} TLS`);
  }
  return coded('ENGINE_UNREACHABLE', grpc === 'DEADLINE_EXCEEDED' ? 'takes too long to answer' : 'does not answer');
}
