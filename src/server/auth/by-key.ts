// A program, by an API key of somebody: Authorization: Bearer clk_…
import type { Authenticator } from './authenticator.js';

export const byKey: Authenticator = async (request) => {
  const [, secret] = /^Bearer (clk_\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (secret === undefined) return undefined;
  const { keys } = await request.server.directory();
  const found = await keys.find(secret);
  return found && { name: found.user.name, kind: 'key', id: found.key.id, roles: found.roles };
};
