// Access tokens of programs: JSON Web Tokens by ES256 (RFC 7519, RFC 9068), good for ten minutes. A token says which grant it is
// of; what that still allows is looked up with every request, so that what ends a grant ends its tokens at once.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { errors, jwtVerify, SignJWT } from 'jose';
import { CarelakeError } from '../../errors.js';
import type { Granted } from '../../records/directory/grant.js';
import type { Authenticator } from './authenticator.js';
import { type SigningKeys, signingKeysIn } from './signing-keys.js';

/** In seconds. */
export const accessLasts = 600;

const own = { issuer: 'carelake', audience: 'carelake' } as const;
const algorithm = 'ES256';
const type = 'at+jwt';

declare module 'fastify' {
  interface FastifyInstance {
    /** Read, or made, with their first use. @throws TOKEN_KEY */
    signingKeys(): Promise<SigningKeys>;
  }
}

export function signsTokens(app: FastifyInstance): void {
  let keys: Promise<SigningKeys> | undefined;
  app.decorate('signingKeys', () => {
    keys ??= Promise.resolve(app.parts.tokenKeys()).then(signingKeysIn);
    return keys.catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
  });
}

export async function accessToken(app: FastifyInstance, { id, user, roles }: Granted): Promise<string> {
  const { kid, key } = (await app.signingKeys()).first;
  return new SignJWT({ grant: id, roles })
    .setProtectedHeader({ alg: algorithm, typ: type, kid })
    .setIssuer(own.issuer)
    .setAudience(own.audience)
    .setSubject(user.name)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${accessLasts}s`)
    .sign(key);
}

/** @throws TOKEN_EXPIRED */
export const byToken: Authenticator = async (request) => {
  const [, token] = /^Bearer (eyJ\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  const grant = await grantIn(request.server, token);
  const { grants } = await request.server.directory();
  const found = grant === undefined ? undefined : await grants.find(grant);
  return found && { name: found.user.name, kind: 'token', id: found.id, roles: found.roles };
};

async function grantIn(app: FastifyInstance, token: string): Promise<string | undefined> {
  const { all } = await app.signingKeys();
  try {
    const { payload } = await jwtVerify<{ grant?: unknown }>(
      token,
      ({ kid = '' }) => {
        const key = all.get(kid);
        if (key) return key;
        throw new errors.JWKSNoMatchingKey();
      },
      { ...own, algorithms: [algorithm], typ: type, requiredClaims: ['exp', 'sub', 'jti', 'grant'], clockTolerance: 5 },
    );
    return typeof payload.grant === 'string' ? payload.grant : undefined;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new CarelakeError('TOKEN_EXPIRED', 'The access token has expired.');
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
