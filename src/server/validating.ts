// What requests are held to their schemas by. In an address everything is text and is read as what its schema names; a JSON body
// has types of its own: a text is no number there, and null is neither a text nor `false`.
import { AjvCompiler, type BuildCompilerFromPool } from '@fastify/ajv-compiler';

type Compile = (route: { readonly httpPart?: string; readonly schema: unknown }) => unknown;

/** A value that is given once where several may be is a list of one; what is not described is refused, not dropped. */
const strict = { removeAdditional: false, allErrors: true } as const;

const buildValidator = ((schemas, given) => {
  const build = AjvCompiler();
  const reading = (customOptions: object) => build(schemas, { ...given, customOptions }) as unknown as Compile;
  const ofAddress = reading({ ...strict, coerceTypes: 'array' });
  const ofBody = reading({ ...strict, coerceTypes: false });
  return (route: Parameters<Compile>[0]) => (route.httpPart === 'body' ? ofBody : ofAddress)(route);
}) as BuildCompilerFromPool;

export const schemaController = { compilersFactory: { buildValidator } };
