// Signs in by name and password, and goes on to where one was going.
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { asked } from '../../api/queries.ts';
import { ApiError, ask } from '../../api/request.ts';
import { type Session, useSession, useSessionChange } from '../../session/session.ts';
import { Failure } from '../../states/failure.tsx';
import { Frame } from './frame.tsx';

export default function SignIn() {
  const [parameters] = useSearchParams();
  const to = pathIn(parameters.get('to'));
  const { data: session } = useSession();
  const change = useSessionChange();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signingIn = useMutation({
    mutationFn: () => ask<Session>('/api/auth/sign-in', { body: { name, password } }),
    onSuccess: (answer) => {
      change(answer);
      void navigate(to, { replace: true });
    },
    onError: () => setPassword(''),
  });
  if (session?.user && !signingIn.isPending) return <Navigate to={to} replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signingIn.mutate();
  };
  return (
    <Frame title="Sign in">
      {signingIn.error ? <Failure error={signingIn.error} /> : <Problem code={parameters.get('problem')} />}
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          />
          <Button type="submit" fullWidth loading={signingIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
      {session?.provider && (
        <Button component="a" variant="default" fullWidth href={`/api/auth/oidc/start?to=${encodeURIComponent(to)}`}>
          Sign in at {session.provider}
        </Button>
      )}
      <Text size="sm" c="dimmed">
        Everybody chooses their password by a link. The first one is printed when the server starts; an administrator
        gives others theirs, and another where a password is lost.
      </Text>
    </Frame>
  );
}

interface ErrorsAnswer {
  readonly errors: readonly {
    readonly code: string;
    readonly status: number;
    readonly title: string;
    readonly fix: string;
  }[];
}

/** Why another way in was refused, by its code: what the address says besides is nobody's word. */
function Problem({ code }: { readonly code: string | null }) {
  const { data } = useQuery({ ...asked<ErrorsAnswer>('/api/errors'), enabled: code !== null });
  const known = data?.errors.find((one) => one.code === code);
  if (!known) return null;
  return <Failure error={new ApiError({ ...known, detail: known.fix, fix: '' })} />;
}

/** Only within this app: an address of somebody else's would take people away from it who have just signed in. */
const pathIn = (to: string | null): string => (to !== null && /^[/](?![/\\])/.test(to) ? to : '/');
