// carelake key: API keys of programs.
import { Command } from 'commander';
import { CarelakeError } from '../../errors.js';
import type { ApiKey } from '../../records/directory/key.js';
import { command, running, wholeNumber } from '../command.js';
import { textTable } from '../output.js';
import { authorOf, handOver, openDirectory, rolesOf, several } from '../users.js';

interface CreateOptions {
  readonly user: string;
  readonly name: string;
  readonly role?: readonly string[];
  readonly days: number;
}

const create = command({
  name: 'create',
  summary: 'Make an API key that acts in the name of a user; its secret is shown this once',
  examples: [
    'key create --user ann --name "nightly report" --role analyst',
    'key create --user ann --name lab --days 30 --json',
  ],
})
  .requiredOption('--user <name>', 'in whose name it acts')
  .requiredOption('--name <text>', 'what it is for')
  .option('--role <role>', 'one of the user’s roles; may be given several times; else all of them', several)
  .option('--days <n>', 'how long it is good for', wholeNumber('--days', 1, 366), 90)
  .action(
    running<CreateOptions, []>(async (invocation, { user: owner, name, role, days }) => {
      const directory = await openDirectory(invocation);
      const { users, keys } = directory;
      const user = await users.get(owner);
      if (!user) throw new CarelakeError('USER_NOT_FOUND', `There is no user ${JSON.stringify(owner.slice(0, 100))}.`);
      const wanted = { name, roles: role ? rolesOf(role) : user.roles, days };
      const { key, secret } = await keys.add(user, wanted, authorOf('key'));
      await handOver(invocation, directory);
      invocation.output.result(
        { key: shown(key), secret },
        () =>
          `Send it as Authorization: Bearer …; it is shown this once, and good until ${key.expires_at}.\n  ${secret}`,
      );
    }),
  );

const list = command({
  name: 'list',
  summary: 'Every API key: whose, what for, until when, and when it was last used',
  examples: ['key list', 'key list --user ann --json'],
})
  .option('--user <name>', 'only those of this user')
  .action(
    running<{ readonly user?: string }, []>(async (invocation, { user }) => {
      const all = await (await openDirectory(invocation)).keys.list(user);
      invocation.output.result({ keys: all.map(shown) }, () =>
        all.length === 0
          ? 'There is no key.'
          : textTable(
              ['key', 'user', 'name', 'roles', 'good until', 'last used'],
              all.map((key) => [
                ...[key.id, key.user, key.name, key.roles.join(', '), key.expires_at.slice(0, 10)],
                key.used_at?.slice(0, 16).replace('T', ' ') ?? 'never',
              ]),
            ),
      );
    }),
  );

const revoke = command({
  name: 'revoke',
  summary: 'Make an API key good for nothing, at once',
  examples: ['key revoke 5f1d7a84db3b6c8e'],
})
  .argument('<id>', 'as key list names it')
  .action(
    running<object, [string]>(async (invocation, _, id) => {
      const directory = await openDirectory(invocation);
      if (!(await directory.keys.remove(id, authorOf('key'))))
        throw new CarelakeError('KEY_NOT_FOUND', `There is no key ${id.slice(0, 100)}.`);
      await handOver(invocation, directory);
      invocation.output.result({ id, revoked: true }, () => `The key ${id} is good for nothing from now on.`);
    }),
  );

const shown = ({ id, user, name, roles, created_at, expires_at, used_at }: ApiKey) => ({
  ...{ id, user, name, roles, created_at, expires_at, used_at },
});

/** Has no options: those of the commands below it would be taken for its own. */
export const keyCommand = new Command('key')
  .description('API keys of programs: create, list, revoke')
  .addHelpText('after', '\nExamples:\n  carelake key create --user ann --name "nightly report"\n  carelake key list');
for (const one of [create, list, revoke]) {
  keyCommand.addCommand(one.exitOverride().showHelpAfterError('(--help shows how it is used)'));
}
