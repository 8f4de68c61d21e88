// What Spark or the way to it answers instead of a result. Spark's messages hold values of rows, so none is kept: only the
// class of the error, its SQLSTATE and such parameters as name a part of the statement.
import { type ServiceError, status } from '@grpc/grpc-js';
import { errorDetails } from './protocol.js';

interface FaultParts {
  readonly grpc: keyof typeof status;
  readonly errorClass?: string | undefined;
  readonly sqlState?: string | undefined;
  /** What of the statement is meant: a column, a table, a function, a place in the text. */
  readonly subject?: string | undefined;
  /** Java's exceptions, the outer first. */
  readonly exceptions?: readonly string[];
  /** What is known of the failure beyond its class, by words that hold no value of a row. */
  readonly signs?: readonly Sign[];
}

/** An error of Spark or of gRPC, without the text of either. */
export class SparkFault extends Error {
  readonly grpc: keyof typeof status;
  readonly errorClass: string | undefined;
  readonly sqlState: string | undefined;
  readonly subject: string | undefined;
  readonly exceptions: readonly string[];
  readonly signs: readonly Sign[];

  constructor({ grpc, errorClass, sqlState, subject, exceptions = [], signs = [] }: FaultParts) {
    const parts = [errorClass ?? exceptions[0], sqlState && `SQLSTATE ${sqlState}`, `gRPC ${grpc}`];
    super(parts.filter(Boolean).join(', '));
    this.name = 'SparkFault';
    this.grpc = grpc;
    this.errorClass = errorClass;
    this.sqlState = sqlState;
    this.subject = subject;
    this.exceptions = exceptions;
    this.signs = signs;
  }

  /** Class, SQLSTATE and subject, which hold no value of a row. */
  get said(): string {
    return this.subject === undefined ? this.message : `${this.message}: ${this.subject}`;
  }
}

/** Words of a message that tell a failure without a class of its own. */
const signs = {
  // 52 is how Spark's own machines end where Java has no memory left, 137 how the system ends them.
  memory:
    /OutOfMemoryError|Java heap space|Not enough memory to |exceeding (?:physical )?memory limits|OOMKilled|Total size of serialized results|UNABLE_TO_ACQUIRE_MEMORY|exit(?:ed with)? code:? (?:52|137)\b/,
  disk: /No space left on device|Disk quota exceeded/,
  damaged:
    /is not a Parquet file|Could not read footer|CANNOT_READ_FILE_FOOTER|FAILED_READ_FILE\.(?!FILE_NOT_EXIST|NO_HINT)/,
  /** As the SDK of AWS says it, by which Hadoop reads S3. */
  storeAway: /Unable to execute HTTP request/,
  storeless: /No FileSystem for scheme|S3AFileSystem not found/,
  executor: /ExecutorLostFailure|Master removed our application|SparkContext was shut down|stopped SparkContext/,
  tls: /wrong version number|self[- ]signed|certificate|SSL|TLS|Protocol error/i,
  cut: /RST_STREAM|ECONNRESET|Connection dropped/,
  refused: /ECONNREFUSED/,
  nameless: /ENOTFOUND|Name resolution failed/,
} as const;

export type Sign = keyof typeof signs;

/** Parameters of Spark's errors that are names in the statement, never values. */
const subjects = ['objectName', 'relationName', 'routineName', 'functionName', 'path', 'error', 'key', 'config'];

/** Classes whose parameters come from the statement and its inputs' names alone. */
const planning =
  /^(UNRESOLVED_|TABLE_OR_VIEW_|PARSE_SYNTAX_|PATH_NOT_FOUND|AMBIGUOUS_REFERENCE|UNBOUND_SQL_PARAMETER|CANNOT_MODIFY_|CONFIG_NOT_AVAILABLE)/;

/** The error of a call as a fault. */
export function faultOf(error: ServiceError): SparkFault {
  const [details] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const info = (details instanceof Buffer && errorDetails(details)) || {};
  // Spark 3.5 puts the class in front of the message and nowhere else.
  const errorClass = info.errorClass ?? /^\s*\[([A-Z0-9_.]+)\] /.exec(error.details)?.[1];
  return new SparkFault({
    grpc: status[error.code] as keyof typeof status,
    errorClass,
    sqlState: info.sqlState ?? /SQLSTATE: ([0-9A-Z]{5})/.exec(error.details)?.[1],
    subject:
      errorClass !== undefined && planning.test(errorClass)
        ? (subjectOf(info.messageParameters) ?? pathIn(errorClass, error.details))
        : undefined,
    exceptions: (jsonOf<string[]>(info.classes) ?? []).map(String),
    signs: (Object.keys(signs) as Sign[]).filter((sign) => signs[sign].test(error.details)),
  });
}

function subjectOf(text: string | undefined): string | undefined {
  const parameters = jsonOf<Record<string, string>>(text) ?? {};
  const name = subjects.find((key) => parameters[key] !== undefined);
  return name && parameters[name];
}

/** Spark 3.5 has no parameters beside its text. */
const pathIn = (errorClass: string, text: string): string | undefined =>
  errorClass === 'PATH_NOT_FOUND' ? /Path does not exist: (.*?)[.]?(?: SQLSTATE.*)?$/m.exec(text)?.[1] : undefined;

/** Spark cuts long details short, so that they are no JSON any more. */
function jsonOf<Value>(text: string | undefined): Value | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
