// A secret that is shown this once: to be copied, with what it is good for.
import { Button, CopyButton, Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';

interface Props {
  readonly title: string;
  readonly label: string;
  readonly secret: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Once({ title, label, secret, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose} keep>
      <Text size="sm">{children}</Text>
      <TextInput
        label={label}
        value={secret}
        readOnly
        data-autofocus
        onFocus={({ currentTarget }) => currentTarget.select()}
        classNames={{ input: 'secret' }}
      />
      <Group justify="flex-end" gap="sm">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-live="polite">
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Dialog>
  );
}
