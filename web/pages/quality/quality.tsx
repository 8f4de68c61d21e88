// How good the data is: grade and trend, the checks, every file's account, and the records that were refused.
import { Stack, Text, Title } from '@mantine/core';
import { useSearchParams } from 'react-router';
import type { StatusAnswer } from '../../api/answers.ts';
import { useCatalog, useQuality } from '../../api/queries.ts';
import { Answered } from '../../states/answered.tsx';
import { Published } from '../../states/published.tsx';
import { Accounting } from './accounting.tsx';
import { Checks } from './checks.tsx';
import { Grade } from './grade.tsx';
import { Rejects } from './rejects.tsx';
import { Trend } from './trend.tsx';

export default function Quality() {
  const [parameters] = useSearchParams();
  const run = parameters.get('run');
  return (
    <Stack gap="lg">
      <title>Quality · Carelake</title>
      <div>
        <Title order={1}>Quality</Title>
        <Text c="dimmed" size="sm">
          What the checks found, and what became of every line.
        </Text>
      </div>
      <Published>{({ id }, status) => <Content run={run} published={id} status={status} />}</Published>
    </Stack>
  );
}

interface ContentProps {
  readonly run: string | null;
  readonly published: string;
  readonly status: StatusAnswer;
}

function Content({ run, published, status }: ContentProps) {
  const catalog = useCatalog();
  return (
    <Stack gap="xl">
      <Answered query={useQuality(run)} height={420}>
        {(quality) => (
          <Stack gap="xl">
            <div className="grade-and-trend">
              <Grade quality={quality} />
              <Trend trend={quality.trend} />
            </div>
            <Checks checks={quality.checks} run={run} />
          </Stack>
        )}
      </Answered>
      {(run === null || run === published) && (
        <>
          <Accounting accounting={status.accounting} />
          <Answered query={catalog} height={240}>
            {({ reasons }) => <Rejects accounting={status.accounting} reasons={reasons} />}
          </Answered>
        </>
      )}
    </Stack>
  );
}
