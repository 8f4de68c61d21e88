// People of a house with sign-in, and what they ask.
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Role } from '../../../src/records/directory/role.js';
import type { User } from '../../../src/records/directory/user.js';
import type { House } from '../house.js';

/** Of a password that nobody knows. */
const noPassword = '$argon2id$v=19$m=19456,t=2,p=1$m5XYU32r1UQPWq5wivvi2A$uuPaL0DXQNwQzvRyig1XGxaqTkOyNCQEHeQOjJUY8ME';

/** Who gives rights in a test that is not about that. */
export const author = { by: 'test', kind: 'process', from: 'a test', request: null } as const;

type Asked = Omit<InjectOptions, 'method'> & { readonly method?: string };

export interface Person {
  readonly user: User;
  readonly cookie: string;
  readonly csrf: string;
  /** As their browser asks: with the cookie, and with what their page adds. */
  ask(url: string, method?: string, payload?: object, options?: Asked): Promise<LightMyRequestResponse>;
}

/** In a server that is asked without a network there is no port. */
export const sessionCookie = 'carelake_session_0';
export const deviceCookie = 'carelake_device_0';

export async function userOf({ server }: House, name: string, roles: readonly Role[]): Promise<User> {
  const { users } = await server.directory();
  return (await users.get(name)) ?? users.add({ name, roles, password: noPassword, created_by: 'test' }, author);
}

/** Somebody with a session of their own. */
export async function personOf(house: House, name: string, roles: readonly Role[]): Promise<Person> {
  const user = await userOf(house, name, roles);
  const { sessions } = await house.server.directory();
  const { token, session } = await sessions.open(user, { from: '127.0.0.1', agent: 'test' });
  return personBy(house, user, token, session.csrf);
}

export function personBy({ server }: House, user: User, token: string, csrf: string): Person {
  const cookie = `${sessionCookie}=${token}`;
  return {
    user,
    cookie,
    csrf,
    ask: (url, method = 'GET', payload, options = {}) =>
      server.inject({
        ...options,
        url,
        method: method as 'GET',
        ...(payload && { payload }),
        headers: { cookie, 'x-csrf-token': csrf, ...options.headers },
      }),
  };
}

/** The value that an answer gives a cookie; empty where it takes it away. */
export const cookieOf = ({ cookies }: LightMyRequestResponse, name = sessionCookie): string | undefined =>
  cookies.find((one) => one.name === name)?.value;
