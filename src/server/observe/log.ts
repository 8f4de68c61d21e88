// What the server tells of itself while it works, a line for each request and each failure. A line never holds an address as
// it was asked for, a parameter, a body or an id from a path: those name patients.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, pino } from 'pino';
import { withoutValues } from './without-values.js';

export type LogForm = 'json' | 'text' | 'off';

export interface Log {
  /** Something that is worth a line. */
  note(text: string): void;
  /** A failure that nobody foresaw, as its stack. */
  failure(text: string): void;
  request(line: RequestLine): void;
}

interface RequestLine {
  readonly request: string;
  readonly method: string;
  /** Its template, such as `/api/patients/:id`. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly by: string;
  readonly from: string;
}

/** @param write Takes lines without their end. */
export function openLog(form: LogForm, write: (line: string) => void): Log {
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    { write: (line: string) => write(form === 'json' ? line.trimEnd() : textOf(JSON.parse(line))) },
  );
  return form === 'off' ? quiet(write) : talkative(logger);
}

const talkative = (logger: Logger): Log => ({
  note: (text) => logger.info(text),
  failure: (text) => logger.error(withoutValues(text)),
  request: (line) => logger[line.status >= 500 ? 'error' : 'info'](line),
});

/** Notes and failures only, as a person at a terminal wants them. */
const quiet = (write: (line: string) => void): Log => ({
  note: write,
  failure: (text) => write(withoutValues(text)),
  request: () => undefined,
});

function textOf({ time, level, msg, ...line }: Record<string, unknown>): string {
  const { method, route, status, ms, by, from, request } = line;
  const said = msg ?? `${method} ${route} ${status} ${ms} ms by ${by} from ${from} (${request})`;
  return `${time} ${String(level).toUpperCase()} ${said}`;
}

/** Gives each answer the id of its request, and writes a line for each. */
export function logsRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onRequest', ({ id }, reply, done) => {
    reply.header('x-request-id', id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    log.request(lineOf(request, reply));
    done();
  });
}

/** Of a request that was answered. */
export const lineOf = (
  { id, method, routeOptions, is404, actor, ip }: FastifyRequest,
  { statusCode, elapsedTime }: FastifyReply,
): RequestLine => ({
  request: id,
  method,
  route: is404 ? 'none' : (routeOptions.url ?? 'none'),
  status: statusCode,
  ms: Math.round(elapsedTime * 10) / 10,
  by: actor?.name ?? 'nobody',
  from: ip,
});
