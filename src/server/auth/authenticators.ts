// How a request may say who it comes from. They are asked in this order; the first that knows somebody decides.
import { byToken } from './access-token.js';
import type { Authenticator } from './authenticator.js';
import { byKey } from './by-key.js';
import { bySession } from './by-session.js';

export const authenticators: readonly Authenticator[] = [bySession, byKey, byToken];
