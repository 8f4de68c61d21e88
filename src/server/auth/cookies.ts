// The cookies of sign-in. Under TLS they are of this host alone and never leave it unencrypted (`__Host-`, RFC 6265bis).
// On plain HTTP a cookie is sent to every port of the machine: its name says which is ours, so that two servers do not
// sign each other's users out.
import type { FastifyReply, FastifyRequest } from 'fastify';

const isSecure = ({ protocol }: FastifyRequest): boolean => protocol === 'https';

type Kind = 'session' | 'device' | 'oidc';

/** As whoever sent this request is to call it: it depends on how they reach the server. */
export function nameOf(kind: Kind, request: FastifyRequest): string {
  return isSecure(request) ? `__Host-carelake_${kind}` : `carelake_${kind}_${request.socket.localPort ?? 0}`;
}

const scopeOf = (request: FastifyRequest, sameSite: 'strict' | 'lax' = 'strict') =>
  ({ path: '/', httpOnly: true, sameSite, secure: isSecure(request) }) as const;

export const cookieIn = (request: FastifyRequest, kind: Kind): string | undefined =>
  request.cookies[nameOf(kind, request)] || undefined;

/**
 * @param seconds How long the browser keeps it; until it is closed where nothing is said.
 * @param sameSite Lax where it must come along when another site sends the browser here.
 */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: Kind,
  value: string,
  seconds?: number,
  sameSite?: 'lax',
) {
  const lasting = seconds === undefined ? {} : { maxAge: seconds };
  reply.setCookie(nameOf(kind, request), value, { ...scopeOf(request, sameSite), ...lasting });
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, kind: Kind, sameSite?: 'lax'): void {
  reply.clearCookie(nameOf(kind, request), scopeOf(request, sameSite));
}
