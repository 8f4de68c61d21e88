// Asks once more before something that cannot be taken back, and says what follows from it.
import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from '../states/failure.tsx';
import { Dialog } from './dialog.tsx';

interface Props {
  readonly title: string;
  /** What the button says: the deed, not "OK". */
  readonly deed: string;
  readonly act: () => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Confirm({ title, deed, act, onDone, onClose, children }: Props) {
  const doing = useMutation({ mutationFn: act, onSuccess: onDone });
  return (
    <Dialog title={title} onClose={onClose}>
      {doing.error && <Failure error={doing.error} />}
      <Text size="sm">{children}</Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={doing.isPending} onClick={() => doing.mutate()}>
          {deed}
        </Button>
      </Group>
    </Dialog>
  );
}
