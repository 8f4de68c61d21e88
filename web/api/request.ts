// Asks the server, and turns what it refuses into an error that says what is wrong and what would be right.
import type { Fault } from '../../src/errors.ts';
import { isAttended } from '../session/attendance.ts';
import { type Bearer, csrfToken, isSameUser, keepToken } from '../session/token.ts';

interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fix?: string;
  readonly errors?: readonly Fault[];
}

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ApiError';
    this.problem = problem;
  }

  /** How often the same question is worth asking again, each time after twice as long as before, from a second on. */
  get retries(): number {
    // Refused at once, so asking costs little, and it is over soon.
    if (this.problem.code === 'SERVER_BUSY') return 5;
    return [0, 502, 503, 504].includes(this.problem.status) ? 2 : 0;
  }
}

const unreachable: Problem = {
  title: 'The server does not answer',
  status: 0,
  code: 'UNREACHABLE',
  detail: 'No answer came from the address that this page was loaded from.',
  fix: 'Start it with carelake serve, then try again.',
};

interface Options {
  readonly signal?: AbortSignal;
  readonly body?: unknown;
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
}

/**
 * GET, or POST where there is a body and no method is named.
 * @throws ApiError with the problem that the server names
 */
export async function ask<Answer>(path: string, options: Options = {}): Promise<Answer> {
  try {
    return await send<Answer>(path, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.code !== 'CSRF_REFUSED') throw error;
    // Signed in anew in another page of the browser. Whatever was meant by somebody else is not done in their name.
    const now = await send<Bearer>('/api/auth/session');
    if (!isSameUser(now)) throw error;
    keepToken(now);
    return send<Answer>(path, options);
  }
}

async function send<Answer>(path: string, { signal, body, method }: Options = {}): Promise<Answer> {
  const asked = await fetch(path, {
    ...(signal && { signal }),
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: headersOf(method !== undefined || body !== undefined, body !== undefined),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError(unreachable, { cause });
  });
  const type = asked.headers.get('content-type') ?? '';
  if (asked.ok && type.includes('json')) return (await asked.json()) as Answer;
  if (type.includes('json')) throw new ApiError((await asked.json()) as Problem);
  throw new ApiError({
    ...unreachable,
    title: 'The server answered with something else',
    status: asked.status,
    detail: `${path} was answered with status ${asked.status} and no JSON.`,
  });
}

function headersOf(writes: boolean, hasBody: boolean): Record<string, string> {
  const token = csrfToken();
  return {
    ...(!isAttended() && { 'x-unattended': '1' }),
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(writes && token !== null && { 'x-csrf-token': token }),
  };
}
