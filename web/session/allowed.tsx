// A page for those who may see it; anybody else is told that it is not for their role, and nothing is asked of the server.
import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Permission } from '../../src/server/auth/permissions.ts';
import { useMay, useSession } from './session.ts';

interface Props {
  readonly needs: Permission;
  /** It is about people who sign in, of whom there are none where sign-in is off. */
  readonly inPerson?: boolean;
  readonly children: ReactNode;
}

export function Allowed({ needs, inPerson = false, children }: Props) {
  const may = useMay();
  const { data: session } = useSession();
  if (inPerson && session?.auth === 'off') {
    return (
      <Instead title="Sign-in is off">
        There are no users, sessions or keys here. Start the server without CARELAKE_AUTH=off to have them.
      </Instead>
    );
  }
  if (may(needs)) return children;
  return (
    <Instead title="This page is not for your role">
      An administrator can give you another role. The{' '}
      <Anchor component={Link} underline="always" to="/">
        first page
      </Anchor>{' '}
      is one that is for yours.
    </Instead>
  );
}

function Instead({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack className="card" p="xl" gap="md" maw={640}>
      <title>{`${title} · Carelake`}</title>
      <Title order={1}>{title}</Title>
      <Text c="dimmed">{children}</Text>
    </Stack>
  );
}
