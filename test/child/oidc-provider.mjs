// A provider of OpenID Connect, as a process of its own until whoever started it ends: it takes its client and the groups of its
// people from the first message, and other groups from later ones, and tells its address when it listens.
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

process.on('disconnect', () => process.exit());
const [{ client, groups }] = await once(process, 'message');
process.on('message', (other) => Object.assign(groups, other.groups));

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [client],
  cookies: { keys: ['a key of the test'] },
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'] },
  findAccount: async (_, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      groups: groups[id] ?? ['doctors'],
      email: id.includes('@') ? id : `${id}@Hospital.example`,
      email_verified: id !== 'unproved',
    }),
  }),
});
server.on('request', provider.callback());
process.send({ issuer });
