// The true state of the workspace: which run is published, how good it is, and how the data came there.
import { Anchor, Code, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { StatusAnswer } from '../../api/answers.ts';
import { countText, dateText, momentText, runNumber } from '../../format.ts';
import { Published } from '../../states/published.tsx';
import { Flow } from './flow.tsx';
import { stagesOf } from './stages.ts';

export default function Home() {
  return (
    <Stack gap="lg">
      <title>Home · Carelake</title>
      <Title order={1}>Home</Title>
      <Published>
        {(run, status) => (
          <Stack gap="lg">
            <State run={run} status={status} />
            <Flow stages={stagesOf(status)} />
            <Account status={status} />
          </Stack>
        )}
      </Published>
    </Stack>
  );
}

interface StateProps {
  readonly run: NonNullable<StatusAnswer['run']>;
  readonly status: StatusAnswer;
}

function State({ run, status }: StateProps) {
  const { batches, workspace } = status;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" className="card facts">
        <Fact name="Workspace">{workspace}</Fact>
        <Fact name="Published run">
          <Anchor component={Link} to="/runs">
            {runNumber(run.id)}
          </Anchor>
          , {momentText(run.finished_at)}
        </Fact>
        <Fact name="As of">{dateText(run.as_of)}</Fact>
        <Fact name="Quality">
          {run.grade === null ? (
            'not checked'
          ) : (
            <Anchor component={Link} to="/quality">
              Grade {run.grade}
            </Anchor>
          )}
        </Fact>
      </SimpleGrid>
      {batches.waiting > 0 && (
        <Group gap="xs" className="card" p="md">
          <Text size="sm">
            {batches.waiting === 1 ? 'One batch' : `${countText(batches.waiting)} batches`} landed after this run and{' '}
            {batches.waiting === 1 ? 'waits' : 'wait'} for the next:
          </Text>
          <Code>carelake run</Code>
        </Group>
      )}
    </Stack>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" fw={500} className="figures">
        {children}
      </Text>
    </div>
  );
}

/** The sum is computed here from its parts: where it were open, it would be seen. */
function Account({ status: { accounting } }: { readonly status: StatusAnswer }) {
  const sum = (of: (file: StatusAnswer['accounting'][number]) => number) =>
    accounting.reduce((total, file) => total + of(file), 0);
  const total = sum(({ records }) => records.total);
  const parts = [
    sum(({ records }) => records.used),
    sum(({ records }) => records.duplicates),
    sum(({ records }) => records.rejected),
    sum(({ records }) => records.not_used),
  ] as const;
  const closed = parts.reduce((all, part) => all + part, 0) === total;
  return (
    <Text size="sm" c="dimmed" className="figures">
      <span className={closed ? 'good' : 'bad'}>{closed ? '✓' : '✗'}</span>{' '}
      {closed ? 'Every record is accounted for' : 'The records do not add up'}: {countText(parts[0])} used +{' '}
      {countText(parts[1])} duplicates + {countText(parts[2])} rejected + {countText(parts[3])} not used{' '}
      {closed ? '=' : '≠'} {countText(total)} records.{' '}
      <Anchor component={Link} to="/quality#accounting" inherit underline="always">
        File by file
      </Anchor>
    </Text>
  );
}
