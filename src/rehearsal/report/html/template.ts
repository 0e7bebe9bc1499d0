// Templates that stand in each other by name; whatever one prints is escaped, unless it says `<%~`.
import { Eta } from 'eta/core';

/** In a template the model is `it`; another is put in by `<%~ include('@name', model) %>`. */
export function createTemplates(sources: Readonly<Record<string, string>>): (name: string, model: object) => string {
  const eta = new Eta({ autoEscape: true, useWith: false });
  for (const [name, source] of Object.entries(sources)) eta.loadTemplate(`@${name}`, source);
  return (name, model) => eta.render(`@${name}`, model);
}
