// Keys of programs: made with some of one's roles, shown once, revoked. An administrator sees those of others, too.
import { Badge, Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { type Key, useKeys, useRefresh, useUsers } from '../../api/people.ts';
import { ask } from '../../api/request.ts';
import { Confirm } from '../../dialogs/confirm.tsx';
import { Once } from '../../dialogs/once.tsx';
import { headingText, momentText } from '../../format.ts';
import { useMay, useSession } from '../../session/session.ts';
import { Answered } from '../../states/answered.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { MakeKey, type NewKey } from './make-key.tsx';

export default function Keys() {
  const { data: session } = useSession();
  const own = session?.user?.name ?? '';
  const [whose, setWhose] = useState(own);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewKey | null>(null);
  const [revoked, setRevoked] = useState<Key | null>(null);
  const refresh = useRefresh('keys');
  return (
    <Stack gap="lg">
      <title>API keys · Carelake</title>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1}>API keys</Title>
          <Text c="dimmed" size="sm">
            By a key a program acts in your name, with some of your roles. What you may no longer do, it may not do
            either.
          </Text>
        </div>
        <Button onClick={() => setMaking(true)}>Make a key</Button>
      </Group>
      <Others own={own} whose={whose} onChoose={setWhose} />
      <Answered query={useKeys(whose)} height={160}>
        {({ keys }) =>
          keys.length === 0 ? (
            <Text size="sm" c="dimmed">
              {whose === own ? 'You have no keys.' : `${whose} has no keys.`}
            </Text>
          ) : (
            <TableFrame
              label={whose === own ? 'Your keys' : `Keys of ${whose}`}
              head={
                <>
                  <Head>Key</Head>
                  <Head>Roles</Head>
                  <Head>Made</Head>
                  <Head>Good until</Head>
                  <Head>Last used</Head>
                  <Head>
                    <span className="unseen">Actions</span>
                  </Head>
                </>
              }
            >
              {keys.map((key) => (
                <Row key={key.id} shown={key} onRevoke={() => setRevoked(key)} />
              ))}
            </TableFrame>
          )
        }
      </Answered>
      {making && session?.user && (
        <MakeKey
          roles={session.user.roles}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
            setWhose(own);
            refresh();
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {made && (
        <Once title={`The key ${made.key.name}`} label="Secret" secret={made.secret} onClose={() => setMade(null)}>
          It is shown only now. Programs send it as <code>Authorization: Bearer clk_…</code>; it is good until{' '}
          {momentText(made.key.expires_at)}.
        </Once>
      )}
      {revoked && (
        <Confirm
          title={`Revoke ${revoked.name}`}
          deed="Revoke"
          act={() => ask(`/api/keys/${revoked.id}`, { method: 'DELETE' })}
          onDone={() => {
            setRevoked(null);
            refresh();
          }}
          onClose={() => setRevoked(null)}
        >
          Programs that use the key, and tokens that were made with it, are refused from now on.
        </Confirm>
      )}
    </Stack>
  );
}

interface OthersProps {
  readonly own: string;
  readonly whose: string;
  readonly onChoose: (name: string) => void;
}

function Others({ own, whose, onChoose }: OthersProps) {
  const isAdmin = useMay()('users:write');
  const { data } = useUsers(isAdmin);
  if (!isAdmin || !data || data.users.length < 2) return null;
  return (
    <Select
      label="Whose"
      size="sm"
      maw={280}
      searchable
      allowDeselect={false}
      value={whose}
      onChange={(name) => onChoose(name ?? own)}
      data={data.users.map(({ name }) => ({ value: name, label: name === own ? `${name} (you)` : name }))}
    />
  );
}

function Row({ shown, onRevoke }: { readonly shown: Key; readonly onRevoke: () => void }) {
  const { id, name, roles, created_at, expires_at, used_at } = shown;
  const isOver = new Date(expires_at) <= new Date();
  return (
    <tr>
      <td className="titled">
        <strong className="long">{name}</strong>
        <Text size="xs" c="dimmed">
          <code>{id}</code>
        </Text>
      </td>
      <td data-label="Roles" className="whole">
        {roles.map(headingText).join(', ')}
      </td>
      <td className="nowrap figures" data-label="Made">
        {momentText(created_at)}
      </td>
      <td className="nowrap figures" data-label="Good until">
        {isOver ? (
          <Badge variant="light" color="gray" size="sm" tt="none">
            expired
          </Badge>
        ) : (
          momentText(expires_at)
        )}
      </td>
      <td className="nowrap figures" data-label="Last used">
        {used_at === null ? <span className="quiet">never</span> : momentText(used_at)}
      </td>
      <td className="actions">
        <Button variant="default" size="compact-sm" onClick={onRevoke} aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      </td>
    </tr>
  );
}
