// The commands of the pages that no test runs, each with the reason; everything else in them is run.

export interface NotRun {
  /** From the project's root. */
  readonly page: string;
  /** How the block begins. */
  readonly begins: string;
  readonly why: string;
}

const NO_ENGINE =
  'there is no container engine where the tests run; .ci/run builds this Dockerfile, runs the image and brings compose.yaml up without one';
const NEEDS_REGISTRY = 'it asks the package registry, and would replace the node_modules that the tests run from';
const GENERATES =
  'it asks the package registry first; test/contract/generated-client.test.ts runs what it generates by, and the program below it';
const NEEDS_PROXY =
  "it looks through a proxy of the reader's own; test/in-between.test.ts looks through nginx, HAProxy and a port that is forwarded";

export const NOT_RUN: readonly NotRun[] = [
  {
    page: 'README.md',
    begins: 'npm ci && npm start',
    why: `${NEEDS_REGISTRY}; npm start itself is run from docs/docker.md`,
  },
  { page: 'README.md', begins: 'docker build', why: NO_ENGINE },
  { page: 'README.md', begins: 'SHOWSTOPPER_SEED=7 docker compose', why: NO_ENGINE },
  { page: 'docs/docker.md', begins: 'docker build', why: NO_ENGINE },
  { page: 'docs/docker.md', begins: 'docker exec', why: NO_ENGINE },
  { page: 'docs/docker.md', begins: 'docker compose', why: NO_ENGINE },
  {
    page: 'docs/testing.md',
    begins: 'npm ci && npm pack',
    why: `${NEEDS_REGISTRY}; test/package.test.ts packs and installs it`,
  },
  { page: 'docs/in-between.md', begins: 'showstopper doctor', why: NEEDS_PROXY },
  { page: 'docs/upstream-api.md', begins: 'npm install', why: GENERATES },
  { page: 'docs/admin-api.md', begins: 'npm install', why: GENERATES },
  { page: 'CONTRIBUTING.md', begins: 'npm ci', why: NEEDS_REGISTRY },
  {
    page: 'examples/shop/README.md',
    begins: 'npm ci && npm run',
    why: `${NEEDS_REGISTRY}; npm test runs these tests too`,
  },
  {
    page: 'examples/shop/README.md',
    begins: 'npm pack',
    why: `${NEEDS_REGISTRY}; .ci/run does the same, and times it`,
  },
];
