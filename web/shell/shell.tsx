// The frame of every page: navigation, scheme, what run the numbers come from; asks anew when another is published.
import { AppShell, Burger, Group, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useRef } from 'react';
import { Link, Outlet } from 'react-router';
import { statusPath, useStatus } from '../api/queries.ts';
import { dateText, runNumber } from '../format.ts';
import { Account } from '../session/account.tsx';
import { type Session, sessionPath } from '../session/session.ts';
import { SignedIn } from '../session/signed-in.tsx';
import { useChanges } from './changes.ts';
import { Navigation } from './navigation.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';

export function Shell() {
  return <SignedIn>{(session) => <Pages session={session} />}</SignedIn>;
}

function Pages({ session: { auth, user } }: { readonly session: Session }) {
  const [open, { toggle, close }] = useDisclosure(false);
  const mayRead = user?.permissions.includes('numbers:read') ?? false;
  const { data: status } = useStatus(mayRead);
  useChanges(mayRead);
  useRefreshedBy(status?.run?.id);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
              aria-expanded={open}
            />
            <Link to="/" className="brand" onClick={close}>
              <img src="/favicon.svg" alt="" width={24} height={24} />
              Carelake
            </Link>
          </Group>
          <Group gap="sm" wrap="nowrap">
            {status?.run && (
              <Text size="xs" c="dimmed" className="figures">
                Run {runNumber(status.run.id)}
                <Text span inherit visibleFrom="xs">
                  , as of {dateText(status.run.as_of)}
                </Text>
              </Text>
            )}
            <SchemeSwitch />
            {auth === 'on' && user && <Account user={user} />}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Pages">
        <Navigation onNavigate={close} />
      </AppShell.Navbar>
      <AppShell.Main>
        <div className="page">
          {auth === 'off' && (
            <Text size="sm" className="held" mb="md" role="note">
              Sign-in is off: whoever uses this machine may see and change everything.
            </Text>
          )}
          <Suspense fallback={<Skeleton height={320} role="status" aria-label="Loading" />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** Another published run makes every answer but the status itself one of the past. */
function useRefreshedBy(run: string | undefined): void {
  const queries = useQueryClient();
  const seen = useRef(run);
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== run) {
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== statusPath && queryKey[0] !== sessionPath,
      });
    }
    seen.current = run;
  }, [run, queries]);
}
