// Another password for whoever is signed in.
import { Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useRefresh } from '../../api/people.ts';
import { ApiError, ask } from '../../api/request.ts';
import { type Session, useSession, useSessionChange } from '../../session/session.ts';
import { Failure } from '../../states/failure.tsx';

export function Password() {
  const { data: session } = useSession();
  const take = useSessionChange();
  const refresh = useRefresh('sessions');
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const changing = useMutation({
    mutationFn: () => ask<Session>('/api/auth/password', { body: { current, password } }),
    onSuccess: (answer) => {
      take(answer);
      setCurrent('');
      setPassword('');
      refresh();
    },
  });
  const { error } = changing;
  const saidOf = (code: string) =>
    error instanceof ApiError && error.problem.code === code ? error.problem : undefined;
  const wrong = saidOf('PASSWORD_WRONG');
  const weak = saidOf('PASSWORD_WEAK');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate();
  };
  const shown = { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } };
  return (
    <Stack component="section" gap="sm" aria-labelledby="password" maw={460}>
      <div>
        <Title order={2} id="password">
          Password
        </Title>
        <Text size="sm" c="dimmed">
          At least 12 characters that nobody would expect. All other sessions end with it.
        </Text>
      </div>
      {error && !wrong && !weak && <Failure error={error} />}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={session?.user?.name ?? ''}
            readOnly
            hidden
          />
          <PasswordInput
            {...shown}
            label="Present password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            error={wrong && 'It is not your password.'}
            onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
          />
          <PasswordInput
            {...shown}
            label="New password"
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            value={password}
            error={weak?.detail}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          <Group gap="md">
            <Button type="submit" loading={changing.isPending}>
              Change the password
            </Button>
            <Text size="sm" className="good" role="status">
              {changing.isSuccess && 'It is changed.'}
            </Text>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
