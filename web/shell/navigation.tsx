// The pages, in the order in which people ask: what is here, what does it say, how good is it, how did it come about.
import { NavLink, Text } from '@mantine/core';
import { NavLink as RouterLink, useLocation } from 'react-router';
import { useMay } from '../session/session.ts';
import { HomeIcon, PeopleIcon, QualityIcon, RunsIcon } from './icons.tsx';

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
  { section: null, to: '/runs', label: 'Runs', icon: <RunsIcon />, needs: 'numbers:read' },
] as const;

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { pathname } = useLocation();
  const may = useMay();
  // What somebody may not see is not offered to them.
  return pages
    .filter(({ needs }) => may(needs))
    .map(({ section, to, label, icon }) => (
      <div key={to}>
        {section && (
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
