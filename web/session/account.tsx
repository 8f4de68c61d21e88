// Who is signed in, and the way out.
import { Button, Popover, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ask } from '../api/request.ts';
import { headingText } from '../format.ts';
import { PersonIcon } from '../shell/icons.tsx';
import { type Session, useSession, useSessionChange } from './session.ts';

export function Account({ user }: { readonly user: NonNullable<Session['user']> }) {
  const { data: session } = useSession();
  const change = useSessionChange();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const signOut = async () => {
    // Where the session is over already, the page is left all the same.
    await ask('/api/auth/sign-out', { body: {} }).catch(() => undefined);
    change({ auth: 'on', user: null, provider: session?.provider ?? null, csrf_token: null });
    await navigate('/sign-in', { replace: true });
  };
  return (
    <Popover
      position="bottom-end"
      width={220}
      withinPortal={false}
      transitionProps={{ duration: 0 }}
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          px={6}
          aria-label={`Account of ${user.name}`}
          className="account"
          onClick={() => setOpened(!opened)}
        >
          <PersonIcon />
          <Text span size="sm" ml={6} visibleFrom="sm" className="account-name">
            {user.name}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={500} className="account-name">
              {user.name}
            </Text>
            <Text size="xs" c="dimmed">
              {user.roles.map(headingText).join(', ') || 'No role'}
            </Text>
          </div>
          <Button variant="default" size="xs" component={Link} to="/account" onClick={() => setOpened(false)}>
            Password and sessions
          </Button>
          <Button variant="default" size="xs" onClick={() => void signOut()}>
            Sign out
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
