// What the server is to the network: under which names it answers, to whom, over what, and how often.
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { Setting } from './setting.js';

export interface NetworkConfig {
  /** Names under which the server is reached, in lower case, beside those of this machine. */
  readonly publicHosts: readonly string[];
  /** Whose X-Forwarded-For, -Proto and -Host are believed: addresses and CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** What the server tells of itself while it works. */
  readonly log: 'json' | 'text' | 'off';
  /** With which Prometheus may read /metrics. */
  readonly metricsToken: string | null;
  /** The private keys that access tokens are signed with, in PEM; null makes one and keeps it. */
  readonly tokenKeys: string | null;
  /** Web pages of these origins may ask, too. */
  readonly cors: readonly string[];
  /** Files of PEM, as absolute paths: the certificate with those that lead to its root, and its key. */
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  /** Requests a minute; null does not count them. */
  readonly rateAddress: number | null;
  readonly rateUser: number | null;
  readonly rateSignIn: number | null;
  /** Connections at once, and how many of them one other machine may hold. */
  readonly connections: number;
  readonly connectionsAddress: number;
  /** How long what was begun may go on when the server is asked to stop, in seconds. */
  readonly stopSeconds: number;
  /** How late the event loop may be, on average over a second, until data is refused, in milliseconds; null refuses nobody. */
  readonly busyAfter: number | null;
}

const wholeNumberIn = (text: string): number | undefined => (/^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : undefined);

const countOrOff = {
  form: 'a whole number from 1 to 9999999, or off',
  read: (text: string) => (text === 'off' ? null : wholeNumberIn(text)),
};

const count = { form: 'a whole number from 1 to 9999999', read: wholeNumberIn };

/** `a, b c` → its parts, each once; undefined where one of them is none of the kind. */
function listOf(text: string, is: (part: string) => boolean): readonly string[] | undefined {
  const parts = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  return parts.every(is) ? parts : undefined;
}

const isHost = (text: string): boolean =>
  isIP(text) !== 0 ||
  (text.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(text));

function isBlock(text: string): boolean {
  const [address = '', bits] = text.split('/', 2);
  const most = { 4: 32, 6: 128 }[isIP(address)];
  if (most === undefined || text.split('/').length > 2) return false;
  return bits === undefined || (/^[1-9][0-9]{0,2}$/.test(bits) && Number(bits) <= most);
}

/** As a browser sends it: scheme, host and port, and nothing after them. */
function isOrigin(text: string): boolean {
  if (!/^https?:[/][/]/.test(text) || text.includes('*')) return false;
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

export const networkSettings: { readonly [Key in keyof NetworkConfig]: Setting<NetworkConfig[Key], NetworkConfig> } = {
  publicHosts: {
    name: 'CARELAKE_PUBLIC_HOSTS',
    meaning:
      'Names under which the server is reached, beside those of this machine; requests to any other are refused.',
    form: 'names of hosts such as carelake.example.org, separated by commas, without port',
    otherwise: 'none',
    read: (text) => listOf(text.toLowerCase(), isHost),
    default: () => [],
  },
  trustedProxies: {
    name: 'CARELAKE_TRUSTED_PROXIES',
    meaning: 'The proxies before the server, whose X-Forwarded-For, -Proto and -Host are believed.',
    form: 'addresses or blocks such as 10.1.2.3 or 10.1.0.0/16, separated by commas; no block may hold every address',
    otherwise: 'none: these headers are not looked at',
    read: (text) => listOf(text, isBlock),
    default: () => [],
  },
  log: {
    name: 'CARELAKE_LOG',
    meaning: 'How the server writes down requests and failures, on stderr, without values of patients.',
    form: 'json, text or off',
    otherwise: 'off: failures alone',
    read: (text) => (text === 'json' || text === 'text' || text === 'off' ? text : undefined),
    default: () => 'off',
  },
  metricsToken: {
    name: 'CARELAKE_METRICS_TOKEN',
    meaning: 'The token with which Prometheus may read /metrics; without it, only administrators may.',
    secret: true,
    form: 'a text of 16 or more letters, digits and - _ . ~ + /',
    otherwise: 'none',
    read: (text) => (/^[A-Za-z0-9._~+/-]{16,}=*$/.test(text) ? text : undefined),
    default: () => null,
  },
  tokenKeys: {
    name: 'CARELAKE_TOKEN_KEY',
    meaning: 'The private keys that access tokens of programs are signed with: the first one signs, all are good.',
    secret: true,
    form: 'private keys of the curve P-256 in PEM, best in a file',
    otherwise: 'made once, in token-keys.pem in the data folder',
    read: (text) => (text.includes('PRIVATE KEY-----') ? text : undefined),
    default: () => null,
  },
  cors: {
    name: 'CARELAKE_CORS',
    meaning: 'Origins whose web pages may ask this server, too.',
    form: 'origins such as http://localhost:3000, separated by commas; never *',
    otherwise: 'none',
    read: (text) => listOf(text, isOrigin),
    default: () => [],
  },
  tlsCert: {
    name: 'CARELAKE_TLS_CERT',
    meaning:
      'A file with the certificate of the server, and those that lead to its root: it then answers over TLS alone.',
    form: 'the path of a file of PEM',
    otherwise: 'none',
    read: (text, folder) => resolve(folder, text),
    default: () => null,
  },
  tlsKey: {
    name: 'CARELAKE_TLS_KEY',
    meaning: 'The file with the key of that certificate.',
    form: 'the path of a file of PEM',
    otherwise: 'none',
    read: (text, folder) => resolve(folder, text),
    default: () => null,
  },
  rateAddress: {
    ...{ name: 'CARELAKE_RATE_ADDRESS', otherwise: '6000' },
    meaning: 'Requests a minute from one other machine.',
    ...countOrOff,
    default: () => 6000,
  },
  rateUser: {
    ...{ name: 'CARELAKE_RATE_USER', otherwise: '6000' },
    meaning: 'Requests a minute by one user or key.',
    ...countOrOff,
    default: () => 6000,
  },
  rateSignIn: {
    ...{ name: 'CARELAKE_RATE_SIGN_IN', otherwise: '60' },
    meaning: 'Attempts a minute to sign in or to get a token, from one address or one known browser.',
    ...countOrOff,
    default: () => 60,
  },
  connections: {
    name: 'CARELAKE_CONNECTIONS',
    meaning: 'Connections that are open at once; further ones are closed.',
    ...count,
    otherwise: '2000',
    default: () => 2000,
  },
  connectionsAddress: {
    name: 'CARELAKE_CONNECTIONS_ADDRESS',
    meaning: 'Connections that one other machine may hold of them; trusted proxies may hold any.',
    ...count,
    otherwise: '200',
    default: () => 200,
  },
  stopSeconds: {
    name: 'CARELAKE_STOP_SECONDS',
    meaning: 'How long requests that were begun may go on when the server is asked to stop.',
    ...count,
    otherwise: '5',
    default: () => 5,
  },
  busyAfter: {
    name: 'CARELAKE_BUSY_AFTER',
    meaning: 'How late the server may be with what it is to do, in milliseconds, until it refuses to give data.',
    ...countOrOff,
    otherwise: '2000',
    default: () => 2000,
  },
};
