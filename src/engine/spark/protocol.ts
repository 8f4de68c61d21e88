// The messages of the Spark Connect protocol as types, and how each is written and read; spark-connect.proto is shipped
// beside this file.
import { join } from 'node:path';
import { loadSync, type MessageTypeDefinition, type MethodDefinition } from '@grpc/proto-loader';

export type Literal = { readonly string: string } | { readonly long: number } | { readonly double: number };

export type Relation =
  | {
      readonly sql: {
        readonly query: string;
        readonly args: Readonly<Record<string, Literal>>;
        readonly namedArguments: Readonly<Record<string, { readonly literal: Literal }>>;
      };
    }
  | {
      readonly read: {
        readonly dataSource: {
          readonly format: string;
          readonly paths: readonly string[];
          readonly options: Readonly<Record<string, string>>;
        };
      };
    };

export interface View {
  readonly input: Relation;
  readonly name: string;
  readonly isGlobal: false;
  readonly replace: true;
}

export interface Write {
  readonly input: Relation;
  readonly source: string;
  readonly path: string;
  readonly mode: 'SAVE_MODE_APPEND';
  readonly partitioningColumns: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

export type Plan =
  | { readonly root: Relation }
  | { readonly command: { readonly createDataframeView: View } | { readonly writeOperation: Write } };

/** One of a type's kinds is set; `decimal`, `array` and `struct` say more of themselves. */
export interface DataType {
  readonly kind: string;
  readonly decimal?: { readonly precision: number; readonly scale: number };
  readonly array?: { readonly elementType: DataType };
  readonly struct?: { readonly fields: readonly { readonly name: string; readonly dataType: DataType }[] };
}

export interface Progress {
  readonly stages: readonly {
    readonly stageId: number;
    readonly numTasks: number;
    readonly numCompletedTasks: number;
  }[];
}

export interface ExecuteResponse {
  readonly responseId: string;
  /** Undefined on messages that hold only what is not read here, such as metrics. */
  readonly responseType?: 'arrowBatch' | 'resultComplete' | 'executionProgress';
  readonly arrowBatch?: { readonly data: Buffer; readonly chunkIndex?: number; readonly numChunksInBatch?: number };
  readonly executionProgress?: Progress;
}

/** What every request says of itself; the session adds it. */
export interface Envelope {
  readonly sessionId: string;
  readonly userContext: { readonly userId: string };
  readonly clientType: string;
  readonly clientObservedServerSideSessionId?: string;
}

/** What every response says of itself: another id than before means another server. */
export interface Answer {
  readonly serverSideSessionId: string;
}

interface Operation {
  readonly operationId: string;
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

/** Each call with its request and its response. */
export interface Calls {
  ExecutePlan: [
    Operation & {
      readonly plan: Plan;
      readonly requestOptions?: readonly [{ readonly reattachOptions: { readonly reattachable: boolean } }];
    },
    Answer & ExecuteResponse,
  ];
  ReattachExecute: [Operation & { readonly lastResponseId?: string }, Answer & ExecuteResponse];
  ReleaseExecute: [Operation & { readonly releaseAll: Readonly<Record<string, never>> }, Answer];
  AnalyzePlan: [
    { readonly schema: { readonly plan: Plan } } | { readonly sparkVersion: Readonly<Record<string, never>> },
    Answer & { readonly schema?: { readonly schema: DataType }; readonly sparkVersion?: { readonly version: string } },
  ];
  Config: [
    {
      readonly operation:
        | { readonly set: { readonly pairs: readonly Setting[] } }
        | { readonly get: { readonly keys: readonly string[] } };
    },
    Answer & { readonly pairs: readonly Setting[] },
  ];
  Interrupt: [
    Operation & { readonly interruptType: 'INTERRUPT_TYPE_OPERATION_ID' },
    Answer & { readonly interruptedIds: readonly string[] },
  ];
  ReleaseSession: [unknown, Answer];
}

export type StreamCall = 'ExecutePlan' | 'ReattachExecute';
export type PlainCall = Exclude<keyof Calls, StreamCall>;

const definition = loadSync(join(import.meta.dirname, 'spark-connect.proto'), {
  longs: Number,
  defaults: true,
  enums: String,
  oneofs: true,
  arrays: true,
});

/** How a call is named on the wire, and its messages written and read. */
export function callNamed<Name extends keyof Calls>(
  name: Name,
): MethodDefinition<Calls[Name][0] & Envelope, Calls[Name][1]> {
  const service = definition['spark.connect.SparkConnectService'] as unknown as {
    readonly [Call in keyof Calls]: MethodDefinition<Calls[Call][0] & Envelope, Calls[Call][1]>;
  };
  return service[name];
}

/** google.rpc.Status as it comes in a trailer, with the details that describe an error of Spark. */
export function errorDetails(status: Buffer): Readonly<Record<string, string>> | undefined {
  const { details = [] } = message<{ details?: { typeUrl: string; value: Buffer }[] }>('Status').deserialize(status);
  const info = details.find(({ typeUrl }) => typeUrl.endsWith('/google.rpc.ErrorInfo'));
  return info && message<{ metadata?: Record<string, string> }>('ErrorInfo').deserialize(info.value).metadata;
}

const message = <Message>(name: string): MessageTypeDefinition<Message, Message> =>
  definition[`spark.connect.${name}`] as unknown as MessageTypeDefinition<Message, Message>;
