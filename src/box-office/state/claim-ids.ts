// Ids of claims: each is used once, so that a claim can be put and removed any number of times and never stands for another.

/** Base 36 after the name of the claimant, which tells the claims of one process from those of others over the same state. */
export function createClaimIds(claimant: string): () => string {
  let claims = 0;
  return () => `${claimant}${(++claims).toString(36)}`;
}
