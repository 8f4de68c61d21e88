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
