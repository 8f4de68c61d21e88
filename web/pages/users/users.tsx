// Who may sign in: to be added, given other roles, disabled, and given a link by which they choose a password.
import { ActionIcon, Badge, Button, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { type NewLink, type User, useRefresh, useUsers } from '../../api/people.ts';
import { ask } from '../../api/request.ts';
import { Confirm } from '../../dialogs/confirm.tsx';
import { Once } from '../../dialogs/once.tsx';
import { headingText, momentText, unknown } from '../../format.ts';
import { useSession } from '../../session/session.ts';
import { DotsIcon } from '../../shell/icons.tsx';
import { Answered } from '../../states/answered.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { AddUser } from './add-user.tsx';
import { ChangeRoles } from './change-roles.tsx';

type Doing = { readonly what: 'add' } | { readonly what: 'roles' | 'disable' | 'enable' | 'link'; readonly user: User };

export default function Users() {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [made, setMade] = useState<NewLink | null>(null);
  const refresh = useRefresh('users');
  const close = () => setDoing(null);
  const done = (link: NewLink | null = null) => {
    close();
    setMade(link);
    refresh();
  };
  return (
    <Stack gap="lg">
      <title>Users · Carelake</title>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1}>Users</Title>
          <Text c="dimmed" size="sm">
            Who may sign in, and what for. Nobody is removed, since the audit log names them; whoever leaves is
            disabled.
          </Text>
        </div>
        <Button onClick={() => setDoing({ what: 'add' })}>Add a user</Button>
      </Group>
      <Answered query={useUsers()} height={240}>
        {({ users }) => (
          <TableFrame
            label="Users"
            head={
              <>
                <Head>Name</Head>
                <Head>Roles</Head>
                <Head>State</Head>
                <Head>Last signed in</Head>
                <Head>Added</Head>
                <Head>
                  <span className="unseen">Actions</span>
                </Head>
              </>
            }
          >
            {users.map((user) => (
              <Row key={user.name} user={user} onDo={(what) => setDoing({ what, user })} />
            ))}
          </TableFrame>
        )}
      </Answered>
      {doing?.what === 'add' && <AddUser onMade={done} onClose={close} />}
      {doing?.what === 'roles' && <ChangeRoles user={doing.user} onDone={() => done()} onClose={close} />}
      {doing && 'user' in doing && doing.what !== 'roles' && (
        <Deed what={doing.what} user={doing.user} onDone={done} onClose={close} />
      )}
      {made && (
        <Once
          title={`The link for ${made.user.name}`}
          label="Link"
          secret={`${window.location.origin}${made.link.path}`}
          onClose={() => setMade(null)}
        >
          Give it to {made.user.name} in a way that nobody else sees: whoever opens it first chooses the password. It is
          good once, until {momentText(made.link.expires_at)}, and is shown only now.
        </Once>
      )}
    </Stack>
  );
}

function Row({
  user,
  onDo,
}: {
  readonly user: User;
  readonly onDo: (what: 'roles' | 'disable' | 'enable' | 'link') => void;
}) {
  const { data: session } = useSession();
  const { name, roles, state, signed_in_at, created_at, created_by } = user;
  return (
    <tr>
      <td className="titled">
        <span className="run">
          <strong className="long">{name}</strong>
          {session?.user?.name === name && <span className="quiet">you</span>}
        </span>
      </td>
      <td className="whole" data-label="Roles">
        {roles.map(headingText).join(', ') || unknown}
      </td>
      <td data-label="State">
        <State state={state} />
      </td>
      <td className="nowrap figures" data-label="Last signed in">
        {signed_in_at === null ? <span className="quiet">never</span> : momentText(signed_in_at)}
      </td>
      <td className="figures" data-label="Added">
        {momentText(created_at)} <span className="quiet">by {created_by}</span>
      </td>
      <td className="actions">
        <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
              <DotsIcon />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onDo('roles')}>Change roles</Menu.Item>
            {state !== 'disabled' && <Menu.Item onClick={() => onDo('link')}>Make a link for a password</Menu.Item>}
            <Menu.Item onClick={() => onDo(state === 'disabled' ? 'enable' : 'disable')}>
              {state === 'disabled' ? 'Enable' : 'Disable'}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}

function State({ state }: Pick<User, 'state'>) {
  if (state === 'active') return 'Active';
  return (
    <Badge variant="light" color={state === 'disabled' ? 'gray' : 'lake'} size="sm" tt="none">
      {state}
    </Badge>
  );
}

interface DeedProps {
  readonly what: 'disable' | 'enable' | 'link';
  readonly user: User;
  readonly onDone: (link: NewLink | null) => void;
  readonly onClose: () => void;
}

function Deed({ what, user: { name }, onDone, onClose }: DeedProps) {
  const path = `/api/users/${encodeURIComponent(name)}`;
  if (what === 'link') {
    const act = async () => onDone(await ask<NewLink>(`${path}/link`, { body: {} }));
    return (
      <Confirm title={`A link for ${name}`} deed="Make the link" act={act} onDone={() => undefined} onClose={onClose}>
        By the link {name} chooses another password, which ends their sessions. Until then the one they have stays good.
      </Confirm>
    );
  }
  const disabled = what === 'disable';
  return (
    <Confirm
      title={disabled ? `Disable ${name}` : `Enable ${name}`}
      deed={disabled ? 'Disable' : 'Enable'}
      act={() => ask(path, { method: 'PATCH', body: { disabled } })}
      onDone={() => onDone(null)}
      onClose={onClose}
    >
      {disabled
        ? `All sessions of ${name} end at once, and their keys and tokens are refused. What they typed stays.`
        : `${name} may sign in again by the password that they had, and their keys are good again.`}
    </Confirm>
  );
}
