// Where one is signed in, and the way out of there.
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type OpenSession, useRefresh, useSessions } from '../../api/people.ts';
import { ask } from '../../api/request.ts';
import { Confirm } from '../../dialogs/confirm.tsx';
import { momentText } from '../../format.ts';
import { useSession, useSessionChange } from '../../session/session.ts';
import { Answered } from '../../states/answered.tsx';
import { Failure } from '../../states/failure.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { browserText } from './browser-text.ts';

export function Sessions() {
  const refresh = useRefresh('sessions');
  const { data: session } = useSession();
  const take = useSessionChange();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const ending = useMutation({
    mutationFn: (id: string) => ask(`/api/auth/sessions/${id}`, { method: 'DELETE' }),
    onSettled: refresh,
  });
  const left = () => {
    take({ auth: 'on', user: null, provider: session?.provider ?? null, csrf_token: null });
    void navigate('/sign-in', { replace: true });
  };
  return (
    <Stack component="section" gap="sm" aria-labelledby="sessions">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={2} id="sessions">
            Where you are signed in
          </Title>
          <Text size="sm" c="dimmed">
            End what you do not know, and change your password then.
          </Text>
        </div>
        <Button variant="default" size="xs" onClick={() => setLeaving(true)}>
          Sign out everywhere
        </Button>
      </Group>
      {ending.error && <Failure error={ending.error} />}
      <Answered query={useSessions()} height={120}>
        {({ sessions }) => (
          <TableFrame
            label="Sessions"
            head={
              <>
                <Head>Browser</Head>
                <Head>From</Head>
                <Head>Signed in</Head>
                <Head>Last active</Head>
                <Head>Ends</Head>
                <Head>
                  <span className="unseen">Actions</span>
                </Head>
              </>
            }
          >
            {sessions.map((one) => (
              <Row key={one.id} session={one} isEnding={ending.isPending} onEnd={() => ending.mutate(one.id)} />
            ))}
          </TableFrame>
        )}
      </Answered>
      {leaving && (
        <Confirm
          title="Sign out everywhere"
          deed="Sign out"
          act={() => ask('/api/auth/sessions', { method: 'DELETE' })}
          onDone={left}
          onClose={() => setLeaving(false)}
        >
          All your sessions end, this one too. Keys of programs stay good.
        </Confirm>
      )}
    </Stack>
  );
}

interface RowProps {
  readonly session: OpenSession;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function Row({ session: { current, agent, from, started_at, seen_at, expires_at }, isEnding, onEnd }: RowProps) {
  return (
    <tr>
      <td className="titled" title={agent}>
        <span className="run">
          {browserText(agent)}
          {current && (
            <Badge variant="light" size="sm" tt="none">
              this one
            </Badge>
          )}
        </span>
      </td>
      <td className="figures" data-label="From">
        {from}
      </td>
      <td className="nowrap figures" data-label="Signed in">
        {momentText(started_at)}
      </td>
      <td className="nowrap figures" data-label="Last active">
        {momentText(seen_at)}
      </td>
      <td className="nowrap figures" data-label="Ends">
        {momentText(expires_at)}
      </td>
      <td className="actions">
        {!current && (
          <Button
            variant="default"
            size="compact-sm"
            disabled={isEnding}
            onClick={onEnd}
            aria-label={`End the session of ${browserText(agent)}, signed in ${momentText(started_at)}`}
          >
            End
          </Button>
        )}
      </td>
    </tr>
  );
}
