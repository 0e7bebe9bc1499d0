// How admin's OpenAPI document groups the calls: by what stands first in their path.

/** Each with the first words of its paths, behind /v1 where they have it. */
const GROUPS = [
  { name: 'Kinds', description: 'Every way to fail, and what a rule may name.', paths: ['kinds', 'targets'] },
  {
    name: 'Profiles',
    description: 'The shelf of profiles, and which are in force.',
    paths: ['profiles', 'activations'],
  },
  { name: 'Rules', description: 'Every rule in force, and single ones without a profile.', paths: ['rules'] },
  { name: 'Healing', description: 'The ways back to how it was.', paths: ['heal', 'reset'] },
  { name: 'Connections', description: 'Living connections of the upstream.', paths: ['connections'] },
  { name: 'Load', description: 'What the upstream can do, and its other customers.', paths: ['capacity', 'crowd'] },
  { name: 'Scenarios', description: 'Outages over time, and the one that plays.', paths: ['scenarios', 'playback'] },
  { name: 'Clock', description: 'The time that reservations and sale windows live in.', paths: ['clock'] },
  {
    name: 'State',
    description: 'What is in force and who changed it, now or as it happens.',
    paths: ['state', 'actions', 'events'],
  },
  { name: 'Journal', description: 'What became of every request, and verifying it.', paths: ['journal'] },
  { name: 'Ledger', description: 'What was truly sold.', paths: ['house', 'ledger', 'invariants'] },
  { name: 'Scorecard', description: 'How each client behaved.', paths: ['scorecard'] },
  { name: 'Rehearsals', description: 'Game days, recorded and judged.', paths: ['rehearsals'] },
  { name: 'Webhooks', description: 'Endpoints, deliveries and secrets.', paths: ['webhooks'] },
  { name: 'Worlds', description: 'Box offices apart from each other.', paths: ['worlds'] },
  {
    name: 'Server',
    description: 'Probes, metrics, and what there is.',
    paths: ['', 'openapi.json', 'healthz', 'readyz', 'metrics', 'access', 'tls', 'assets'],
  },
] as const;

export const TAGS = GROUPS.map(({ name, description }) => ({ name, description }));

export function tagOf(path: string): string {
  const [first = ''] = path.replace(/^\/(v1\/)?/, '').split('/');
  const group = GROUPS.find(({ paths }) => (paths as readonly string[]).includes(first));
  if (!group) throw new Error(`${path}: no group of the OpenAPI document has ${first} among its paths`);
  return group.name;
}
