// What the server knows people by: the directory, and who has signed in with this request.
import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { type Directory, directoryIn } from '../../records/directory/directory.js';
import type { FoundSession } from '../../records/directory/session.js';
import { signsTokens } from './access-token.js';
import { openThrottle, type Throttle } from './throttle.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** Opened with its first use. */
    directory(): Promise<Directory>;
    throttle: Throttle;
  }
  interface FastifyRequest {
    /** The session that the request came with; null of keys, of tokens and of nobody. */
    signedIn: FoundSession | null;
  }
}

export async function identifies(app: FastifyInstance): Promise<void> {
  await app.register(cookie);
  let opened: Directory | undefined;
  app.decorate('directory', async () => {
    opened ??= directoryIn((await app.parts.records()).directory, app.parts.sessions);
    return opened;
  });
  signsTokens(app);
  app.decorate('throttle', openThrottle());
  app.decorateRequest('signedIn', null);
}
