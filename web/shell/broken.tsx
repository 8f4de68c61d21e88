// What is shown where a page itself failed, which is our fault.
import { Container } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Failure } from '../states/failure.tsx';

export function Broken() {
  const error = useRouteError();
  return (
    <Container py="xl">
      <Failure error={error instanceof Error ? error : new Error(String(error))} onRetry={() => location.reload()} />
    </Container>
  );
}
