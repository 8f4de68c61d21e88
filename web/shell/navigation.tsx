// The pages, in the order in which people ask: what is here, what does it say, how good is it, how did it come about.
import { NavLink, Text } from '@mantine/core';
import { NavLink as RouterLink, useLocation } from 'react-router';
import { useMay, useSession } from '../session/session.ts';
import { HomeIcon, KeyIcon, LogIcon, PeopleIcon, PersonIcon, QualityIcon, RunsIcon, UsersIcon } from './icons.tsx';

const pages = [
  { section: null, to: '/', label: 'Home', icon: <HomeIcon />, needs: 'numbers:read' },
  {
    section: 'Dashboard',
    to: '/dashboard/demographics',
    label: 'Demographics',
    icon: <PeopleIcon />,
    needs: 'numbers:read',
  },
  { section: 'Data', to: '/quality', label: 'Quality', icon: <QualityIcon />, needs: 'numbers:read' },
  { section: 'Data', to: '/runs', label: 'Runs', icon: <RunsIcon />, needs: 'numbers:read' },
  { section: 'Administration', to: '/users', label: 'Users', icon: <UsersIcon />, needs: 'users:write' },
  { section: 'Administration', to: '/audit', label: 'Audit log', icon: <LogIcon />, needs: 'audit:read' },
  { section: 'You', to: '/account', label: 'Account', icon: <PersonIcon />, needs: 'account:own' },
  { section: 'You', to: '/account/keys', label: 'API keys', icon: <KeyIcon />, needs: 'keys:own' },
] as const;

/** What only people who sign in have. */
const inPerson: readonly string[] = ['users:write', 'account:own', 'keys:own'];

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { pathname } = useLocation();
  const may = useMay();
  const { data: session } = useSession();
  // What somebody may not see is not offered to them.
  return pages
    .filter(({ needs }) => may(needs) && (session?.auth === 'on' || !inPerson.includes(needs)))
    .map(({ section, to, label, icon }, index, shown) => (
      <div key={to}>
        {section && section !== shown[index - 1]?.section && (
          <Text size="xs" fw={500} c="dimmed" px="sm" pt="md" pb={4}>
            {section}
          </Text>
        )}
        <NavLink
          component={RouterLink}
          to={to}
          label={label}
          leftSection={icon}
          active={pathname === to}
          onClick={onNavigate}
          style={{ borderRadius: 'var(--mantine-radius-sm)' }}
        />
      </div>
    ));
}
