// The OpenAPI documents of both listeners, as a running server serves them.
import type { RunningServer } from '../../src/server.ts';

export interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedCall>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly [key: string]: unknown;
}

export interface DocumentedCall {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly responses: Readonly<Record<string, object>>;
}

export interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

export const LISTENERS = ['upstream', 'admin'] as const;
export type Listener = (typeof LISTENERS)[number];

export async function documentOf(server: RunningServer, listener: Listener): Promise<Document> {
  const response = await fetch(`${server[listener]}/openapi.json`);
  return (await response.json()) as Document;
}
