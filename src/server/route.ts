// What a route is: a plugin whose requests have the types of their schemas. Its answers are held to theirs by the tests,
// since values of the house are lists that may not be changed and schemas know only lists that may.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync, FastifyTypeProvider, RawServerDefault } from 'fastify';

type TypeOf<Schema> = (TypeBoxTypeProvider & { readonly schema: Schema })['validator'];

interface RequestTypes extends FastifyTypeProvider {
  readonly validator: TypeOf<this['schema']>;
  readonly serializer: unknown;
}

export type Route = FastifyPluginAsync<Record<never, never>, RawServerDefault, RequestTypes>;

/**
 * What one must be allowed to do for a route. There are no roles yet, so nobody is refused: what will refuse reads
 * `request.routeOptions.config.permission`, and a test holds every route to naming one.
 */
type Permission =
  /** Whether the server answers, and what there is to ask for: no patient, no number. */
  | 'open'
  /** Numbers over many patients, and the state of runs. */
  | 'numbers:read'
  /** Rows of patients. */
  | 'records:read'
  | 'records:write'
  /** Predictions about patients, which are kept. */
  | 'predictions:ask'
  /** Cards and versions of models, how they do, and trainings. */
  | 'models:read'
  /** To train a model, and to decide which version answers. */
  | 'models:write';

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: Permission;
  }
}
