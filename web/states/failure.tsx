// A question that was refused: the server's own words for what is wrong and what to do.
import { Alert, Button, Code, Text } from '@mantine/core';
import { ApiError } from '../api/request.ts';
import { WarningIcon } from '../shell/icons.tsx';

export function Failure({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const { title, detail, fix, code } =
    error instanceof ApiError
      ? error.problem
      : {
          title: 'The page failed',
          detail: error.message,
          fix: 'Load it again; please report it if it fails again.',
          code: undefined,
        };
  return (
    <Alert variant="default" icon={<WarningIcon />} title={title} role="alert" classNames={{ icon: 'bad' }}>
      <Text size="sm">{detail}</Text>
      {fix && (
        <Text size="sm" mt="xs">
          {fix}
        </Text>
      )}
      {code && (
        <Code mt="sm" display="block" w="fit-content">
          {code}
        </Code>
      )}
      {onRetry && (
        <Button variant="default" size="xs" mt="sm" display="block" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
