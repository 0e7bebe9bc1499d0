// The key of a setting as variable and as flag.

export const PREFIX = 'SHOWSTOPPER_';

export const variableOf = (key: string): string =>
  PREFIX + key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
export const flagOf = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
