// The OpenAPI document of the upstream: still to come.
export function openapiText(): string {
  return '{}';
}
