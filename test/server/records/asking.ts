// A server of a test, asked as programs ask it.
import type { House } from '../house.js';

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string | number | string[] | undefined>;
  readonly text: string;
  /** The body where it is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly body: any;
}

export type Ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT',
  url: string,
  payload?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

export const asking =
  ({ server }: Pick<House, 'server'>): Ask =>
  async (method, url, payload, headers = {}) => {
    const answer = await server.inject({
      ...{ method, url, headers },
      ...(payload !== undefined && { payload: payload as object }),
    });
    const isJson = /[/+]json/.test(String(answer.headers['content-type'])) && !answer.headers['x-total-count'];
    const body = isJson && answer.body !== '' ? JSON.parse(answer.body) : undefined;
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body };
  };
