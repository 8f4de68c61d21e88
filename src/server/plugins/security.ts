// The headers that keep a browser from doing anything with our pages that they do not ask for.
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Everything comes from the server alone; inline scripts and styles only with the nonce of the answer. */
export async function secured(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
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
    // Said below where it is true.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async ({ protocol }, reply) => {
    // By our own TLS, or that of a proxy which is believed. A browser then asks in no other way for a year.
    if (protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  });
}
