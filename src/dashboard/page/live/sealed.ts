// What the server withholds while a hidden scenario plays has this in the place of every name, so that none is told from another.
export const SEALED = 'sealed';
