// The headers that keep a browser from doing anything with our pages that they do not ask for.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import helmet from 'helmet';

interface Nonces {
  readonly script: string;
  readonly style: string;
}

/** They are the same for every answer, and so made once. */
export function secured(app: FastifyInstance): void {
  const headers = headersOf();
  app.addHook('onRequest', ({ protocol }, reply, done) => {
    reply.headers(headers);
    // By our own TLS, or that of a proxy which is believed. A browser then asks in no other way for a year.
    if (protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
    done();
  });
}

/** Lets a page run and draw what bears these, of its own; they are new for each answer. */
export function noncesOf(reply: FastifyReply): Nonces {
  const nonces = { script: randomBytes(16).toString('hex'), style: randomBytes(16).toString('hex') };
  reply.headers(headersOf(nonces));
  return nonces;
}

/** Everything comes from the server alone; inline scripts and styles only with the nonce of the answer. */
function headersOf(nonces?: Nonces) {
  const own = (nonce: string | undefined) => ["'self'", ...(nonce === undefined ? [] : [`'nonce-${nonce}'`])];
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': own(nonces?.script),
        'style-src': own(nonces?.style),
        // Charts position their tooltips by style attributes, which can load and run nothing under these rules.
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'worker-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        'object-src': ["'none'"],
      },
    },
    // Said above where it is true.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const headers = new Map<string, string>();
  // Of an answer it writes headers, and takes none away but one of Express; of a request it asks nothing.
  const answer = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => undefined,
  };
  secure({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return Object.fromEntries(headers);
}
