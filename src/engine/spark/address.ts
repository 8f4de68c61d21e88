// Where a Spark Connect server is and how to sign in: `sc://host:port/;token=…;use_ssl=true;x-header=…`.
import { CarelakeError } from '../../errors.js';

export interface SparkAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly token?: string;
  readonly user: string;
  /** Sent with every call: what a managed service asks for, such as `x-databricks-cluster-id`. */
  readonly headers: Readonly<Record<string, string>>;
}

const defaultPort = 15_002;

/** Parameters of the address that other clients know and that this one decides by itself. */
const own: Readonly<Record<string, string>> = {
  session_id: 'every statement has a session of its own',
  user_agent: 'the client says that it is Carelake',
};

/**
 * Reads an address of the form that Spark's own clients take. Except to this machine, a token is sent over TLS alone, and
 * headers are unless `use_ssl=false` stands there, since some services sign in by one.
 * @throws ENGINE_ADDRESS, which says the fault and never the token.
 */
export function parseAddress(text: string): SparkAddress {
  const [, host, portText, rest = ''] =
    /^sc:[/][/]([^:/;@?#\s]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(?:[/]?$|[/]?;(.*)$)/i.exec(text) ?? [];
  if (host === undefined) throw wrong('it is not of the form sc://host:port/;name=value;…');
  const port = portText === undefined ? defaultPort : Number(portText);
  if (port < 1 || port > 65_535) throw wrong(`${port} is no port`);
  const { token, use_ssl: ssl, user_id: user = 'carelake', ...headers } = parametersOf(rest);
  if (ssl !== undefined && ssl !== 'true' && ssl !== 'false') throw wrong('use_ssl is neither true nor false');
  const local = isThisMachine(host);
  if (token !== undefined && ssl === 'false' && !local) {
    throw wrong(`a token is not sent to ${host} without TLS: leave use_ssl=false away`);
  }
  const mayBeSecret = token !== undefined || Object.keys(headers).length > 0;
  const tls = ssl === undefined ? mayBeSecret && !local : ssl === 'true';
  return { host, port, tls, ...(token !== undefined && { token }), user, headers };
}

/** @throws ENGINE_ADDRESS where what is sent to the server could be read on the way. */
export function requirePrivate({ host, tls }: SparkAddress, what: string): void {
  if (!tls && !isThisMachine(host)) throw wrong(`${what} are not sent to ${host} without TLS: add use_ssl=true`);
}

const isThisMachine = (host: string): boolean => /^(localhost|127[.][0-9.]+|\[::1\])$/i.test(host);

/** The address as it may be shown: without token, user and headers. */
export const shownAddress = ({ host, port }: SparkAddress): string => `sc://${host}:${port}`;

function parametersOf(text: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of text.split(';').filter((part) => part !== '')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (at < 1 || at === pair.length - 1) throw wrong('a parameter is not of the form name=value');
    // gRPC takes these names and values for headers alone; what else a service could want, it could not read.
    if (!/^[0-9A-Za-z_.-]+$/.test(name) || name.endsWith('-bin'))
      throw wrong('a parameter has a name that is no header');
    const reason = own[name.toLowerCase()];
    if (reason !== undefined) throw wrong(`${name} cannot be given: ${reason}`);
    if (parameters[name] !== undefined) throw wrong(`${name} is given twice`);
    parameters[name] = headerValue(name, pair.slice(at + 1));
  }
  return parameters;
}

function headerValue(name: string, text: string): string {
  const value = decoded(text);
  if (value === undefined || !/^[\x20-\x7e]+$/.test(value)) throw wrong(`the value of ${name} is no text of a header`);
  return value;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const wrong = (fault: string): CarelakeError =>
  new CarelakeError('ENGINE_ADDRESS', `The address of the Spark Connect server: ${fault}.`);
