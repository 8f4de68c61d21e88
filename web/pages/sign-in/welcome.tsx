// Where a one-time link leads: its owner chooses a password, and is signed in.
import { Button, PasswordInput, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, ask } from '../../api/request.ts';
import { momentText } from '../../format.ts';
import { type Session, useSessionChange } from '../../session/session.ts';
import { Failure } from '../../states/failure.tsx';
import { Frame } from './frame.tsx';

interface Owner {
  readonly user: string;
  readonly expires_at: string;
}

export default function Welcome() {
  // Read once and taken out of the address, where it would stand in the history of the browser.
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), []);
  const { data: owner, error } = useQuery({
    queryKey: ['/api/auth/link/owner', token],
    queryFn: ({ signal }) => ask<Owner>('/api/auth/link/owner', { signal, body: { token } }),
    enabled: token !== '',
  });
  if (token === '') {
    return (
      <Frame title="Choose a password">
        <Text>This page needs the whole link that you were given, with what stands behind its #.</Text>
      </Frame>
    );
  }
  return (
    <Frame title="Choose a password">
      {owner ? (
        <Choice token={token} owner={owner} />
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Skeleton height={160} role="status" aria-label="Loading" />
      )}
    </Frame>
  );
}

function Choice({ token, owner: { user, expires_at } }: { readonly token: string; readonly owner: Owner }) {
  const change = useSessionChange();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const choosing = useMutation({
    mutationFn: () => ask<Session>('/api/auth/link', { body: { token, password } }),
    onSuccess: (answer) => {
      change(answer);
      void navigate('/', { replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choosing.mutate();
  };
  const { error } = choosing;
  const weak = error instanceof ApiError && error.problem.code === 'PASSWORD_WEAK' ? error.problem : undefined;
  return (
    <>
      {error && !weak && <Failure error={error} />}
      <Text size="sm">
        You sign in as <strong>{user}</strong>. Take at least 12 characters that nobody would expect: four words that
        have nothing to do with one another are good.
      </Text>
      <form onSubmit={submit}>
        <Stack gap="md">
          <input type="text" name="username" autoComplete="username" value={user} readOnly hidden />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="new-password"
            autoFocus
            required
            withAsterisk={false}
            minLength={12}
            value={password}
            error={weak?.detail}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          />
          <Button type="submit" fullWidth loading={choosing.isPending}>
            Set the password and sign in
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        The link is good once, until {momentText(expires_at)}.
      </Text>
    </>
  );
}
