// carelake user: who may sign in to the server.
import { Command } from 'commander';
import { CarelakeError } from '../../errors.js';
import { userName } from '../../pipeline/land/user-name.js';
import { hashOfNew } from '../../records/directory/password.js';
import type { User } from '../../records/directory/user.js';
import { shownUser } from '../../server/auth/user-schema.js';
import { command, type Invocation, running } from '../command.js';
import { readNewPassword } from '../secret-input.js';
import {
  authorOf,
  handOver,
  linkDocument,
  linkText,
  note,
  openDirectory,
  rolesOf,
  several,
  usersText,
} from '../users.js';

const add = command({
  name: 'add',
  summary: 'Add a user, and print a link by which they choose a password',
  examples: ['user add ann --role clinician', 'user add lab@hospital.example --role data_entry,analyst --json'],
})
  .argument('<name>', 'a-z, 0-9 and . _ @ + -; may be an address of e-mail')
  .requiredOption(
    '--role <role>',
    'admin, clinician, data_entry, analyst or auditor; may be given several times',
    several,
  )
  .action(
    running<{ readonly role: readonly string[] }, [string]>(async (invocation, { role }, name) => {
      const directory = await openDirectory(invocation);
      const { users, links } = directory;
      const asked = { name, roles: rolesOf(role), password: null, created_by: userName() };
      const user = await users.add(asked, authorOf('user'));
      await handOver(invocation, directory);
      const link = linkDocument(invocation, await links.make(user));
      invocation.output.result({ user: shownUser(user), link }, () => `${user.name} is added.\n${linkText(link)}`);
    }),
  );

const list = command({
  name: 'list',
  summary: 'Every user with their roles, and when they last signed in',
  examples: ['user list', 'user list --json'],
}).action(
  running<object, []>(async (invocation) => {
    const all = await (await openDirectory(invocation)).users.all();
    invocation.output.result({ users: all.map(shownUser) }, () => usersText(all));
  }),
);

const password = command({
  name: 'password',
  summary: 'Give a user another password, or print a link by which they choose one; their sessions end',
  examples: ['user password ann', 'user password ann --link', 'pass show carelake | carelake user password admin'],
})
  .argument('<name>', 'the user; admin is made where there is no user at all')
  .option('--link', 'print a link that is good once, in place of asking for the password')
  .action(
    running<{ readonly link?: boolean }, [string]>(async (invocation, { link: asLink }, name) => {
      const { output, signal } = invocation;
      const directory = await openDirectory(invocation);
      const { users, links } = directory;
      const user = await users.get(name);
      if (!user && !(name === 'admin' && (await users.isEmpty()))) {
        throw new CarelakeError('USER_NOT_FOUND', `There is no user ${JSON.stringify(name.slice(0, 100))}.`);
      }
      if (asLink) {
        // What is not written down is not done.
        await note(invocation, 'link', `for ${user?.name ?? name}`);
        const made = user ? await links.make(user) : await links.ofFirstStart();
        if (!made) throw new CarelakeError('USER_NOT_FOUND', `There is no user ${name}.`);
        const link = linkDocument(invocation, made);
        output.result({ link }, () => linkText(link));
        return;
      }
      const hash = await hashOfNew(await readNewPassword(signal), [name]);
      const changed = user
        ? await users.setPassword(name, hash, authorOf('password'), `of ${user.name}`)
        : await users.add({ name, roles: ['admin'], password: hash, created_by: userName() }, authorOf('password'));
      await handOver(invocation, directory);
      output.result({ user: shownUser(changed) }, () => `${changed.name} signs in with the new password.`);
    }),
  );

const disable = command({
  name: 'disable',
  summary: 'Let a user sign in no more: their sessions end at once, and their keys are refused',
  examples: ['user disable ann'],
})
  .argument('<name>', 'the user')
  .action(running<object, [string]>((invocation, _, name) => turn(invocation, name, true)));

const enable = command({
  name: 'enable',
  summary: 'Let a user sign in again who was disabled',
  examples: ['user enable ann'],
})
  .argument('<name>', 'the user')
  .action(running<object, [string]>((invocation, _, name) => turn(invocation, name, false)));

async function turn(invocation: Invocation, name: string, disabled: boolean): Promise<void> {
  const directory = await openDirectory(invocation);
  const user: User = await directory.users.changeRights(name, { disabled }, authorOf('user'));
  await handOver(invocation, directory);
  invocation.output.result({ user: shownUser(user) }, () => usersText([user]));
}

/** Has no options: those of the commands below it would be taken for its own. */
export const userCommand = new Command('user')
  .description('Who may sign in to the server: add, list, password, disable, enable')
  .addHelpText('after', '\nExamples:\n  carelake user add ann --role clinician\n  carelake user list');
for (const one of [add, list, password, disable, enable]) {
  userCommand.addCommand(one.exitOverride().showHelpAfterError('(--help shows how it is used)'));
}
