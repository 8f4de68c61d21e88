// Gives a user other roles.
import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../api/people.ts';
import { ask } from '../../api/request.ts';
import { Dialog } from '../../dialogs/dialog.tsx';
import { RoleChoice } from '../../session/role-choice.tsx';
import { Failure } from '../../states/failure.tsx';

interface Props {
  readonly user: User;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function ChangeRoles({ user, onDone, onClose }: Props) {
  const [roles, setRoles] = useState([...user.roles]);
  const changing = useMutation({
    mutationFn: () => ask(`/api/users/${encodeURIComponent(user.name)}`, { method: 'PATCH', body: { roles } }),
    onSuccess: onDone,
  });
  return (
    <Dialog title={`Roles of ${user.name}`} onClose={onClose}>
      {changing.error && <Failure error={changing.error} />}
      <Text size="sm">
        Their sessions end, and they sign in again with the new roles. Their keys do no more than these.
      </Text>
      <RoleChoice label="Roles" value={roles} onChange={setRoles} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={changing.isPending} disabled={roles.length === 0} onClick={() => changing.mutate()}>
          Change the roles
        </Button>
      </Group>
    </Dialog>
  );
}
