// Figures as a person reads them.

/** To three digits; a whole number that has more keeps all of them. */
export const rounded = (figure: number): number =>
  Math.abs(figure) >= 100 ? Math.round(figure) : Number(figure.toPrecision(3));
