// One's own account: what one may do, the password, and where one is signed in.
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { headingText } from '../../format.ts';
import { useMay, useSession } from '../../session/session.ts';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

export default function Account() {
  const { data: session } = useSession();
  const may = useMay();
  const roles = session?.user?.roles ?? [];
  return (
    <Stack gap="xl">
      <title>Account · Carelake</title>
      <div>
        <Title order={1}>Account</Title>
        <Text c="dimmed" size="sm">
          You are signed in as <strong>{session?.user?.name}</strong>
          {roles.length > 0
            ? ` (${roles.map(headingText).join(', ')}).`
            : '. You have no role: an administrator gives you one.'}
        </Text>
      </div>
      {may('records:create') && !may('numbers:read') && (
        <Text size="sm" className="card" p="md" maw={640}>
          Records are typed over the interface:{' '}
          <Anchor underline="always" href="/api/docs" inherit>
            its page
          </Anchor>{' '}
          shows the form of each. You see the records that you created, and look up a patient by their id.
        </Text>
      )}
      <Password />
      <Sessions />
    </Stack>
  );
}
