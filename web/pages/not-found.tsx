// An address that no page has.
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';

export default function NotFound() {
  return (
    <Stack>
      <title>Not found · Carelake</title>
      <Title order={1}>There is no such page</Title>
      <Text c="dimmed">
        The address may be misspelt.{' '}
        <Anchor component={Link} underline="always" to="/">
          Home
        </Anchor>{' '}
        leads on to every page.
      </Text>
    </Stack>
  );
}
