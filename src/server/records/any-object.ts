// Bodies of records are described by their schema and judged by the catalog: with all that is wrong at once, and with the
// synonyms that people use. Here it is only seen to that there is an object.
import type { FastifySchemaCompiler } from 'fastify';

export const anyObject: FastifySchemaCompiler<unknown> =
  ({ httpPart }) =>
  (data: unknown) =>
    httpPart === 'body' && (typeof data !== 'object' || data === null || Array.isArray(data))
      ? { error: new Error('The body must be a JSON object of fields.') }
      : { value: data };
