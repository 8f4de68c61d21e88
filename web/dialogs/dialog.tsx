// A question or answer in front of the page: the focus stays in it, Escape closes it, and it goes back to where it came from.
import { Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  /** What is shown once is not closed by a click beside it. */
  readonly keep?: boolean;
  readonly children: ReactNode;
}

export function Dialog({ title, onClose, keep = false, children }: Props) {
  return (
    <Modal.Root
      opened
      onClose={onClose}
      centered
      closeOnClickOutside={!keep}
      // It would put a style into the page that its policy refuses.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content className="dialog">
        {/* That of the page is the only banner. */}
        <Modal.Header role="presentation">
          <Modal.Title className="dialog-title">{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Modal.Header>
        <Modal.Body>
          <Stack gap="md">{children}</Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
