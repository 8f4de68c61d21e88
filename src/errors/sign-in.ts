// Of who asks, and what they may.
import type { ErrorEntry } from './entry.js';

export const signInErrors = {
  SIGN_IN_REQUIRED: {
    status: 401,
    exit: 1,
    title: 'Nobody is signed in',
    fix: 'Sign in at /sign-in, or send an API key: Authorization: Bearer clk_…',
  },
  TOKEN_KEY: {
    status: 500,
    exit: 1,
    title: 'Access tokens cannot be signed',
    fix: 'Give CARELAKE_TOKEN_KEY_FILE a file of private keys that `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes, or let the data folder be written to.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    exit: 1,
    title: 'The access token has expired',
    fix: 'Get another with the refresh token: POST /api/auth/token.',
  },
  TOKEN_REFUSED: {
    status: 401,
    exit: 1,
    title: 'The refresh token is not good',
    fix: 'Begin anew with the API key: POST /api/auth/token. A refresh token is good once, and shown again it ends all tokens of its grant.',
  },
  OIDC_SETTINGS: {
    status: 500,
    exit: 2,
    title: 'OpenID Connect is not set up in full',
    fix: 'Give CARELAKE_OIDC_ISSUER and CARELAKE_OIDC_CLIENT_ID together, and in CARELAKE_OIDC_ROLES roles that there are.',
  },
  OIDC_OFF: {
    status: 404,
    exit: 1,
    title: 'Nobody signs in by OpenID Connect here',
    fix: 'Sign in by name and password, or set CARELAKE_OIDC_ISSUER where the server runs.',
  },
  OIDC_REFUSED: {
    status: 403,
    exit: 1,
    title: 'The sign-in by OpenID Connect was not taken',
    fix: 'Begin anew at /api/auth/oidc/start; if it is refused again, ask an administrator whether you may sign in here.',
  },
  OIDC_UNREACHABLE: {
    status: 502,
    exit: 1,
    title: 'The provider of OpenID Connect does not answer',
    fix: 'Try again later, or sign in by name and password; an operator looks whether CARELAKE_OIDC_ISSUER is reached from the server.',
  },
  FORBIDDEN: {
    status: 403,
    exit: 1,
    title: 'This may only be done in another role',
    fix: 'Ask an administrator for the role that you need; docs/guide/sign-in.md says what each may do.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    exit: 1,
    title: 'Name and password do not fit',
    fix: 'Check both; an administrator can give you a link by which you choose another password.',
  },
  SIGN_IN_TOO_OFTEN: {
    status: 429,
    exit: 1,
    title: 'There were too many attempts to sign in from here',
    fix: 'Try again after the seconds that the header Retry-After names. Elsewhere the account is not held up.',
  },
  SIGN_IN_OFF: {
    status: 409,
    exit: 1,
    title: 'Nobody signs in to this server',
    fix: 'Start it with CARELAKE_AUTH=on to have users, sessions and keys.',
  },
  IN_PERSON_ONLY: {
    status: 403,
    exit: 1,
    title: 'A program may not do this for a person',
    fix: 'Sign in with name and password: keys and tokens make no keys, and manage no users.',
  },
  CSRF_REFUSED: {
    status: 403,
    exit: 1,
    title: 'The request does not prove that a page of ours sent it',
    fix: 'Send the csrf_token of GET /api/auth/session as the header X-CSRF-Token; programs use an API key instead. Pages of another origin are named in CARELAKE_CORS.',
  },
  LINK_INVALID: {
    status: 410,
    exit: 1,
    title: 'The link is not good any more',
    fix: 'Ask an administrator for another, or make one on the server: carelake user password NAME --link.',
  },
  PASSWORD_WEAK: {
    status: 422,
    exit: 1,
    title: 'The password is too easy to guess',
    fix: 'Take at least 12 characters that nobody would expect: four words that have nothing to do with one another are good.',
  },
  PASSWORD_WRONG: {
    status: 403,
    exit: 1,
    title: 'This is not your present password',
    fix: 'Give the password that you sign in with now; an administrator can give you a link where it is lost.',
  },
  USER_NAME: {
    status: 422,
    exit: 2,
    title: 'The name of a user is not valid',
    fix: 'Use 1 to 100 characters of a-z, 0-9 and . _ @ + -, beginning with a letter or digit.',
  },
  USER_EXISTS: {
    status: 409,
    exit: 1,
    title: 'There is such a user already',
    fix: 'Choose another name, or change the user who is there. Users are disabled, never removed.',
  },
  USER_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such user',
    fix: 'carelake user list and /api/users name the users that there are.',
  },
  LAST_ADMIN: {
    status: 409,
    exit: 1,
    title: 'Somebody must be left who can manage users',
    fix: 'Give another user the role admin first, who has chosen a password.',
  },
  SESSION_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'You have no such session',
    fix: 'GET /api/auth/sessions lists those that are open.',
  },
  KEY_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'There is no such key',
    fix: 'carelake key list and /api/keys list the keys that there are.',
  },
  KEY_ROLES: {
    status: 422,
    exit: 2,
    title: 'A key may do no more than its owner',
    fix: 'Name roles that the owner has.',
  },
} as const satisfies Record<string, ErrorEntry>;
