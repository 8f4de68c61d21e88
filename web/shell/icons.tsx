// The icons of the app, drawn in the colour of the text beside them. They say nothing that the text does not.
import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

const drawn = (path: string) => () => (
  <Icon>
    <path d={path} />
  </Icon>
);

export const HomeIcon = drawn('M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4v-5H9v5H5a1 1 0 0 1-1-1z');
export const PeopleIcon = drawn(
  'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-3.6 3-5.5 6.5-5.5s6 1.9 6.5 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .7 3.2 2.5 3.5 5.1',
);
export const PersonIcon = drawn('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6');
export const QualityIcon = drawn('M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6zM8.7 12l2.3 2.3 4.3-4.6');
export const RunsIcon = drawn('M12 7v5l3.2 2M4.2 9A8.3 8.3 0 1 1 4 14.5M4 4.5V9h4.5');
export const UsersIcon = drawn(
  'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-3.6 3.3-5.5 7-5.5 1.2 0 2.3.2 3.2.6M18.5 14.5v6M15.5 17.5h6',
);
export const LogIcon = drawn('M6 3.5h9l4 4V20.5H6zM15 3.5v4h4M9 12h7M9 16h7');
export const KeyIcon = drawn('M8 20a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM11.2 12.3 20 3.5M16 7.5l3 3M18.5 5l2 2');
export const DotsIcon = drawn(
  'M5.5 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2zM18.5 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2z',
);
export const SunIcon = drawn(
  'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
);
export const MoonIcon = drawn('M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z');
export const WarningIcon = drawn(
  'M12 8.5v4.5M12 16.5v.1M10.3 4.2 2.8 17.5A2 2 0 0 0 4.5 20.5h15a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z',
);
export const DownloadIcon = drawn('M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14');
export const TableIcon = drawn('M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9');
export const ChartIcon = drawn('M5 20V10M12 20V4M19 20v-7');
