// Figures as a person reads them.

/** To three digits; a whole number that has more keeps all of them. */
export const rounded = (figure: number): number =>
  Math.abs(figure) >= 100 ? Math.round(figure) : Number(figure.toPrecision(3));

/** Of a share; what is not all is never 100, since the rest is what counts. */
export function percentOf(share: number): number {
  const percent = share * 100;
  const isNearlyAll = share < 1 && rounded(percent) === 100;
  return isNearlyAll ? Number((100 - Number((100 - percent).toPrecision(1))).toPrecision(9)) : rounded(percent);
}
