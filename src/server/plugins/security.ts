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
    // It listens at plain HTTP on this machine; behind TLS the proxy says so.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}
