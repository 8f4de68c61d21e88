// A page for those who may see it; anybody else is told that it is not for their role, and nothing is asked of the server.
import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Permission } from '../../src/server/auth/permissions.ts';
import { useMay } from './session.ts';

export function Allowed({ needs, children }: { readonly needs: Permission; readonly children: ReactNode }) {
  const may = useMay();
  if (may(needs)) return children;
  return (
    <Stack className="card" p="xl" gap="md" maw={640}>
      <title>Not for this role · Carelake</title>
      <Title order={1}>This page is not for your role</Title>
      <Text c="dimmed">
        What you may do is done over the interface, or on another page of this app. An administrator can give you
        another role.
      </Text>
    </Stack>
  );
}
