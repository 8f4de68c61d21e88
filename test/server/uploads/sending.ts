// Sends files to the server of a test as a form does.
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { House } from '../house.js';
import type { Answered } from '../records/asking.js';

export interface Sent {
  readonly name: string;
  readonly content: string | Buffer;
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

export const sending =
  ({ server }: Pick<House, 'server'>) =>
  async ({ name, content, fields = {}, headers = {}, query = '' }: Sent): Promise<Answered> => {
    const form = new FormData();
    form.append('file', new Blob([content as BlobPart]), name);
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    const { body, type } = await encoded(form);
    const answer = await server.inject({
      ...{ method: 'POST', url: `/api/upload${query}`, payload: body, headers: { ...headers, 'content-type': type } },
    });
    return {
      ...{ status: answer.statusCode, headers: answer.headers, text: answer.body },
      body: answer.body === '' ? undefined : JSON.parse(answer.body),
    };
  };

async function encoded(form: FormData): Promise<{ body: Buffer; type: string }> {
  const response = new Response(form);
  return { body: Buffer.from(await response.arrayBuffer()), type: response.headers.get('content-type') ?? '' };
}

export async function zipOf(members: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(members)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}
