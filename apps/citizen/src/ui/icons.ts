// Paths of the line icons on a 24 by 24 grid.
export const ICONS = {
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 7.6v.1',
  success: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.2l2.8 2.8L16 9.5',
  warning: 'M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.3v.1',
  danger: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v6M12 16.4v.1',
  check: 'M5 12.5 10 17.5 19 7',
  chevron: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  save: 'M7 18a4.5 4.5 0 0 1-.6-9 6 6 0 0 1 11.5 1.2A4 4 0 0 1 17.5 18M9 14.5l2.4 2.4L16 12.3',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4V8ZM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6Z',
  file: 'M6 3h8l4 4v14H6V3ZM14 3v4h4',
  phone:
    'M6 3.5h3.2l1.5 4.3-2 1.6a11.5 11.5 0 0 0 5.9 5.9l1.6-2 4.3 1.5V18a2.5 2.5 0 0 1-2.7 2.5A16.4 16.4 0 0 1 3.5 6.2 2.5 2.5 0 0 1 6 3.5Z',
  lock: 'M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  turnLeft: 'M4 4v6h6M4.6 10A8 8 0 1 1 4.3 14.5',
  turnRight: 'M20 4v6h-6M19.4 10A8 8 0 1 0 19.7 14.5',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7v-6Z',
} as const

export type IconName = keyof typeof ICONS
