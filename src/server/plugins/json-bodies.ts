// Reads the JSON that comes with a request. Text that is no UTF-8 is refused: read as it is usually, it would be kept with
// other characters than were meant. So is what lies in more lists and objects than anybody means: whatever follows it by calling
// itself, as most that writes or checks JSON does, would come to the end of its stack.
import type { FastifyInstance } from 'fastify';
import { CarelakeError } from '../../errors.js';

const deepest = 100;

export function readsJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const text = textOf(bytes);
    if (text === undefined) return done(new CarelakeError('REQUEST_INVALID', 'The body is no text in UTF-8.'));
    void parse(request, text, (error, body) => {
      if (error || !isDeeper(body, deepest)) done(error, body);
      else
        done(
          new CarelakeError('REQUEST_INVALID', `The body has more than ${deepest} lists and objects in each other.`),
        );
    });
  });
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}
