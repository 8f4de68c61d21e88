// Every failure as problem+json (RFC 9457) of the one table of errors.
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify';
import { Type } from 'typebox';
import { CarelakeError, type ErrorCode, errorTable, type Fault } from '../errors.js';
import { permissionsOf } from './auth/permissions.js';
import { failureText } from './failure-text.js';
import { noteKeptBack, toldOf } from './of-the-house.js';
import { type Conflict, StaleWrite } from './records/stale-write.js';

const versionShape = {
  version: Type.Integer({ minimum: 0 }),
  values: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
};

const problemSchema = Type.Object({
  success: Type.Literal(false),
  type: Type.String({ description: 'Where all codes are listed, with that of this problem.' }),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.Enum(Object.keys(errorTable)),
  detail: Type.String({ description: 'What is wrong in this case.' }),
  message: Type.String({ description: 'The same as `detail`.' }),
  fix: Type.String({ description: 'What would be right, or what to do next.' }),
  errors: Type.Array(
    Type.Object({
      field: Type.Optional(Type.String()),
      file: Type.Optional(Type.String()),
      line: Type.Optional(Type.Integer()),
      value: Type.Optional(Type.String()),
      message: Type.String(),
    }),
  ),
  conflict: Type.Optional(
    Type.Object(
      {
        expected: Type.Object(versionShape, { description: 'The version that the write was made from.' }),
        present: Type.Object(
          { ...versionShape, deleted: Type.Boolean() },
          { description: 'The version that is there.' },
        ),
      },
      { description: 'Both versions of a record that was changed in the meantime, or is there already.' },
    ),
  ),
});

/** What else a route may answer, for its schema. */
export const problems = {
  '4xx': {
    description: 'What is wrong with the request',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
  '5xx': { description: 'What failed', content: { 'application/problem+json': { schema: problemSchema } } },
};

/** The same, with what this route refuses for reasons of its own, by status. */
export function refusals(...codes: readonly ErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => errorTable[code].status))];
  const own = statuses.map((status) => {
    const these = codes.filter((code) => errorTable[code].status === status);
    const description = these.map((code) => `${code}: ${errorTable[code].title}. ${errorTable[code].fix}`).join('\n\n');
    const examples = Object.fromEntries(these.map((code) => [code, { value: exampleOf(code) }]));
    return [status, { description, content: { 'application/problem+json': { schema: problemSchema, examples } } }];
  });
  return { ...Object.fromEntries(own), ...problems } as typeof problems;
}

/** The codes that `refusals` of a schema has named. */
export const codesIn = (response: Readonly<Record<string, object>>): ErrorCode[] =>
  Object.values(response).flatMap((one) => {
    const { content } = one as { content?: Record<string, { examples?: object }> };
    return Object.keys(content?.['application/problem+json']?.examples ?? {}) as ErrorCode[];
  });

const exampleOf = (code: ErrorCode) => problemOf(new CarelakeError(code, errorTable[code].title));

export const problemType = 'application/problem+json; charset=utf-8';

export function problemOf(error: CarelakeError, request?: FastifyRequest) {
  const { status, title, fix } = error.entry;
  const message = toldOf(error);
  return {
    success: false as const,
    type: `/api/errors#${error.code}`,
    title,
    status,
    code: error.code,
    detail: message,
    message,
    fix,
    errors: error.faults,
    ...(error instanceof StaleWrite && { conflict: shownConflict(error, request) }),
  };
}

/** Whoever may not read the records of others learns that an id is taken, and not what it holds. */
function shownConflict({ code, conflict }: StaleWrite, request: FastifyRequest | undefined): Conflict {
  const may = permissionsOf(request?.actor.roles ?? []);
  if (code !== 'RECORD_EXISTS' || may.has('records:read')) return conflict;
  return { ...conflict, present: { ...conflict.present, values: null } };
}

/** @param report Is told of what nobody foresaw; requests are not written down, for their addresses name patients. */
export function answersProblems(app: FastifyInstance, report: (text: string) => void): void {
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, report));
}

export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  report: (text: string) => void,
): void {
  const coded = codedOf(error, request);
  if (coded.code === 'INTERNAL') report(`Request ${request.id}: ${failureText(error)}`);
  // Whoever went away is not waited for when the server stops, so that the records may be closed by then.
  else if (!reply.raw.destroyed) noteKeptBack(`Request ${request.id}`, coded, report);
  asProblem(reply, coded).removeHeader('etag').serializer(JSON.stringify).send(problemOf(coded, request));
}

/** In the place of an answer that is already made: the text to be sent. */
export function problemInstead(error: CarelakeError, reply: FastifyReply): string {
  asProblem(reply, error);
  return JSON.stringify(problemOf(error));
}

function asProblem(reply: FastifyReply, { entry: { status } }: CarelakeError): FastifyReply {
  if (status === 503) reply.header('retry-after', '2');
  return reply.code(status).type(problemType);
}

interface FrameworkError {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly validation?: readonly FastifySchemaValidationError[];
  readonly validationContext?: unknown;
}

/** What Fastify itself refuses, by its status. */
const byStatus: Readonly<Record<number, ErrorCode>> = {
  404: 'PATH_NOT_FOUND',
  413: 'REQUEST_TOO_LARGE',
  414: 'REQUEST_TOO_LARGE',
  415: 'REQUEST_MEDIA_TYPE',
  503: 'SERVER_BUSY',
};

function codedOf(error: unknown, request: FastifyRequest): CarelakeError {
  if (error instanceof CarelakeError) return error;
  const { statusCode, message, validation, validationContext } = (error ?? {}) as FrameworkError;
  if (validation) {
    const input = validationContext === 'querystring' ? request.query : request.body;
    const faults = validation.map((fault) => faultOf(fault, input));
    return new CarelakeError('REQUEST_INVALID', linesOf(faults), { faults, cause: error });
  }
  if (typeof statusCode === 'number' && statusCode < 500) {
    return new CarelakeError(byStatus[statusCode] ?? 'REQUEST_INVALID', String(message), { cause: error });
  }
  const code = statusCode === 503 ? 'SERVER_BUSY' : 'INTERNAL';
  // What nobody foresaw may hold values of rows: it is told where the server runs, not to who asked.
  const said = code === 'INTERNAL' ? 'The server has written down what happened.' : String(message);
  return new CarelakeError(code, said, { cause: error });
}

const linesOf = (faults: readonly Fault[]): string =>
  faults.map(({ field, message }) => (field === undefined ? message : `${field}: ${message}`)).join('\n');

function faultOf({ keyword, instancePath, params, message = '' }: FastifySchemaValidationError, input: unknown): Fault {
  if (keyword === 'additionalProperties') {
    const field = String(params.additionalProperty);
    return { field: excerpt(field), message: 'There is no such parameter.' };
  }
  const field = instancePath.replace(/^\//, '').replaceAll('/', '.');
  if (keyword === 'required') return { field: String(params.missingProperty), message: 'It must be given.' };
  const value = Object.entries(input ?? {}).find(([name]) => name === field)?.[1];
  return { field, message, ...(value !== undefined && { value: excerpt(String(value)) }) };
}

const excerpt = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);
